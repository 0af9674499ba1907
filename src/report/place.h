#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/range.h"
#include "base/source.h"
#include "scan/scan.h"

namespace restorable::report {

// Where a range stands, as people count.
struct Place {
  std::string_view path;  // of the SourceFile
  Position begin;
  Position end;  // one past the last character
};

// Nothing for a range that points nowhere.
[[nodiscard]] std::optional<Place> FindPlace(const scan::Report& report, Range range);

// `range` within the file and without the white space at its end.
[[nodiscard]] Range TrimmedRange(const SourceFile& file, Range range);

// "path:line:column", printable.
[[nodiscard]] std::string PlaceName(const Place& place);

// How places on this machine relate to the repository that is being checked. Both are absolute
// paths; the repository is the working directory when there is none.
struct Roots {
  std::string working_directory;
  std::string repository;
};

// `path`, which is relative to the working directory or absolute, as the repository calls it;
// absolute where it lies outside.
[[nodiscard]] std::string RepositoryPath(const Roots& roots, std::string_view path);

}  // namespace restorable::report
