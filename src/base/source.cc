#include "base/source.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"

namespace restorable {

SourceFile::SourceFile(FileId id, std::string path, std::string text)
    : id_(id), path_(std::move(path)), text_(std::move(text)) {}

SourceFile::SourceFile(FileId id, std::string path, std::vector<Position> places)
    : id_(id), path_(std::move(path)), text_(places.size(), '.'), places_(std::move(places)) {}

std::string_view SourceFile::Text(Range range) const {
  return std::string_view(text_).substr(range.begin, range.size());
}

Range SourceFile::WholeRange() const { return {id_, 0, static_cast<std::uint32_t>(text_.size())}; }

const std::vector<std::uint32_t>& SourceFile::LineBegins() const {
  std::call_once(lines_once_, [this] {
    line_begins_.push_back(static_cast<std::uint32_t>(ByteOrderMarkLength(text_)));
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const bool crlf = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
      if (crlf) ++i;
      if (text_[i] == '\n' || text_[i] == '\r') {
        line_begins_.push_back(static_cast<std::uint32_t>(i + 1));
      }
    }
  });
  return line_begins_;
}

Position SourceFile::PositionAt(std::uint32_t offset) const {
  if (!has_text()) return places_[std::min<std::size_t>(offset, places_.size() - 1)];
  const auto& begins = LineBegins();
  offset = std::clamp(offset, begins.front(), static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(begins.begin(), begins.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - begins.begin());
  const std::uint32_t begin = begins[line - 1];
  return {line, 1 + static_cast<std::uint32_t>(
                        CodePointCount(std::string_view(text_).substr(begin, offset - begin)))};
}

std::uint32_t SourceFile::LineCount() const {
  return static_cast<std::uint32_t>(LineBegins().size());
}

std::uint32_t SourceFile::LineOffset(std::uint32_t line) const {
  const auto& begins = LineBegins();
  if (line == 0) return 0;
  if (line > begins.size()) return static_cast<std::uint32_t>(text_.size());
  return begins[line - 1];
}

std::string_view SourceFile::Line(std::uint32_t line) const {
  if (line == 0 || line > LineCount()) return {};
  const std::uint32_t begin = LineOffset(line);
  std::string_view text = std::string_view(text_).substr(begin, LineOffset(line + 1) - begin);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace restorable
