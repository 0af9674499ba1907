#include "report/uri.h"

#include <fmt/format.h>

namespace restorable::report {

std::string UriPath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alphanumeric || std::string_view("-._~/").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string FileUri(std::string_view path) { return "file://" + UriPath(path); }

}  // namespace restorable::report
