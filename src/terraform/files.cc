#include "terraform/files.h"

namespace restorable::terraform {

std::optional<std::string> JoinPath(std::string_view directory, std::string_view relative) {
  if (relative.starts_with('/') || relative.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<std::string_view> parts;
  for (std::string_view path : {directory, relative}) {
    while (!path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view part = path.substr(0, slash);
      path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return std::nullopt;
      } else {
        parts.pop_back();
      }
    }
  }
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty()) joined += '/';
    joined += part;
  }
  return joined;
}

}  // namespace restorable::terraform
