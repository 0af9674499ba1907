#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "arm/functions.h"
#include "arm/symbol.h"
#include "arm/unique_string.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// Known pieces changed, and terms as terms of the function.
Value MapPieces(Invocation& call, std::string (*map)(std::string_view)) {
  if (call[0].IsString()) return call.Return(map(call.String(0)));
  if (!IsTextSymbol(call[0])) return call.Open();
  TextBuilder text(call.context);
  const Symbol& symbol = AsSymbol(call[0]);
  const std::string prefix = std::string(call.name()) + "(";
  for (const Piece& piece : symbol.pieces) {
    if (!piece.term) {
      text.Append(map(piece.text));
      continue;
    }
    // Once is enough: the case of what is in lower case already does not change again.
    const bool done = piece.text.starts_with(prefix);
    const std::string term =
        done ? std::string(piece.text) : prefix + std::string(piece.text) + ")";
    text.Append(MakeTerm(
        call.context,
        {.text = term, .kind = TypeKind::kString, .nullable = false, .segment = piece.segment},
        symbol.unknown));
  }
  return text.Finish(call.range());
}

std::string UpperText(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// The known text at one end.
std::string_view KnownEnd(Value text, bool front) {
  if (text.IsString()) return text.AsString();
  const std::span<const Piece> pieces = AsSymbol(text).pieces;
  const Piece& piece = front ? pieces.front() : pieces.back();
  return piece.term ? std::string_view() : piece.text;
}

Value HasEnd(Invocation& call, bool front) {
  if (!IsText(call[0]) || !IsText(call[1])) return call.Open();
  const std::string whole = AsciiLower(KnownEnd(call[0], front));
  const std::string part = AsciiLower(KnownEnd(call[1], front));
  const std::size_t both = std::min(whole.size(), part.size());
  const bool same = front ? whole.substr(0, both) == part.substr(0, both)
                          : whole.substr(whole.size() - both) == part.substr(part.size() - both);
  if (!same) return call.Return(false);
  if (call[1].IsString() && whole.size() >= part.size()) return call.Return(true);
  return call[0].IsString() && call[1].IsString() ? call.Return(false) : call.Open();
}

// A number in one of the .NET formats that templates use: D, X, N and F with a precision, or
// zeros for the least count of digits. Nothing if it is another format.
std::optional<std::string> FormatNumber(Value number, std::string_view format) {
  if (!number.Is(Kind::kInt)) return std::nullopt;
  const std::int64_t value = number.AsInt();
  const auto magnitude =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const std::string sign = value < 0 ? "-" : "";
  if (format.find_first_not_of('0') == std::string_view::npos) {
    return sign + fmt::format("{:0{}}", magnitude,
                              static_cast<int>(std::min<std::size_t>(format.size(), 99)));
  }
  const char kind = format[0];
  int precision = -1;
  if (format.size() > 1) {
    const auto [end, error] =
        std::from_chars(format.data() + 1, format.data() + format.size(), precision);
    if (error != std::errc() || end != format.data() + format.size() || precision > 99) {
      return std::nullopt;
    }
  }
  switch (kind) {
    case 'd':
    case 'D':
      return sign + fmt::format("{:0{}}", magnitude, std::max(precision, 1));
    case 'x':
      return fmt::format("{:0{}x}", static_cast<std::uint64_t>(value), std::max(precision, 1));
    case 'X':
      return fmt::format("{:0{}X}", static_cast<std::uint64_t>(value), std::max(precision, 1));
    case 'f':
    case 'F':
      return sign +
             fmt::format("{}{}{}", magnitude, precision == 0 ? "" : ".",
                         std::string(static_cast<std::size_t>(precision < 0 ? 2 : precision), '0'));
    case 'g':
    case 'G':
      return precision < 0 ? std::optional(std::to_string(value)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

struct Hole {
  std::size_t argument = 0;
  std::int64_t width = 0;
  std::string_view format;
};

// What stands between braces: `0`, `0:d2`, `0,10:d2`.
std::optional<Hole> ReadHole(std::string_view text) {
  Hole hole;
  const char* const last = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data(), last, hole.argument);
  if (error != std::errc()) return std::nullopt;
  if (at != last && *at == ',') {
    const auto width = std::from_chars(at + 1, last, hole.width);
    if (width.ec != std::errc() || hole.width > 1000 || hole.width < -1000) return std::nullopt;
    at = width.ptr;
  }
  if (at == last) return hole;
  if (*at != ':') return std::nullopt;
  hole.format = {at + 1, static_cast<std::size_t>(last - at - 1)};
  return hole;
}

Value FillHole(Invocation& call, const Hole& hole) {
  if (hole.argument + 1 >= call.size()) return call.Fail("has a place without an argument");
  const Value argument = call[hole.argument + 1];
  if (!hole.format.empty() && IsSymbol(argument)) return call.Open();
  Value text = ToFormatted(call.context, argument, call.range());
  if (!hole.format.empty() && argument.Is(Kind::kInt)) {
    const std::optional<std::string> formatted = FormatNumber(argument, hole.format);
    if (!formatted.has_value()) return call.Outside(UnknownReason::kUnsupported, TypeKind::kString);
    text = call.Return(*formatted);
  }
  if (hole.width == 0) return text;
  if (!text.IsString()) return call.Open();
  const auto width = static_cast<std::size_t>(std::abs(hole.width));
  const std::size_t length = CodePointCount(text.AsString());
  const std::string padding(width > length ? width - length : 0, ' ');
  const std::string filled(text.AsString());
  return call.Return(hole.width > 0 ? padding + filled : filled + padding);
}

// Text split at any of the delimiters.
std::vector<std::string_view> Parts(std::string_view text,
                                    std::span<const std::string_view> delimiters) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::ranges::find_if(delimiters, [&](std::string_view delimiter) {
      return !delimiter.empty() && text.substr(at).starts_with(delimiter);
    });
    if (found == delimiters.end()) {
      ++at;
      continue;
    }
    parts.push_back(text.substr(begin, at - begin));
    at += found->size();
    begin = at;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// Text with terms can be split where no term can hold the delimiter: an id at its slashes.
Value SplitSymbol(Invocation& call, std::span<const std::string_view> delimiters) {
  const Symbol& symbol = AsSymbol(call[0]);
  const bool at_slashes = delimiters.size() == 1 && delimiters[0] == "/";
  const bool segments = std::ranges::all_of(
      symbol.pieces, [](const Piece& piece) { return !piece.term || piece.segment; });
  if (!at_slashes || !segments) return call.Open();
  return call.Return(SegmentsOf(call.context, call[0], call.range()));
}

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A name that is the same for the same arguments, and no part of which is known.
Value Hashed(Invocation& call) {
  std::string text(call.name());
  text += '(';
  std::optional<Value> unknown;
  for (const Value& argument : call.arguments()) {
    if (text.back() != '(') text += ',';
    text += Canonical(argument);
    if (const auto symbol = FirstSymbol(argument)) {
      const Value cause = AsSymbol(*symbol).unknown;
      unknown = unknown.has_value() ? Value::Unknown(call.context.arena, *unknown, cause) : cause;
    }
  }
  text += ')';
  if (!unknown.has_value()) {
    unknown = call.context.Unknown(UnknownReason::kUnsupported, text, call.range());
  }
  const Term term{.text = text, .kind = TypeKind::kString, .nullable = false, .segment = true};
  return call.Return(MakeTerm(call.context, term, *unknown));
}

}  // namespace

Value StartsWith(Invocation& call) { return HasEnd(call, /*front=*/true); }
Value EndsWith(Invocation& call) { return HasEnd(call, /*front=*/false); }
Value ToLower(Invocation& call) { return MapPieces(call, AsciiLower); }
Value ToUpper(Invocation& call) { return MapPieces(call, UpperText); }
Value Guid(Invocation& call) { return Hashed(call); }
// Of several texts, how they go into the hash is not documented.
Value UniqueString(Invocation& call) {
  if (call.size() != 1 || !call[0].IsString()) return Hashed(call);
  return call.Return(UniqueStringOf(call.String(0)));
}

Value StringOf(Invocation& call) { return ToText(call.context, call[0], call.range()); }

Value Format(Invocation& call) {
  if (!call[0].IsString()) return call.Open();
  const std::string_view pattern = call.String(0);
  TextBuilder text(call.context);
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t brace = pattern.find_first_of("{}", at);
    text.Append(pattern.substr(at, brace - at));
    if (brace == std::string_view::npos) break;
    if (brace + 1 < pattern.size() && pattern[brace + 1] == pattern[brace]) {
      text.Append(pattern.substr(brace, 1));
      at = brace + 2;
      continue;
    }
    const std::size_t close = pattern.find('}', brace);
    if (pattern[brace] == '}' || close == std::string_view::npos) {
      return call.Fail("a brace is not closed; `{{` and `}}` stand for braces");
    }
    const auto hole = ReadHole(pattern.substr(brace + 1, close - brace - 1));
    if (!hole.has_value()) return call.Fail("between braces stands the number of an argument");
    const Value filled = FillHole(call, *hole);
    if (filled.IsError()) return filled;
    text.Append(filled);
    at = close + 1;
  }
  return text.Finish(call.range());
}

Value Join(Invocation& call) {
  if (!call[0].IsList()) return IsSymbol(call[0]) ? call.Open() : call.Fail("takes an array");
  if (!IsText(call[1])) return call.Open();
  TextBuilder text(call.context);
  bool first = true;
  for (const Value& item : call.List(0)) {
    if (!first) text.Append(call[1]);
    first = false;
    const Value part = ToText(call.context, item, call.range());
    if (part.IsError()) return part;
    text.Append(part);
  }
  return text.Finish(call.range());
}

Value PadLeft(Invocation& call) {
  constexpr std::int64_t kMost = 10'000;
  const Value text = ToText(call.context, call[0], call.range());
  const std::string_view padding = call.size() > 2 && call[2].IsString() ? call.String(2) : " ";
  if (CodePointCount(padding) != 1) return call.Fail("pads with one character");
  if (call.Int(1) > kMost) return call.Fail("pads to at most 10000 characters");
  const auto length = static_cast<std::int64_t>(CodePointCount(text.AsString()));
  std::string padded;
  for (std::int64_t i = length; i < call.Int(1); ++i) padded += padding;
  return call.Return(padded.append(text.AsString()));
}

Value Replace(Invocation& call) {
  if (!IsText(call[0]) || !call[1].IsString() || !call[2].IsString()) return call.Open();
  const std::string_view from = call.String(1);
  if (from.empty()) return call.Fail("what is replaced is not empty");
  const auto replaced = [&](std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t found = text.find(from, at);
      out += text.substr(at, found - at);
      if (found == std::string_view::npos || out.size() > call.context.limits.file_bytes) break;
      out += call.String(2);
      at = found + from.size();
    }
    return out;
  };
  if (!call[0].IsString()) return call.Open();
  const std::string text = replaced(call.String(0));
  if (text.size() > call.context.limits.file_bytes) {
    return call.context.SizeLimit("file_bytes", call.range());
  }
  return call.Return(text);
}

// The delimiter is a text, or a list of them.
Value Split(Invocation& call) {
  std::vector<std::string_view> delimiters;
  if (call[1].IsString()) delimiters.push_back(call.String(1));
  if (call[1].IsList()) {
    for (const Value& delimiter : call.List(1)) {
      if (!delimiter.IsString()) return call.Open();
      delimiters.push_back(delimiter.AsString());
    }
  }
  if (IsSymbol(call[1]) || !IsText(call[0])) return call.Open();
  if (!call[0].IsString()) return SplitSymbol(call, delimiters);
  std::vector<Value> parts;
  for (const std::string_view part : Parts(call.String(0), delimiters)) {
    parts.push_back(call.Return(Value::String(part)));
  }
  return call.Return(parts);
}

Value Substring(Invocation& call) {
  const std::string_view text = call.String(0);
  const auto size = static_cast<std::int64_t>(CodePointCount(text));
  const std::int64_t start = call.Int(1);
  if (start < 0 || start > size) return call.Fail("starts outside the text");
  const std::int64_t length = call.size() > 2 && !call[2].IsNull() ? call.Int(2) : size - start;
  if (length < 0 || length > size - start) return call.Fail("ends outside the text");
  std::size_t at = 0;
  for (std::int64_t i = 0; i < start; ++i) static_cast<void>(DecodeUtf8(text, at));
  std::size_t end = at;
  for (std::int64_t i = 0; i < length; ++i) static_cast<void>(DecodeUtf8(text, end));
  return call.Return(Value::String(text.substr(at, end - at)));
}

Value Trim(Invocation& call) {
  std::string_view text = call.String(0);
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return call.Return(Value::String(text));
}

}  // namespace restorable::arm
