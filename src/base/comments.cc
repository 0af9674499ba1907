#include "base/comments.h"

#include <algorithm>
#include <tuple>

namespace restorable {
namespace {

class Scopes {
 public:
  Scopes(const SourceFile& file, std::span<const Comment> comments, std::span<const Range> items)
      : file_(file), text_(file.text()), comments_(comments), items_(items) {}

  [[nodiscard]] Range Of(const Comment& comment) const {
    const std::uint32_t line_begin = LineBegin(comment.begin);
    const std::uint32_t line_end = LineEnd(comment.end);
    return HasCode(line_begin, comment.begin) ? OfLine(line_begin, line_end) : Below(comment.end);
  }

 private:
  [[nodiscard]] std::uint32_t LineBegin(std::uint32_t offset) const {
    const std::size_t newline = offset == 0 ? text_.npos : text_.rfind('\n', offset - 1);
    return newline == text_.npos ? 0 : static_cast<std::uint32_t>(newline + 1);
  }
  [[nodiscard]] std::uint32_t LineEnd(std::uint32_t offset) const {
    return static_cast<std::uint32_t>(std::min(text_.find('\n', offset), text_.size()));
  }
  // The first comment that ends behind `offset`.
  [[nodiscard]] auto CommentFrom(std::uint32_t offset) const {
    return std::ranges::upper_bound(comments_, offset, {}, &Comment::end);
  }
  // The first offset from `offset` on, before `end`, that is neither white space nor comment.
  [[nodiscard]] std::uint32_t SkipToCode(std::uint32_t offset, std::uint32_t end) const;
  [[nodiscard]] bool HasCode(std::uint32_t begin, std::uint32_t end) const {
    return SkipToCode(begin, end) < end;
  }
  [[nodiscard]] Range OfLine(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] Range Below(std::uint32_t offset) const;

  const SourceFile& file_;
  std::string_view text_;
  std::span<const Comment> comments_;
  std::span<const Range> items_;
};

std::uint32_t Scopes::SkipToCode(std::uint32_t offset, std::uint32_t end) const {
  for (auto comment = CommentFrom(offset);; ++comment) {
    const bool last = comment == comments_.end() || comment->begin >= end;
    const std::uint32_t stop = last ? end : std::max(offset, comment->begin);
    const std::string_view between = text_.substr(offset, stop - offset);
    const std::size_t code = between.find_first_not_of(" \t\r\n");
    if (code != between.npos) return offset + static_cast<std::uint32_t>(code);
    if (last) return end;
    offset = comment->end;
    if (offset >= end) return end;
  }
}

Range Scopes::OfLine(std::uint32_t begin, std::uint32_t end) const {
  const auto item = std::ranges::lower_bound(items_, begin, {}, &Range::begin);
  if (item != items_.end() && item->begin < end) return *item;
  return {file_.id(), begin, end};
}

Range Scopes::Below(std::uint32_t offset) const {
  const auto end = static_cast<std::uint32_t>(text_.size());
  const std::uint32_t next = SkipToCode(offset, end);
  const auto item = std::ranges::lower_bound(items_, next, {}, &Range::begin);
  if (item != items_.end() && item->begin == next) return *item;
  // The end of the brackets, or of the file.
  if (next == end || text_[next] == '}' || text_[next] == ']') return {file_.id(), next, next};
  return {file_.id(), next, LineEnd(next)};
}

}  // namespace

std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                              std::span<const Comment> comments,
                                              std::span<const Range> items,
                                              std::string_view marker) {
  const Scopes scopes(file, comments, items);
  std::vector<MarkedComment> found;
  for (const Comment& comment : comments) {
    const std::string_view text = file.text().substr(comment.begin, comment.end - comment.begin);
    if (text.find(marker) == text.npos) continue;
    found.push_back(
        {.comment = {file.id(), comment.begin, comment.end}, .scope = scopes.Of(comment)});
  }
  return found;
}

void SortItems(std::vector<Range>& items) {
  std::ranges::sort(items, {},
                    [](const Range& range) { return std::tuple(range.begin, ~range.end); });
}

}  // namespace restorable
