#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "yaml/characters.h"
#include "yaml/events.h"
#include "yaml/mask.h"
#include "yaml/parse.h"

namespace restorable::yaml {
namespace {

// Where the scalars of a document are in whose text a `#` is no comment, in order.
std::vector<Range> ScalarRanges(std::string_view text, Range document) {
  std::vector<Range> ranges;
  EventReader reader(text, document.begin, document.end);
  while (true) {
    const Event& event = reader.Next();
    if (event.kind == EventKind::kEnd || event.kind == EventKind::kError) return ranges;
    if (event.kind != EventKind::kScalar) continue;
    Range range{document.file, event.begin, event.end};
    if (event.style == ScalarStyle::kLiteral || event.style == ScalarStyle::kFolded) {
      // A comment may follow the `|`.
      range.begin = static_cast<std::uint32_t>(LineEnd(text, range.begin));
    }
    ranges.push_back(range);
  }
}

bool InAny(const std::vector<Range>& ranges, std::size_t offset) {
  const auto found = std::partition_point(ranges.begin(), ranges.end(),
                                          [&](const Range& range) { return range.end <= offset; });
  return found != ranges.end() && found->begin <= offset;
}

bool StartsComment(std::string_view text, std::size_t at, const std::vector<Range>& scalars) {
  if (text[at] != '#' || InAny(scalars, at)) return false;
  return StartsLine(text, at) || IsBlank(text[at - 1]);
}

}  // namespace

std::vector<Range> FindComments(const SourceFile& file, const Document& document,
                                std::string_view marker) {
  std::vector<Range> comments;
  const std::string_view text = file.text().substr(0, document.range.end);
  std::size_t at = text.find(marker, document.range.begin);
  if (at == std::string_view::npos) return comments;

  std::optional<Mask> mask;
  if (document.state == DocumentState::kTemplate) mask.emplace(file.id(), file.text());
  const std::vector<Range> scalars =
      ScalarRanges(mask ? mask->text() : file.text(), document.range);
  while (at != std::string_view::npos) {
    const std::size_t end = LineEnd(text, at);
    std::size_t hash = at;
    while (hash > document.range.begin && !StartsLine(text, hash)) --hash;
    while (hash < end && !StartsComment(text, hash, scalars)) ++hash;
    if (text.substr(hash, end - hash).find(marker) != std::string_view::npos) {
      comments.push_back(
          {file.id(), static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(end)});
    }
    at = text.find(marker, end);
  }
  return comments;
}

}  // namespace restorable::yaml
