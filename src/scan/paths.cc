#include "scan/paths.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace restorable::scan {
namespace {

// Relative and without a part that lexically_normal would take out: most paths of a walk.
bool IsPlain(std::string_view path) {
  if (path.empty() || path.front() == '/') return false;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

const std::string& WorkingDirectory() {
  static const std::string path = [] {
    std::error_code error;
    return std::filesystem::current_path(error).generic_string();
  }();
  return path;
}

std::string AbsolutePath(std::string_view path) {
  if (path.starts_with('/')) return NormalPath(path);
  return NormalPath(WorkingDirectory() + "/" + std::string(path));
}

}  // namespace

std::string NormalPath(std::string_view path) {
  std::string normal = std::filesystem::path(path).lexically_normal().generic_string();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

std::string JoinPath(std::string_view directory, std::string_view name) {
  if (directory == ".") return std::string(name);
  std::string joined(directory);
  if (!joined.ends_with('/')) joined += '/';
  joined += name;
  return joined;
}

std::string ParentPath(std::string_view path) {
  if (path == ".") return "..";
  if (path == ".." || path.ends_with("/..")) return JoinPath(path, "..");
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(path.substr(0, std::max<std::size_t>(slash, 1)));
}

bool IsTopDirectory(std::string_view path) { return AbsolutePath(path) == "/"; }

std::string DisplayPath(std::string_view path) {
  if (IsPlain(path)) return std::string(path);
  const std::string absolute = AbsolutePath(path);
  const std::string& base = WorkingDirectory();
  if (absolute == base) return ".";
  if (absolute.starts_with(base) && absolute[base.size()] == '/') {
    return absolute.substr(base.size() + 1);
  }
  return path.starts_with('/') ? absolute : NormalPath(path);
}

bool IsWorkingDirectory(std::string_view path) { return AbsolutePath(path) == WorkingDirectory(); }

}  // namespace restorable::scan
