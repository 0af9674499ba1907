// FindComments of yaml/parse.h.

#include <algorithm>

#include "yaml/parse.h"

namespace restorable::yaml {
namespace {

bool Within(Value value, std::uint32_t offset) {
  return value.range().begin <= offset && offset < value.range().end;
}

// Values that came through an alias stand elsewhere; the place they stand at is
// looked at there.
bool InScalar(Value value, std::uint32_t offset) {
  if (value.via() != OriginId::kNone || !Within(value, offset))
    return false;
  if (value.IsMap()) {
    for (const MapEntry &entry : value.AsMap()) {
      if (Within(entry.key, offset) || InScalar(entry.value, offset))
        return true;
    }
    return false;
  }
  if (value.IsList()) {
    for (const Value &item : value.AsList()) {
      if (InScalar(item, offset))
        return true;
    }
    return false;
  }
  return true;
}

} // namespace

std::vector<Range> FindComments(const SourceFile &file,
                                const Document &document,
                                std::string_view marker) {
  std::vector<Range> comments;
  const std::string_view text = file.Text(document.range);
  for (std::size_t at = text.find(marker); at != text.npos;) {
    const std::size_t newline = text.rfind('\n', at);
    const std::size_t line = newline == text.npos ? 0 : newline + 1;
    const std::size_t end =
        std::min(text.find_first_of("\r\n", at), text.size());
    for (std::size_t hash = text.find('#', line); hash < at;
         hash = text.find('#', hash + 1)) {
      const bool starts =
          hash == line || text[hash - 1] == ' ' || text[hash - 1] == '\t';
      const auto offset =
          document.range.begin + static_cast<std::uint32_t>(hash);
      if (!starts || InScalar(document.root, offset))
        continue;
      comments.push_back(
          {file.id(), offset,
           document.range.begin + static_cast<std::uint32_t>(end)});
      break;
    }
    at = text.find(marker, end);
  }
  return comments;
}

} // namespace restorable::yaml
