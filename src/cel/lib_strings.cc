#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "base/text.h"
#include "cel/code_points.h"
#include "cel/format_text.h"
#include "cel/libraries.h"

// Strings that are part of an argument are views of it, not copies.
namespace restorable::cel {
namespace {

Value OutOfRange(CallContext& call, std::int64_t position) {
  return call.Error(fmt::format("the string has no position {}", position));
}

Value Position(std::string_view text, std::size_t offset) {
  return Value::Int(static_cast<std::int64_t>(CodePointCount(text.substr(0, offset))));
}

std::string MapAscii(std::string_view text, char first, char last, int shift) {
  std::string out(text);
  for (char& c : out) {
    if (c >= first && c <= last) c = static_cast<char>(c + shift);
  }
  return out;
}

Value CharAt(CallContext& call) {
  const std::string_view text = call.String(0);
  const auto begin = ByteOffset(text, call.Int(1));
  if (!begin) return OutOfRange(call, call.Int(1));
  const std::string_view rest = text.substr(*begin);
  return Value::String(rest.substr(0, ByteOffset(rest, 1).value_or(0)));
}

Value IndexOf(CallContext& call) {
  const std::size_t found = call.String(0).find(call.String(1));
  return found == std::string_view::npos ? Value::Int(-1) : Position(call.String(0), found);
}

Value IndexOfFrom(CallContext& call) {
  const std::string_view text = call.String(0);
  const auto begin = ByteOffset(text, call.Int(2));
  if (!begin) return OutOfRange(call, call.Int(2));
  const std::size_t found = text.find(call.String(1), *begin);
  return found == std::string_view::npos ? Value::Int(-1) : Position(text, found);
}

Value LastIndexOf(CallContext& call) {
  const std::size_t found = call.String(0).rfind(call.String(1));
  return found == std::string_view::npos ? Value::Int(-1) : Position(call.String(0), found);
}

Value LastIndexOfFrom(CallContext& call) {
  const std::string_view text = call.String(0);
  const auto last = ByteOffset(text, call.Int(2));
  if (!last) return OutOfRange(call, call.Int(2));
  const std::size_t found = text.rfind(call.String(1), *last);
  return found == std::string_view::npos ? Value::Int(-1) : Position(text, found);
}

Value LowerAscii(CallContext& call) { return call.Return(AsciiLower(call.String(0))); }

Value UpperAscii(CallContext& call) {
  return call.Return(MapAscii(call.String(0), 'a', 'z', 'A' - 'a'));
}

// Where `old` is next found at or after `from`; the empty string stands before each code point and
// at the end.
std::size_t NextMatch(std::string_view text, std::string_view old, std::size_t from, bool first) {
  if (!old.empty()) return text.find(old, from);
  if (first) return 0;
  if (from >= text.size()) return std::string_view::npos;
  return from + ByteOffset(text.substr(from), 1).value_or(0);
}

// At most `limit` replacements; a negative limit is none.
Value ReplaceUpTo(CallContext& call, std::int64_t limit) {
  const std::string_view text = call.String(0);
  const std::string_view old = call.String(1);
  const std::string_view replacement = call.String(2);
  std::string out;
  std::size_t copied = 0;
  std::size_t searched = 0;
  for (std::int64_t count = 0; limit < 0 || count < limit; ++count) {
    const std::size_t found = NextMatch(text, old, searched, count == 0);
    if (found == std::string_view::npos) break;
    out.append(text, copied, found - copied).append(replacement);
    if (out.size() > kMostResultBytes) return ResultTooLarge(call);
    copied = searched = found + old.size();
  }
  if (copied == 0 && out.empty()) return call[0];
  out.append(text, copied);
  if (out.size() > kMostResultBytes) return ResultTooLarge(call);
  return call.Return(out);
}

Value Replace(CallContext& call) { return ReplaceUpTo(call, -1); }
Value ReplaceLimited(CallContext& call) { return ReplaceUpTo(call, call.Int(3)); }

// At most `limit` parts; a negative limit is none.
Value SplitInto(CallContext& call, std::int64_t limit) {
  std::string_view rest = call.String(0);
  const std::string_view separator = call.String(1);
  std::vector<Value> parts;
  if (limit == 0 || (rest.empty() && separator.empty())) return Value::List({});
  while (limit < 0 || static_cast<std::int64_t>(parts.size()) + 1 < limit) {
    const std::size_t found =
        separator.empty() ? ByteOffset(rest, 1).value_or(0) : rest.find(separator);
    // Without a separator, the last code point is the last part.
    if (found == std::string_view::npos || (separator.empty() && found == rest.size())) break;
    if (parts.size() == kMostResultItems) return ResultTooLarge(call);
    parts.push_back(Value::String(rest.substr(0, found)));
    rest.remove_prefix(found + separator.size());
  }
  parts.push_back(Value::String(rest));
  return Value::List(call.arena().Copy(std::span<const Value>(parts)));
}

Value Split(CallContext& call) { return SplitInto(call, -1); }
Value SplitLimited(CallContext& call) { return SplitInto(call, call.Int(2)); }

Value JoinWith(CallContext& call, std::string_view separator) {
  std::string out;
  bool first = true;
  for (const Value& item : call.List(0)) {
    if (!item.IsString()) return call.Error("`join` takes a list of strings");
    if (!first) out.append(separator);
    first = false;
    out.append(item.AsString());
    if (out.size() > kMostResultBytes) return ResultTooLarge(call);
  }
  return call.Return(out);
}

Value Join(CallContext& call) { return JoinWith(call, ""); }
Value JoinSeparated(CallContext& call) { return JoinWith(call, call.String(1)); }

Value SubstringFrom(CallContext& call) {
  const auto begin = ByteOffset(call.String(0), call.Int(1));
  if (!begin) return OutOfRange(call, call.Int(1));
  return Value::String(call.String(0).substr(*begin));
}

Value Substring(CallContext& call) {
  const std::string_view text = call.String(0);
  const auto begin = ByteOffset(text, call.Int(1));
  if (!begin) return OutOfRange(call, call.Int(1));
  const auto end = ByteOffset(text, call.Int(2));
  if (!end) return OutOfRange(call, call.Int(2));
  if (*end < *begin) {
    return call.Error(
        fmt::format("the range from {} to {} ends before it begins", call.Int(1), call.Int(2)));
  }
  return Value::String(text.substr(*begin, *end - *begin));
}

Value Trim(CallContext& call) { return Value::String(TrimWhiteSpace(call.String(0))); }

Value Reverse(CallContext& call) {
  const std::string_view text = call.String(0);
  std::string out(text.size(), '\0');
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t length = ByteOffset(text.substr(offset), 1).value_or(1);
    text.copy(out.data() + (text.size() - offset - length), length, offset);
    offset += length;
  }
  return call.Return(out);
}

Value Quote(CallContext& call) {
  std::string out = "\"";
  for (const char c : call.String(0)) {
    constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
    constexpr std::string_view kLetters = "abfnrtv\\\"";
    const std::size_t i = kEscaped.find(c);
    if (i == std::string_view::npos) {
      out += c;
    } else {
      out.append("\\").append(1, kLetters[i]);
    }
  }
  return call.Return(out + '"');
}

Value Format(CallContext& call) {
  const auto text = FormatText(call.String(0), call.List(1), kMostResultBytes);
  if (text) return call.Return(*text);
  return text.error().too_large ? ResultTooLarge(call) : call.Error(text.error().message);
}

constexpr Builtin kStrings[] = {
    {"string.charAt(int) -> string", CharAt, Cost::kTraverse},
    {"string.indexOf(string) -> int", IndexOf, Cost::kContains},
    {"string.indexOf(string, int) -> int", IndexOfFrom, Cost::kContains},
    {"string.lastIndexOf(string) -> int", LastIndexOf, Cost::kContains},
    {"string.lastIndexOf(string, int) -> int", LastIndexOfFrom, Cost::kContains},
    {"string.lowerAscii() -> string", LowerAscii, Cost::kTraverse},
    {"string.upperAscii() -> string", UpperAscii, Cost::kTraverse},
    {"string.replace(string, string) -> string", Replace, Cost::kTraverseTwice},
    {"string.replace(string, string, int) -> string", ReplaceLimited, Cost::kTraverseTwice},
    {"string.split(string) -> list(string)", Split, Cost::kTraverseTwice},
    {"string.split(string, int) -> list(string)", SplitLimited, Cost::kTraverseTwice},
    {"list(string).join() -> string", Join, Cost::kTraverseTwice},
    {"list(string).join(string) -> string", JoinSeparated, Cost::kTraverseTwice},
    {"string.substring(int) -> string", SubstringFrom, Cost::kTraverse},
    {"string.substring(int, int) -> string", Substring, Cost::kTraverse},
    {"string.trim() -> string", Trim, Cost::kTraverse},
};

constexpr Builtin kFormat[] = {
    {"string.format(list(dyn)) -> string", Format, Cost::kTraverse},
    {"strings.quote(string) -> string", Quote, Cost::kTraverse},
};

constexpr Builtin kReverse[] = {
    {"string.reverse() -> string", Reverse, Cost::kTraverse},
};

}  // namespace

std::span<const Builtin> StringFunctions() { return kStrings; }
std::span<const Builtin> StringFormatFunctions() { return kFormat; }
std::span<const Builtin> StringReverseFunctions() { return kReverse; }

}  // namespace restorable::cel
