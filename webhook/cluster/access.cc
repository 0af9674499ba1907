#include "cluster/access.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <tuple>

#include "cluster/diagnostics.h"

namespace restorable::cluster {
namespace {

// Where the kubelet puts them.
constexpr std::string_view kServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/";

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::optional<int> ReadPort(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool ok = error == std::errc() && end == text.data() + text.size();
  return ok && port > 0 && port < 65536 ? std::optional(port) : std::nullopt;
}

bool IsThisMachine(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool TakeScheme(std::string_view& rest, Access& access) {
  for (const auto& [scheme, tls, port] :
       {std::tuple("https://", true, 443), std::tuple("http://", false, 80)}) {
    if (!rest.starts_with(scheme)) continue;
    rest.remove_prefix(std::string_view(scheme).size());
    access.tls = tls;
    access.port = port;
    return true;
  }
  return false;
}

// SCHEME://HOST[:PORT][/PREFIX]; an IPv6 address stands in brackets.
std::optional<Access> ReadServer(std::string_view text) {
  Access access;
  std::string_view rest = text;
  if (!TakeScheme(rest, access)) return std::nullopt;
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  access.prefix = rest.substr(slash);
  while (access.prefix.ends_with('/')) access.prefix.pop_back();
  rest = rest.substr(0, slash);
  const std::size_t bracket = rest.find(']');
  const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const auto port = ReadPort(rest.substr(colon + 1));
    if (!port) return std::nullopt;
    access.port = *port;
    rest = rest.substr(0, colon);
  }
  if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
  access.host = rest;
  const bool is_clear = text.find_first_of("?#@ ") == std::string_view::npos;
  return access.host.empty() || !is_clear ? std::nullopt : std::optional(access);
}

}  // namespace

Result<Access> FindAccess(const AccessOptions& options) {
  Access access;
  if (options.server.empty()) {
    access.host = Variable("KUBERNETES_SERVICE_HOST");
    const auto port = ReadPort(Variable("KUBERNETES_SERVICE_PORT"));
    if (access.host.empty() || !port) return Failure({&kNoServer, {}, {}, {}});
    access.port = *port;
    access.token_file = std::string(kServiceAccount) + "token";
    access.ca_file = std::string(kServiceAccount) + "ca.crt";
  } else {
    const auto read = ReadServer(options.server);
    if (!read) return Failure({&kBadServer, {}, {options.server}, {}});
    access = *read;
    if (!access.tls && !IsThisMachine(access.host)) {
      return Failure({&kPlainServer, {}, {options.server}, {}});
    }
  }
  if (!options.token_file.empty()) access.token_file = options.token_file;
  if (!options.ca_file.empty()) access.ca_file = options.ca_file;
  return access;
}

}  // namespace restorable::cluster
