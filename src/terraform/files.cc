#include "terraform/files.h"

namespace restorable::terraform {

std::optional<std::string> JoinPath(std::string_view directory, std::string_view relative) {
  if (relative.starts_with('/') || relative.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  const bool absolute = directory.starts_with('/');
  std::vector<std::string_view> parts;
  for (std::string_view path : {directory, relative}) {
    while (!path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view part = path.substr(0, slash);
      path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
      if (part.empty() || part == ".") continue;
      if (part == ".." && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (part == ".." && absolute) {
        return std::nullopt;
      } else {
        parts.push_back(part);
      }
    }
  }
  std::string joined;
  for (const std::string_view part : parts) {
    if (absolute || !joined.empty()) joined += '/';
    joined += part;
  }
  return joined;
}

bool IsLocalSource(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

}  // namespace restorable::terraform
