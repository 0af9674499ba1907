#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace restorable::cel {

// The parts of a URL, empty where there are none. All are valid UTF-8.
struct Url {
  std::string scheme;        // in lower case
  std::string user;          // "name:password", as written
  std::string host;          // decoded, with brackets and port
  std::string escaped_path;  // with what must be escaped escaped
  std::string opaque;        // what follows the scheme of a URL without slash ("mailto:a@b")
  std::string query;         // as written, without the question mark
  std::string fragment;      // as written, without the number sign

  // The host without port and brackets; the port without colon.
  [[nodiscard]] std::string_view Hostname() const;
  [[nodiscard]] std::string_view Port() const;
  // The pairs of the query, decoded, in their order; malformed ones are left out.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> QueryPairs() const;
  [[nodiscard]] std::string ToString() const;

  friend bool operator==(const Url&, const Url&) = default;
};

// Reads what a request can be sent to, an absolute URI or an absolute path, and a fragment behind
// it. Nothing when it is malformed: control characters, bad escapes, ports or hosts.
[[nodiscard]] std::optional<Url> ParseUrl(std::string_view text);

}  // namespace restorable::cel
