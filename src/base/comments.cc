#include "base/comments.h"

#include <algorithm>
#include <tuple>

namespace restorable {
namespace {

// What stands around a comment.
struct Surroundings {
  std::uint32_t line_begin = 0;  // of the line that the comment begins on
  std::uint32_t line_end = 0;    // of the line that it ends on
  std::uint32_t next = 0;        // the first offset behind it that is neither blank nor comment
  bool has_code = false;         // before it on its line
};

constexpr std::string_view kBlank = " \t\r\n";

// Of all comments at once: where one follows the other, what is found of the one holds for both.
std::vector<Surroundings> FindSurroundings(std::string_view text,
                                           std::span<const Comment> comments) {
  std::vector<Surroundings> found(comments.size());
  const auto newline_in = [&](std::string_view part, std::uint32_t begin, std::uint32_t fallback) {
    const std::size_t newline = part.find('\n');
    return newline == part.npos ? fallback : begin + static_cast<std::uint32_t>(newline);
  };
  std::uint32_t line_begin = 0;
  bool has_code = false;
  std::uint32_t offset = 0;
  // A comment has no code in it.
  const auto pass = [&](std::uint32_t end, bool is_comment) {
    std::string_view part = text.substr(offset, end - offset);
    const std::size_t newline = part.rfind('\n');
    if (newline != part.npos) {
      line_begin = offset + static_cast<std::uint32_t>(newline) + 1;
      has_code = false;
      part.remove_prefix(newline + 1);
    }
    if (!is_comment && part.find_first_not_of(kBlank) != part.npos) has_code = true;
    offset = end;
  };
  for (std::size_t i = 0; i < comments.size(); ++i) {
    pass(comments[i].begin, /*is_comment=*/false);
    found[i].line_begin = line_begin;
    found[i].has_code = has_code;
    pass(comments[i].end, /*is_comment=*/true);
  }
  auto next = static_cast<std::uint32_t>(text.size());
  std::uint32_t line_end = next;
  std::uint32_t behind = next;  // the beginning of the comment behind, and where it ends
  std::uint32_t behind_end = next;
  for (std::size_t i = comments.size(); i-- > 0;) {
    const std::uint32_t end = comments[i].end;
    const std::string_view between = text.substr(end, behind - end);
    const std::size_t code = between.find_first_not_of(kBlank);
    if (code != between.npos) next = end + static_cast<std::uint32_t>(code);
    line_end = newline_in(text.substr(end, behind_end - end), end, line_end);
    found[i].next = next;
    found[i].line_end = line_end;
    behind = comments[i].begin;
    behind_end = end;
  }
  return found;
}

Range ScopeOnLine(const Surroundings& around, FileId file, std::span<const Range> items) {
  const auto item = std::ranges::lower_bound(items, around.line_begin, {}, &Range::begin);
  if (item != items.end() && item->begin < around.line_end) return *item;
  return {file, around.line_begin, around.line_end};
}

Range ScopeBelow(std::uint32_t next, const SourceFile& file, std::span<const Range> items) {
  const std::string_view text = file.text();
  const auto item = std::ranges::lower_bound(items, next, {}, &Range::begin);
  if (item != items.end() && item->begin == next) return *item;
  // The end of the brackets, or of the file.
  if (next == text.size() || text[next] == '}' || text[next] == ']') return {file.id(), next, next};
  const std::size_t line_end = std::min(text.find('\n', next), text.size());
  return {file.id(), next, static_cast<std::uint32_t>(line_end)};
}

}  // namespace

std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                              std::span<const Comment> comments,
                                              std::span<const Range> items,
                                              std::string_view marker) {
  const std::vector<Surroundings> surroundings = FindSurroundings(file.text(), comments);
  std::vector<MarkedComment> found;
  const Surroundings* above = nullptr;  // the last one that speaks of what comes below
  Range below;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const Comment& comment = comments[i];
    const std::string_view text = file.text().substr(comment.begin, comment.end - comment.begin);
    if (text.find(marker) == text.npos) continue;
    const Surroundings& around = surroundings[i];
    if (!around.has_code && (above == nullptr || above->next != around.next)) {
      below = ScopeBelow(around.next, file, items);
      above = &around;
    }
    found.push_back({.comment = {file.id(), comment.begin, comment.end},
                     .scope = around.has_code ? ScopeOnLine(around, file.id(), items) : below});
  }
  return found;
}

void SortItems(std::vector<Range>& items) {
  std::ranges::sort(items, {},
                    [](const Range& range) { return std::tuple(range.begin, ~range.end); });
}

}  // namespace restorable
