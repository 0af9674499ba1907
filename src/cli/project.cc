#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "cli/loaded_rules.h"
#include "policy/configuration.h"
#include "scan/paths.h"

namespace restorable::cli {
namespace {

namespace fs = std::filesystem;

bool IsRepository(const fs::path& directory) {
  std::error_code error;
  return fs::exists(directory / ".git", error);
}

}  // namespace

std::string FindConfiguration(std::string_view start) {
  std::error_code error;
  fs::path directory = fs::absolute(start == "-" ? "." : fs::path(start), error).lexically_normal();
  if (!fs::is_directory(directory, error)) directory = directory.parent_path();
  while (true) {
    const fs::path file = directory / policy::kConfigurationFileName;
    if (fs::is_regular_file(file, error)) return scan::DisplayPath(file.generic_string());
    if (IsRepository(directory) || !directory.has_relative_path()) return {};
    directory = directory.parent_path();
  }
}

std::string FindRepository(const std::string& working_directory) {
  for (fs::path directory = working_directory; directory.has_relative_path();
       directory = directory.parent_path()) {
    if (IsRepository(directory)) return directory.generic_string();
  }
  return working_directory;
}

}  // namespace restorable::cli
