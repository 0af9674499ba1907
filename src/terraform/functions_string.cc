#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "terraform/functions.h"
#include "terraform/text.h"

namespace restorable::terraform {
namespace {

// The offset behind the leading characters, or before the trailing ones, that `drop` accepts.
template <typename Drop>
std::string_view TrimBoth(std::string_view text, Drop drop) {
  while (!text.empty()) {
    std::size_t next = 0;
    if (!drop(DecodeUtf8(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!drop(DecodeUtf8(text, at))) break;
    text = text.substr(0, last);
  }
  return text;
}

}  // namespace

Value BaseName(Call& call) {
  std::string_view path = call.String(0);
  if (path.empty()) return call.Return(std::string_view("."));
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (path == "/" || slash == std::string_view::npos) return call.Return(path);
  return call.Return(path.substr(slash + 1));
}

Value DirName(Call& call) {
  const std::string_view path = call.String(0);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return call.Return(std::string_view("."));
  std::string cleaned;
  std::vector<std::string_view> parts;
  const bool absolute = path.starts_with('/');
  std::string_view left = path.substr(0, slash);
  while (!left.empty()) {
    const std::string_view part = left.substr(0, left.find('/'));
    left.remove_prefix(std::min(part.size() + 1, left.size()));
    if (part.empty() || part == ".") continue;
    const bool up = part == ".." && !parts.empty() && parts.back() != "..";
    if (up) {
      parts.pop_back();
    } else if (part != ".." || !absolute) {
      parts.push_back(part);
    }
  }
  for (const std::string_view part : parts) {
    if (!cleaned.empty()) cleaned += '/';
    cleaned += part;
  }
  if (absolute) return call.Return("/" + cleaned);
  return call.Return(cleaned.empty() ? std::string_view(".") : std::string_view(cleaned));
}

Value Chomp(Call& call) {
  std::string_view text = call.String(0);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return call.Return(text);
}

Value EndsWith(Call& call) { return call.Return(call.String(0).ends_with(call.String(1))); }
Value StartsWith(Call& call) { return call.Return(call.String(0).starts_with(call.String(1))); }
Value StrContains(Call& call) {
  return call.Return(call.String(0).find(call.String(1)) != std::string_view::npos);
}

Value Indent(Call& call) {
  constexpr std::int64_t kMost = 1000;
  const std::int64_t spaces = call[0].AsInt();
  if (spaces < 0 || spaces > kMost) return call.Fail("the indent is between 0 and 1000");
  std::string out;
  for (const char c : call.String(1)) {
    out += c;
    if (c == '\n') out.append(static_cast<std::size_t>(spaces), ' ');
    if (out.size() > call.context.limits.file_bytes) return call.context.Limit("file_bytes");
  }
  return call.Return(out);
}

Value Join(Call& call) {
  std::string out;
  bool first = true;
  for (const Value& list : call.arguments().subspan(1)) {
    for (const Value& item : list.AsList()) {
      if (!first) out += call.String(0);
      out += item.AsString();
      first = false;
      if (out.size() > call.context.limits.file_bytes) return call.context.Limit("file_bytes");
    }
  }
  if (!call.context.Spend(out.size() / 16)) return call.context.Limit("evaluation_steps");
  return call.Return(out);
}

Value Split(Call& call) {
  const std::string_view separator = call.String(0);
  std::string_view text = call.String(1);
  std::vector<Value> parts;
  if (separator.empty()) {
    while (!text.empty()) {
      std::size_t next = 0;
      static_cast<void>(DecodeUtf8(text, next));
      parts.push_back(Value::String(text.substr(0, next)).At(call.range()));
      text.remove_prefix(next);
    }
    return call.Return(call.context.List(parts, Shape::kUniform));
  }
  while (true) {
    const std::size_t end = text.find(separator);
    if (parts.size() > call.context.limits.document_nodes) {
      return call.context.Limit("document_nodes", call.range());
    }
    parts.push_back(Value::String(text.substr(0, end)).At(call.range()));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + separator.size());
  }
  return call.Return(call.context.List(parts, Shape::kUniform));
}

Value StrRev(Call& call) {
  const std::vector<std::string_view> characters = Characters(call.String(0));
  std::string out;
  for (auto c = characters.rbegin(); c != characters.rend(); ++c) out += *c;
  return call.Return(out);
}

Value Substr(Call& call) {
  const std::vector<std::string_view> characters = Characters(call.String(0));
  const auto size = static_cast<std::int64_t>(characters.size());
  std::int64_t begin = call[1].AsInt();
  std::int64_t length = call[2].AsInt();
  if (begin < 0) begin = std::max<std::int64_t>(0, size + begin);
  begin = std::min(begin, size);
  const std::int64_t left = size - begin;
  length = length < 0 ? left : std::min(length, left);
  std::string out;
  for (std::int64_t i = begin; i < begin + length; ++i) {
    out += characters[static_cast<std::size_t>(i)];
  }
  return call.Return(out);
}

Value Lower(Call& call) { return call.Return(ToLower(call.String(0))); }
Value Upper(Call& call) { return call.Return(ToUpper(call.String(0))); }

Value Title(Call& call) {
  const std::string_view text = call.String(0);
  std::string out;
  bool at_word = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = DecodeUtf8(text, at);
    const std::string_view character = text.substr(begin, at - begin);
    out += at_word ? ToUpper(character) : std::string(character);
    const bool letter = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == '_';
    at_word = !letter || (c >= 0x80 && IsSpace(c));
  }
  return call.Return(out);
}

Value Trim(Call& call) {
  std::u32string cutset;
  const std::string_view text = call.String(1);
  for (std::size_t at = 0; at < text.size();) cutset += DecodeUtf8(text, at);
  return call.Return(
      TrimBoth(call.String(0), [&](char32_t c) { return cutset.find(c) != std::u32string::npos; }));
}

Value TrimSpace(Call& call) { return call.Return(TrimBoth(call.String(0), IsSpace)); }

Value TrimPrefix(Call& call) {
  std::string_view text = call.String(0);
  if (text.starts_with(call.String(1))) text.remove_prefix(call[1].size());
  return call.Return(text);
}

Value TrimSuffix(Call& call) {
  std::string_view text = call.String(0);
  if (text.ends_with(call.String(1))) text.remove_suffix(call[1].size());
  return call.Return(text);
}

}  // namespace restorable::terraform
