#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cel/libraries.h"
#include "cel/url.h"

namespace restorable::cel {
namespace {

// The text in the arena; the parts are found when they are asked for.
struct UrlText {
  std::string_view text;

  [[nodiscard]] Url Parse() const { return ParseUrl(text).value_or(Url{}); }
};

constexpr OpaqueType kUrl = {
    "kubernetes.URL",
    [](const void* a, const void* b) {
      return static_cast<const UrlText*>(a)->Parse() == static_cast<const UrlText*>(b)->Parse();
    },
    [](const void* data) { return static_cast<const UrlText*>(data)->Parse().ToString(); },
};

Url Receiver(CallContext& call) { return OpaqueData<UrlText>(call[0]).Parse(); }

Value MakeUrl(CallContext& call) {
  if (!ParseUrl(call.String(0))) return call.Error(Quoted(call.String(0)) + " is not a URL");
  return MakeOpaque(call.arena(), kUrl, UrlText{call.String(0)});
}

Value IsUrl(CallContext& call) { return Value::Bool(ParseUrl(call.String(0)).has_value()); }
Value GetScheme(CallContext& call) { return call.Return(Receiver(call).scheme); }
Value GetHost(CallContext& call) { return call.Return(Receiver(call).host); }
Value GetHostname(CallContext& call) { return call.Return(Receiver(call).Hostname()); }
Value GetPort(CallContext& call) { return call.Return(Receiver(call).Port()); }
Value GetEscapedPath(CallContext& call) { return call.Return(Receiver(call).escaped_path); }

Value GetQuery(CallContext& call) {
  // Each key once, in the order of the first.
  std::vector<std::pair<Value, std::vector<Value>>> keys;
  std::map<std::string, std::size_t> positions;
  for (const auto& [key, value] : Receiver(call).QueryPairs()) {
    const auto [position, is_new] = positions.try_emplace(key, keys.size());
    if (is_new) keys.emplace_back(call.Return(key), std::vector<Value>());
    keys[position->second].second.push_back(call.Return(value));
  }
  std::vector<MapEntry> entries;
  entries.reserve(keys.size());
  for (const auto& [key, values] : keys) {
    entries.push_back({key, Value::List(call.arena().Copy(std::span<const Value>(values)))});
  }
  return Value::Map(call.arena(), call.arena().Copy(std::span<const MapEntry>(entries)));
}

constexpr Builtin kRows[] = {
    {"url(string) -> kubernetes.URL", MakeUrl, Cost::kTraverse},
    {"isURL(string) -> bool", IsUrl, Cost::kTraverse},
    {"kubernetes.URL.getScheme() -> string", GetScheme},
    {"kubernetes.URL.getHost() -> string", GetHost},
    {"kubernetes.URL.getHostname() -> string", GetHostname},
    {"kubernetes.URL.getPort() -> string", GetPort},
    {"kubernetes.URL.getEscapedPath() -> string", GetEscapedPath},
    {"kubernetes.URL.getQuery() -> map(string, list(string))", GetQuery},
};

}  // namespace

std::span<const Builtin> UrlFunctions() { return kRows; }

}  // namespace restorable::cel
