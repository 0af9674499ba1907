#include <algorithm>
#include <optional>

#include "base/text.h"
#include "bicep/parser.h"

namespace restorable::bicep {
namespace {

struct Escape {
  char letter;
  char meaning;
};

constexpr Escape kEscapes[] = {{'n', '\n'},  {'r', '\r'},  {'t', '\t'},
                               {'\\', '\\'}, {'\'', '\''}, {'$', '$'}};

// The code point that `\u{…}` stands for, which begins at `at` and ends behind `end`.
std::optional<char32_t> ReadCodePoint(std::string_view raw, std::size_t at, std::size_t& end) {
  constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
  const std::size_t open = at + 2;
  if (open >= raw.size() || raw[open] != '{') return std::nullopt;
  const std::size_t close = raw.find_first_not_of(kHexDigits, open + 1);
  if (close == raw.npos || raw[close] != '}' || close == open + 1) return std::nullopt;
  char32_t code_point = 0;
  for (const char c : raw.substr(open + 1, close - open - 1)) {
    const std::size_t digit = kHexDigits.find(c);
    code_point = code_point * 16 + static_cast<char32_t>(digit < 16 ? digit : digit - 6);
    if (code_point > 0x10FFFF) return std::nullopt;
  }
  end = close + 1;
  return code_point;
}

constexpr bool IsHighSurrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool IsLowSurrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

NodeId Parser::ParseString() {
  const Token first = Next();
  if (first.kind == TokenKind::kString) {
    return Make(At(first), Literal{Value::String(Decode(first)).At(At(first))});
  }
  std::vector<NodeId> parts;
  const auto add_text = [&](const Token& piece) {
    const std::string_view text = Decode(piece);
    if (text.empty()) return;
    const Range range = ContentOf(piece);
    parts.push_back(Make(range, Literal{Value::String(text).At(range)}));
  };
  add_text(first);
  while (!recovering_) {
    parts.push_back(ParseExpression());
    if (recovering_) break;
    if (PeekKind() != TokenKind::kStringMiddle && PeekKind() != TokenKind::kStringClose) {
      FailExpected("`}`");
      break;
    }
    const Token piece = Next();
    add_text(piece);
    if (piece.kind == TokenKind::kStringClose) break;
  }
  return MakeList(Since(first.begin), restorable::bicep::Text{tree_.AddList<NodeId>(parts)}, parts);
}

// The text of a string or of a piece of one, without the marks around it.
Range Parser::ContentOf(const Token& piece) const {
  const bool first = piece.kind == TokenKind::kString || piece.kind == TokenKind::kStringOpen;
  const bool last = piece.kind == TokenKind::kString || piece.kind == TokenKind::kStringClose;
  const std::uint32_t quotes = piece.multi_line ? 3 : 1;
  std::uint32_t before = piece.dollars + quotes;
  if (!first) before = piece.begin < piece.end && text_[piece.begin] == '}' ? 1 : 0;
  std::uint32_t after = piece.multi_line ? piece.dollars + 1u : 2u;
  if (last) after = piece.closed ? quotes : 0;
  const std::uint32_t begin = std::min(piece.begin + before, piece.end);
  return {file_, begin, std::max(begin, piece.end - after)};
}

std::string_view Parser::Decode(const Token& piece) {
  const Range content = ContentOf(piece);
  std::string_view raw = text_.substr(content.begin, content.size());
  if (!piece.multi_line) return DecodeEscapes(raw, content.begin);
  const bool first = piece.kind == TokenKind::kString || piece.kind == TokenKind::kStringOpen;
  if (first && raw.starts_with("\r\n")) return raw.substr(2);
  return first && raw.starts_with('\n') ? raw.substr(1) : raw;
}

std::string_view Parser::DecodeEscapes(std::string_view raw, std::uint32_t begin) {
  std::size_t at = raw.find('\\');
  if (at == raw.npos) return raw;
  std::string out(raw.substr(0, at));
  while (at < raw.size()) {
    if (raw[at] == '\\') {
      DecodeEscape(raw, begin, at, out);
      continue;
    }
    const std::size_t end = std::min(raw.find('\\', at), raw.size());
    out += raw.substr(at, end - at);
    at = end;
  }
  return tree_.arena().Copy(out);
}

// `begin` is where `raw` stands in the file.
void Parser::DecodeEscape(std::string_view raw, std::uint32_t begin, std::size_t& at,
                          std::string& out) {
  const char letter = at + 1 < raw.size() ? raw[at + 1] : '\0';
  const auto* const escape = std::ranges::find(kEscapes, letter, &Escape::letter);
  if (escape != std::end(kEscapes)) {
    out += escape->meaning;
    at += 2;
    return;
  }
  std::size_t end = at + 1;
  if (end < raw.size()) static_cast<void>(DecodeUtf8(raw, end));
  if (letter == 'u') {
    if (std::optional<char32_t> code_point = ReadCodePoint(raw, at, end)) {
      at = end;
      // A character may be written as the two halves that UTF-16 has for it.
      if (IsHighSurrogate(*code_point) && raw.substr(at).starts_with("\\u")) {
        const std::optional<char32_t> low = ReadCodePoint(raw, at, end);
        if (low.has_value() && IsLowSurrogate(*low)) {
          code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (*low - 0xDC00);
          at = end;
        }
      }
      const bool half = IsHighSurrogate(*code_point) || IsLowSurrogate(*code_point);
      AppendUtf8(out, half ? U'\uFFFD' : *code_point);
      return;
    }
  }
  const std::string_view written = raw.substr(at, end - at);
  const auto from = static_cast<std::uint32_t>(begin + at);
  Report(kInvalidEscape, {file_, from, from + static_cast<std::uint32_t>(written.size())},
         {std::string(written)});
  out += written;
  at = end;
}

}  // namespace restorable::bicep
