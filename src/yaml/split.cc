#include "yaml/split.h"

#include <cstring>
#include <string_view>

#include "yaml/diagnostics.h"

namespace restorable::yaml {
namespace {

bool EndsMarker(std::string_view line, std::size_t at) {
  return at >= line.size() || line[at] == ' ' || line[at] == '\t' ||
         line[at] == '\r' || line[at] == '\n';
}

bool IsMarker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) && EndsMarker(line, marker.size());
}

// Nothing that would make a document: blank, a comment, a directive.
bool IsEmptyLine(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos || line[begin] == '#' ||
         line[0] == '%';
}

class Splitter {
public:
  Splitter(const SourceFile &file, std::vector<Diagnostic> &diagnostics)
      : file_(file), text_(file.text()), diagnostics_(diagnostics) {}

  std::vector<Range> Run() {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    std::size_t begin =
        text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    segment_ = begin;
    while (begin < text_.size()) {
      const void *const newline =
          std::memchr(text_.data() + begin, '\n', text_.size() - begin);
      const std::size_t end =
          newline == nullptr
              ? text_.size()
              : static_cast<std::size_t>(static_cast<const char *>(newline) -
                                         text_.data()) +
                    1;
      Line(begin, end);
      begin = end;
    }
    Cut(text_.size());
    return std::move(segments_);
  }

private:
  void Line(std::size_t begin, std::size_t end) {
    const std::string_view line = text_.substr(begin, end - begin);
    if (IsMarker(line, "---")) {
      if (has_content_)
        Cut(begin);
      has_content_ = true;
    } else if (IsMarker(line, "...")) {
      Cut(end);
    } else {
      if (line.starts_with("---"))
        ReportNoSeparator(begin, line);
      has_content_ = has_content_ || !IsEmptyLine(line);
    }
  }

  void Cut(std::size_t at) {
    if (has_content_) {
      segments_.push_back({file_.id(), static_cast<std::uint32_t>(segment_),
                           static_cast<std::uint32_t>(at)});
    }
    segment_ = at;
    has_content_ = false;
  }

  void ReportNoSeparator(std::size_t begin, std::string_view line) {
    const auto at = static_cast<std::uint32_t>(begin);
    const auto length =
        static_cast<std::uint32_t>(line.find_last_not_of("\r\n") + 1);
    diagnostics_.push_back(
        {&kNoSeparator, {file_.id(), at, at + length}, {}, {}});
  }

  const SourceFile &file_;
  std::string_view text_;
  std::vector<Diagnostic> &diagnostics_;
  std::vector<Range> segments_;
  std::size_t segment_ = 0;
  bool has_content_ = false;
};

} // namespace

std::vector<Range> Split(const SourceFile &file,
                         std::vector<Diagnostic> &diagnostics) {
  return Splitter(file, diagnostics).Run();
}

} // namespace restorable::yaml
