#include "report/place.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/printable.h"
#include "scan/paths.h"

namespace restorable::report {

Range TrimmedRange(const SourceFile& file, Range range) {
  const auto size = static_cast<std::uint32_t>(file.text().size());
  range.begin = std::min(range.begin, size);
  range.end = std::clamp(range.end, range.begin, size);
  const std::size_t last = file.Text(range).find_last_not_of(" \t\r\n");
  if (last != std::string_view::npos) {
    range.end = range.begin + static_cast<std::uint32_t>(last) + 1;
  } else {
    range.end = range.begin;
  }
  return range;
}

std::optional<Place> FindPlace(const scan::Report& report, Range range) {
  const SourceFile* const file = report.Find(range.file);
  if (file == nullptr) return std::nullopt;
  range = TrimmedRange(*file, range);
  return Place{file->path(), file->PositionAt(range.begin), file->PositionAt(range.end)};
}

std::string PlaceName(const Place& place) {
  return fmt::format("{}:{}:{}", AtLineStart(Printable(place.path)), place.begin.line,
                     place.begin.column);
}

std::string RepositoryPath(const Roots& roots, std::string_view path) {
  const std::string absolute = scan::NormalPath(
      path.starts_with('/') ? std::string(path) : scan::JoinPath(roots.working_directory, path));
  const std::string prefix =
      roots.repository.ends_with('/') ? roots.repository : roots.repository + '/';
  return absolute.starts_with(prefix) ? absolute.substr(prefix.size()) : absolute;
}

}  // namespace restorable::report
