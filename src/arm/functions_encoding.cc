#include <algorithm>
#include <optional>
#include <string>

#include "arm/functions.h"
#include "arm/json_text.h"
#include "arm/symbol.h"
#include "base/base64.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// What was decoded is text for us only if it is UTF-8.
Value ReturnText(Invocation& call, const std::optional<std::string>& text) {
  if (!text.has_value()) return call.Fail("this is no base64");
  if (FindInvalidUtf8(*text).has_value()) return call.Fail("what was decoded is no text");
  return call.Return(*text);
}

Value ReadJson(Invocation& call, std::string_view text) {
  const Value value = FromJson(call.context, text, call.range());
  return value.IsError() && !value.AsError().absolute ? call.Fail(value.AsError().message) : value;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

std::string Escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    out.append(1, '%').append(1, kHex[octet >> 4]).append(1, kHex[octet & 15]);
  }
  return out;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string Unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && HexDigit(text[at + 1]) >= 0 &&
                        HexDigit(text[at + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(HexDigit(text[at + 1]) * 16 + HexDigit(text[at + 2]));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

// `relative` as a link in `base`, whose scheme ends at `scheme`.
std::string Resolved(std::string_view base, std::size_t scheme, std::string_view relative) {
  if (relative.find("://") != std::string_view::npos) return std::string(relative);
  const std::size_t root = base.find('/', scheme + 3);
  if (relative.starts_with('/')) return std::string(base.substr(0, root)).append(relative);
  if (root == std::string_view::npos) return std::string(base).append("/").append(relative);
  std::string directory(base.substr(0, base.substr(0, base.find('?')).rfind('/') + 1));
  while (true) {
    if (relative.starts_with("./")) {
      relative.remove_prefix(2);
    } else if (relative.starts_with("../") && directory.size() > root + 1) {
      relative.remove_prefix(3);
      directory.resize(directory.rfind('/', directory.size() - 2) + 1);
    } else {
      return directory.append(relative);
    }
  }
}

}  // namespace

Value Base64(Invocation& call) { return call.Return(EncodeBase64(call.String(0))); }

Value Base64ToString(Invocation& call) {
  return ReturnText(call, DecodeBase64(call.String(0), Base64Padding::kRequired));
}

Value Base64ToJson(Invocation& call) {
  const Value text = ReturnText(call, DecodeBase64(call.String(0), Base64Padding::kRequired));
  return text.IsError() ? text : ReadJson(call, text.AsString());
}

Value Json(Invocation& call) { return ReadJson(call, call.String(0)); }

Value DataUri(Invocation& call) {
  return call.Return("data:text/plain;charset=utf8;base64," + EncodeBase64(call.String(0)));
}

Value DataUriToString(Invocation& call) {
  const std::string_view text = call.String(0);
  const std::size_t comma = text.find(',');
  if (!text.starts_with("data:") || comma == std::string_view::npos) {
    return call.Fail("this is no data URI");
  }
  const std::string_view data = text.substr(comma + 1);
  if (text.substr(0, comma).ends_with(";base64"))
    return ReturnText(call, DecodeBase64(data, Base64Padding::kRequired));
  return ReturnText(call, Unescaped(data));
}

// As a browser resolves a link: relative to the directory of the base. Of a base that is not known
// the directory is a term.
Value Uri(Invocation& call) {
  if (IsSymbol(call[0]) && call[1].IsString()) {
    TextBuilder text(call.context);
    text.Append(Derived(call.context, "directory", call.arguments().first(1), TypeKind::kString,
                        call.range()));
    text.Append("/");
    text.Append(call[1]);
    return text.Finish(call.range());
  }
  if (!call[0].IsString() || !call[1].IsString()) return call.Open();
  const std::string_view base = call.String(0);
  const std::size_t scheme = base.find("://");
  if (scheme == std::string_view::npos) return call.Fail("the base is no address");
  return call.Return(Resolved(base, scheme, call.String(1)));
}

Value UriComponent(Invocation& call) { return call.Return(Escaped(call.String(0))); }

Value UriComponentToString(Invocation& call) { return ReturnText(call, Unescaped(call.String(0))); }

// {scheme, host, port, path, query} as an address.
Value BuildUri(Invocation& call) {
  const auto part = [&](std::string_view name) {
    const MapEntry* const entry = FindKey(call[0], name);
    if (entry == nullptr || entry->value.IsNull()) return std::string();
    return std::string(ToText(call.context, entry->value, call.range()).AsString());
  };
  std::string text = part("scheme") + "://" + part("host");
  if (const std::string port = part("port"); !port.empty()) text += ":" + port;
  const std::string path = part("path");
  if (!path.empty() && !path.starts_with('/')) text += '/';
  text += path;
  const std::string query = part("query");
  if (!query.empty() && !query.starts_with('?')) text += '?';
  return call.Return(text + query);
}

Value ParseUri(Invocation& call) {
  std::string_view text = call.String(0);
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return call.Fail("this is no address");
  std::vector<MapEntry> parts = {
      {Value::String("scheme"), call.Return(Value::String(text.substr(0, scheme)))}};
  text.remove_prefix(scheme + 3);
  const std::size_t host_end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view host = text.substr(0, host_end);
  text.remove_prefix(host_end);
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    std::int64_t port = 0;
    for (const char c : host.substr(colon + 1)) port = (port * 10 + HexDigit(c)) % 100'000;
    parts.push_back({Value::String("port"), call.Return(port)});
    host = host.substr(0, colon);
  }
  parts.push_back({Value::String("host"), call.Return(Value::String(host))});
  const std::size_t path_end = std::min(text.find_first_of("?#"), text.size());
  parts.push_back({Value::String("path"), call.Return(Value::String(text.substr(0, path_end)))});
  text.remove_prefix(path_end);
  if (text.starts_with('?')) {
    parts.push_back(
        {Value::String("query"), call.Return(Value::String(text.substr(0, text.find('#'))))});
  }
  return call.Return(call.context.Map(parts));
}

}  // namespace restorable::arm
