#include "yaml/split.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "yaml/characters.h"
#include "yaml/diagnostics.h"

namespace restorable::yaml {
namespace {

constexpr std::size_t kMarkerLength = 3;

class Splitter {
 public:
  Splitter(const SourceFile& file, std::uint32_t limit, std::vector<Diagnostic>& diagnostics)
      : file_(file), text_(file.text()), limit_(limit), diagnostics_(diagnostics) {}

  std::vector<Segment> Run() {
    begin_ = ByteOrderMarkLength(text_);
    std::size_t dashes = FindMarker('-', begin_);
    std::size_t dots = FindMarker('.', begin_);
    while (segments_.size() <= limit_ && std::min(dashes, dots) < text_.size()) {
      if (dashes < dots) {
        ReadDashes(dashes);
        dashes = FindMarker('-', dashes + kMarkerLength);
      } else {
        Cut(dots);
        ReadDots(dots);
        dots = FindMarker('.', begin_);
      }
    }
    if (segments_.size() <= limit_) Cut(text_.size());
    return std::move(segments_);
  }

 private:
  // The next line from `from` on that starts with three of `c`; for dots, only a marker.
  std::size_t FindMarker(char c, std::size_t from) const {
    const std::string marker(kMarkerLength, c);
    while ((from = text_.find(marker, from)) < text_.size()) {
      const bool starts = from == begin_of_text() || StartsLine(text_, from);
      if (starts && (c == '-' || EndsMarker(from + kMarkerLength))) return from;
      from = std::min(text_.find_first_not_of(c, from), text_.size());
    }
    return text_.size();
  }

  std::size_t begin_of_text() const { return ByteOrderMarkLength(text_); }

  bool EndsMarker(std::size_t at) const {
    return at >= text_.size() || IsBlank(text_[at]) || BreakLength(text_, at) != 0;
  }

  void ReadDashes(std::size_t at) {
    const std::size_t after = at + kMarkerLength;
    ReportBadSeparator(after);
    if (!EndsMarker(after)) return;
    // The comments and directives before it belong to the document that it starts.
    if (ReadHead(begin_).end < at) Cut(at);
  }

  void ReadDots(std::size_t at) {
    const Range rest = TextBehind(at + kMarkerLength);
    if (rest.size() > 0) Report({&kTextAfterEnd, rest, {}, {}});
    begin_ = LineEnd(text_, at);
  }

  void ReportBadSeparator(std::size_t after) {
    const Range rest = TextBehind(after);
    if (rest.size() > 0) Report({&kBadSeparator, rest, {Excerpt(file_.Text(rest))}, {}});
  }

  void Report(Diagnostic diagnostic) {
    if (diagnostics_.size() < kMostWarnings) diagnostics_.push_back(std::move(diagnostic));
  }

  // What stands between `at` and the end of its line, without blanks; nothing for a comment.
  Range TextBehind(std::size_t at) const {
    const std::size_t end = LineEnd(text_, at);
    std::size_t first = at;
    while (first < end && IsBlank(text_[first])) ++first;
    if (first == end || text_[first] == '#') return RangeOf(end, end);
    std::size_t last = end;
    while (IsBlank(text_[last - 1])) --last;
    return RangeOf(first, last);
  }

  static std::string Excerpt(std::string_view text) {
    constexpr std::size_t kMost = 40;
    if (text.size() <= kMost) return std::string(text);
    return std::string(TruncateUtf8(text, kMost)) + "…";
  }

  struct Head {
    std::size_t end = 0;
    std::uint32_t directives = 0;
  };

  // The blanks, comments and directives that start at `at`, which begins a line or follows `...`.
  Head ReadHead(std::size_t at) const {
    Head head{at, 0};
    while (head.end < text_.size()) {
      head.end = SkipComments(head.end);
      if (head.end >= text_.size() || text_[head.end] != '%' || !StartsLineOfFile(head.end)) break;
      ++head.directives;
      head.end = LineEnd(text_, head.end);
    }
    return head;
  }

  std::size_t SkipComments(std::size_t at) const {
    while (at < text_.size()) {
      if (IsBlank(text_[at])) {
        ++at;
      } else if (const std::uint32_t length = BreakLength(text_, at); length != 0) {
        at += length;
      } else if (text_[at] == '#') {
        at = LineEnd(text_, at);
      } else {
        break;
      }
    }
    return at;
  }

  void Cut(std::size_t end) {
    const std::size_t begin = std::exchange(begin_, end);
    const Head head = ReadHead(begin);
    // Directives without a document are for libyaml to refuse.
    if (head.end >= end && head.directives == 0) return;
    Segment segment;
    segment.range = RangeOf(begin, end);
    segment.content = static_cast<std::uint32_t>(std::min(head.end, end));
    segment.directives = head.directives;
    segment.has_marker = text_.substr(head.end).starts_with("---") &&
                         EndsMarker(head.end + kMarkerLength) && StartsLineOfFile(head.end);
    segment.is_empty = segment.has_marker && segment.directives == 0 &&
                       SkipComments(head.end + kMarkerLength) >= end;
    segments_.push_back(segment);
  }

  bool StartsLineOfFile(std::size_t at) const {
    return at == begin_of_text() || StartsLine(text_, at);
  }

  Range RangeOf(std::size_t begin, std::size_t end) const {
    return {file_.id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  const SourceFile& file_;
  std::string_view text_;  // of the file
  std::uint32_t limit_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Segment> segments_;
  std::size_t begin_ = 0;  // of the segment that is not cut yet
};

}  // namespace

std::vector<Segment> Split(const SourceFile& file, std::uint32_t limit,
                           std::vector<Diagnostic>& diagnostics) {
  return Splitter(file, limit, diagnostics).Run();
}

}  // namespace restorable::yaml
