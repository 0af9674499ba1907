#include "cel/url.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "cel/code_points.h"

namespace restorable::cel {
namespace {

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
bool IsUnreserved(char c) { return IsAlpha(c) || IsDigit(c) || IsOneOf(c, "-_.~"); }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Part { kPath, kHost, kUser, kQuery };

// Characters that stand for themselves. RFC 3986 reserves more in a path, for the use of its
// segments; as a whole, it may hold them.
bool IsPlain(char c, Part part) {
  if (IsUnreserved(c)) return true;
  switch (part) {
    case Part::kPath:
      return IsOneOf(c, "$&+,/:;=@");
    case Part::kHost:
      return IsOneOf(c, "!$&'()*+,;=:[]<>\"");
    case Part::kUser:
      return IsOneOf(c, "!$&'()*+,;=:@");
    case Part::kQuery:
      return true;
  }
  return false;
}

void AppendEscape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 0xF];
}

// Nothing for a percent sign without two digits, and, in a host, for a character or an escape that
// has no place there.
std::optional<std::string> Unescape(std::string_view text, Part part) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (c == '%') {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      if (part == Part::kHost && high < 8) return std::nullopt;
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else if (part == Part::kQuery && c == '+') {
      out += ' ';
    } else if (part == Part::kHost && ascii && !IsPlain(c, part)) {
      return std::nullopt;
    } else {
      out += c;
    }
  }
  return out;
}

std::string Escape(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (IsPlain(c, Part::kPath)) {
      out += c;
    } else {
      AppendEscape(out, c);
    }
  }
  return out;
}

// The path as written if that is a valid encoding, else encoded anew.
std::optional<std::string> EscapedPath(std::string_view path) {
  const std::optional<std::string> decoded = Unescape(path, Part::kPath);
  if (!decoded) return std::nullopt;
  const bool valid = std::ranges::all_of(
      path, [](char c) { return IsPlain(c, Part::kPath) || IsOneOf(c, "!'()*[]%"); });
  return valid ? std::string(path) : Escape(*decoded);
}

bool IsPortOrNothing(std::string_view text) {
  if (text.empty()) return true;
  return text.front() == ':' && std::all_of(text.begin() + 1, text.end(), IsDigit);
}

// Where the port begins, colon included, or the end.
std::size_t PortBegin(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && IsPortOrNothing(host.substr(colon));
  return has_port ? colon : host.size();
}

std::optional<std::string> ParseHost(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const std::size_t close = text.rfind(']');
  if (bracketed && close == std::string_view::npos) return std::nullopt;
  const std::size_t colon = bracketed ? close + 1 : std::min(text.rfind(':'), text.size());
  if (!IsPortOrNothing(text.substr(colon))) return std::nullopt;
  // Between a percent sign and the bracket stands the zone of an IPv6 address.
  const std::size_t zone = bracketed ? text.find("%25") : std::string_view::npos;
  if (zone == std::string_view::npos || zone > close) return Unescape(text, Part::kHost);
  const auto address = Unescape(text.substr(0, zone), Part::kHost);
  const auto name = Unescape(text.substr(zone, close - zone), Part::kUser);
  const auto rest = Unescape(text.substr(close), Part::kHost);
  if (!address || !name || !rest) return std::nullopt;
  return *address + *name + *rest;
}

bool ParseAuthority(std::string_view text, Url& url) {
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user = text.substr(0, at);
    const bool valid =
        std::ranges::all_of(user, [](char c) { return IsPlain(c, Part::kUser) || c == '%'; });
    if (!valid || !Unescape(user, Part::kUser)) return false;
    url.user = user;
    text.remove_prefix(at + 1);
  }
  const std::optional<std::string> host = ParseHost(text);
  if (!host) return false;
  url.host = ToValidUtf8(*host);
  return true;
}

// Takes "scheme:" off the front of `text`, if it is there. False when the text begins with a colon.
bool TakeScheme(std::string_view& text, std::string& scheme) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsAlpha(c) || (i > 0 && (IsDigit(c) || IsOneOf(c, "+-.")))) continue;
    if (c != ':') return true;
    if (i == 0) return false;
    scheme = AsciiLower(text.substr(0, i));
    text.remove_prefix(i + 1);
    return true;
  }
  return true;
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// What can be requested has no fragment, and its host comes behind a scheme.
enum class Form { kRequest, kReference };

std::optional<Url> ParseParts(std::string_view text, Form form) {
  Url url;
  if (text == "*") {
    url.escaped_path = text;
    return url;
  }
  if (!TakeScheme(text, url.scheme)) return std::nullopt;
  const std::size_t question = std::min(text.find('?'), text.size());
  url.query = text.substr(std::min(question + 1, text.size()));
  std::string_view rest = text.substr(0, question);
  if (!rest.starts_with('/')) {
    if (url.scheme.empty()) return std::nullopt;
    url.opaque = rest;
    return url;
  }
  const bool may_have_host =
      !url.scheme.empty() || (form == Form::kReference && !rest.starts_with("///"));
  if (may_have_host && rest.starts_with("//")) {
    rest.remove_prefix(2);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    if (!ParseAuthority(rest.substr(0, slash), url)) return std::nullopt;
    rest.remove_prefix(slash);
  }
  const std::optional<std::string> path = EscapedPath(rest);
  if (!path) return std::nullopt;
  url.escaped_path = *path;
  return url;
}

}  // namespace

std::string_view Url::Hostname() const {
  std::string_view name = std::string_view(host).substr(0, PortBegin(host));
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  return name;
}

std::string_view Url::Port() const {
  const std::size_t begin = PortBegin(host);
  return begin == host.size() ? std::string_view() : std::string_view(host).substr(begin + 1);
}

std::vector<std::pair<std::string, std::string>> Url::QueryPairs() const {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty() || pair.find(';') != std::string_view::npos) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto key = Unescape(pair.substr(0, equals), Part::kQuery);
    const auto value = Unescape(pair.substr(std::min(equals + 1, pair.size())), Part::kQuery);
    if (key && value) pairs.emplace_back(ToValidUtf8(*key), ToValidUtf8(*value));
  }
  return pairs;
}

std::string Url::ToString() const {
  std::string text;
  if (!scheme.empty()) text.append(scheme).append(":");
  if (!host.empty() || !user.empty()) text.append("//");
  if (!user.empty()) text.append(user).append("@");
  text.append(host).append(opaque).append(escaped_path);
  if (!query.empty()) text.append("?").append(query);
  if (!fragment.empty()) text.append("#").append(fragment);
  return text;
}

std::optional<Url> ParseUrl(std::string_view text) {
  if (text.empty() || std::ranges::any_of(text, IsControl)) return std::nullopt;
  if (!ParseParts(text, Form::kRequest)) return std::nullopt;
  const std::size_t sign = std::min(text.find('#'), text.size());
  std::optional<Url> url = ParseParts(text.substr(0, sign), Form::kReference);
  const std::string_view fragment = text.substr(std::min(sign + 1, text.size()));
  if (!url || !Unescape(fragment, Part::kPath)) return std::nullopt;
  url->fragment = fragment;
  return url;
}

}  // namespace restorable::cel
