#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "hcl/diagnostics.h"
#include "hcl/parser.h"

namespace restorable::hcl {
namespace {

using Kind = TemplatePart::Kind;

// White space in the sense of Unicode, as trimming sees it.
bool IsSpace(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// The bytes of white space at the start, and how many characters they are.
struct Indent {
  std::size_t bytes = 0;
  std::size_t characters = 0;
};

Indent LeadingSpace(std::string_view text,
                    std::size_t most = std::numeric_limits<std::size_t>::max()) {
  Indent indent;
  while (indent.bytes < text.size() && indent.characters < most) {
    std::size_t next = indent.bytes;
    if (!IsSpace(DecodeUtf8(text, next))) break;
    indent.bytes = next;
    ++indent.characters;
  }
  return indent;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!IsSpace(DecodeUtf8(text, at))) break;
    text = text.substr(0, last);
  }
  return text;
}

// Takes from every line the indent that all lines share (`<<-`). Lines without text do not count,
// and a line that begins with a template mark has no indent.
void RemoveSharedIndent(std::vector<TemplatePart>& parts) {
  std::size_t shared = std::numeric_limits<std::size_t>::max();
  std::vector<TemplatePart*> lines;
  bool at_line_begin = true;
  for (TemplatePart& part : parts) {
    const bool text = part.kind == Kind::kText;
    if (at_line_begin) {
      const Indent indent = text ? LeadingSpace(part.text) : Indent{};
      const bool blank = text && indent.bytes == part.text.size() && part.text.ends_with('\n');
      if (!blank) shared = std::min(shared, indent.characters);
      if (text && !blank) lines.push_back(&part);
    }
    at_line_begin = text && part.text.ends_with('\n');
  }
  for (TemplatePart* const line : lines) {
    line->text.remove_prefix(LeadingSpace(line->text, shared).bytes);
  }
}

// Joins neighbouring texts; those that lie side by side in the source need no copy.
void JoinTexts(std::vector<TemplatePart>& parts, Arena& arena) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < parts.size();) {
    TemplatePart joined = parts[i++];
    if (joined.kind == Kind::kText) {
      std::string copy;
      for (; i < parts.size() && parts[i].kind == Kind::kText; ++i) {
        const std::string_view next = parts[i].text;
        joined.range.end = parts[i].range.end;
        if (copy.empty() && joined.text.data() + joined.text.size() == next.data()) {
          joined.text = {joined.text.data(), joined.text.size() + next.size()};
          continue;
        }
        if (copy.empty()) copy = joined.text;
        copy += next;
      }
      if (!copy.empty()) joined.text = arena.Copy(copy);
    }
    parts[kept++] = joined;
  }
  parts.resize(kept);
}

std::string_view DirectiveName(Kind kind) {
  switch (kind) {
    case Kind::kIf:
      return "if";
    case Kind::kElse:
      return "else";
    case Kind::kEndIf:
      return "endif";
    case Kind::kFor:
      return "for";
    case Kind::kEndFor:
      return "endfor";
    case Kind::kText:
    case Kind::kExpression:
      break;
  }
  return "";
}

}  // namespace

NodeId Parser::ParseWholeTemplate() { return ParseTemplate(TokenKind::kEnd, /*flush=*/false, 0); }

NodeId Parser::ParseQuoted() {
  const Token open = Next();
  if (Peek().kind == TokenKind::kText && PeekAfter(1).kind == TokenKind::kQuoteClose) {
    const std::string_view text = Decode(Next(), /*quoted=*/true);
    Next();
    const Range range = Since(open.begin);
    return Make(range, Literal{Value::String(text).At(range)});
  }
  return ParseTemplate(TokenKind::kQuoteClose, /*flush=*/false, open.begin);
}

NodeId Parser::ParseHeredoc() {
  const Token open = Next();
  const bool flush = source_.text[open.begin + 2] == '-';
  return ParseTemplate(TokenKind::kHeredocClose, flush, open.begin);
}

NodeId Parser::ParseTemplate(TokenKind closer, bool flush, std::uint32_t begin) {
  const NewlineScope newlines(*this, false);
  std::vector<TemplatePart> parts;
  ReadParts(closer, parts);
  const Range range = Since(begin);
  if (recovering_) return MakeMissing();
  if (flush) RemoveSharedIndent(parts);
  JoinTexts(parts, tree_.arena());
  if (parts.size() == 1 && parts[0].kind == Kind::kExpression) {
    return Make(range, Wrap{parts[0].node}, {parts[0].node});
  }
  if (parts.size() == 1 && parts[0].kind == Kind::kText) {
    return Make(range, Literal{Value::String(parts[0].text).At(range)});
  }
  std::size_t at = 0;
  const NodeId node = BuildParts(parts, at, range);
  if (at == parts.size() || recovering_) return node;
  const Kind stray = parts[at].kind;
  Fail(kStrayDirective, parts[at].range,
       {std::string(DirectiveName(stray)), stray == Kind::kEndFor ? "`for`" : "`if`"});
  return node;
}

// Reads the parts and the closing mark.
void Parser::ReadParts(TokenKind closer, std::vector<TemplatePart>& parts) {
  bool trim_next = false;
  while (!recovering_) {
    const Token token = Peek();
    if (token.kind == closer) {
      Next();
      return;
    }
    const bool trims_previous = token.trim && !parts.empty() && parts.back().kind == Kind::kText;
    if (trims_previous) parts.back().text = TrimEnd(parts.back().text);
    if (token.kind == TokenKind::kText) {
      Next();
      std::string_view text = Decode(token, closer == TokenKind::kQuoteClose);
      if (trim_next) text.remove_prefix(LeadingSpace(text).bytes);
      trim_next = false;
      parts.push_back({.kind = Kind::kText, .range = At(token), .text = text});
    } else if (token.kind == TokenKind::kInterpolation) {
      parts.push_back(ReadInterpolation(trim_next));
    } else if (token.kind == TokenKind::kDirective) {
      TemplatePart part;
      if (ReadDirective(part, trim_next)) parts.push_back(part);
    } else {
      FailExpected("the end of the template");
    }
  }
}

TemplatePart Parser::ReadInterpolation(bool& trim_next) {
  const NewlineScope newlines(*this, true);
  const Token open = Next();
  const NodeId node = ParseExpression();
  EndMark(open, trim_next);
  return {.kind = Kind::kExpression, .range = Since(open.begin), .node = node};
}

void Parser::EndMark(const Token& open, bool& trim_next) {
  if (recovering_) return;
  const Token close = Peek();
  if (close.kind == TokenKind::kEnd) {
    return Fail(kUnclosedTemplate, At(open), {std::string(Text(open))});
  }
  if (!Expect(TokenKind::kTemplateEnd, "`}`")) return;
  trim_next = close.trim;
}

bool Parser::ReadDirective(TemplatePart& part, bool& trim_next) {
  constexpr std::pair<std::string_view, Kind> kDirectives[] = {
      {"if", Kind::kIf},   {"else", Kind::kElse},     {"endif", Kind::kEndIf},
      {"for", Kind::kFor}, {"endfor", Kind::kEndFor},
  };
  const NewlineScope newlines(*this, true);
  const Token open = Next();
  const Token word = Peek();
  const auto* const row = std::ranges::find_if(
      kDirectives, [&](const auto& directive) { return Text(word) == directive.first; });
  if (row == std::end(kDirectives) || word.kind != TokenKind::kIdentifier) {
    Fail(kDirectiveName, At(word), {Found(word)});
    return false;
  }
  Next();
  part.kind = row->second;
  if (part.kind == Kind::kFor && !ParseForNames(part.key_name, part.value_name)) return false;
  if (part.kind == Kind::kFor || part.kind == Kind::kIf) part.node = ParseExpression();
  EndMark(open, trim_next);
  part.range = Since(open.begin);
  return true;
}

// The parts from `at` on up to a directive that ends or divides what is around them.
NodeId Parser::BuildParts(std::span<const TemplatePart> parts, std::size_t& at, Range range) {
  const DepthScope depth(*this);
  if (!depth.ok()) return MakeMissing();
  std::vector<NodeId> nodes;
  bool begins_with_text = false;
  for (; at < parts.size() && !recovering_; ++at) {
    const TemplatePart& part = parts[at];
    if (part.kind == Kind::kText) {
      if (part.text.empty()) continue;
      begins_with_text = begins_with_text || nodes.empty();
      nodes.push_back(Make(part.range, Literal{Value::String(part.text).At(part.range)}));
    } else if (part.kind == Kind::kExpression) {
      nodes.push_back(part.node);
    } else if (part.kind == Kind::kIf) {
      nodes.push_back(BuildIf(parts, at));
    } else if (part.kind == Kind::kFor) {
      nodes.push_back(BuildFor(parts, at));
    } else {
      break;
    }
  }
  if (nodes.empty()) return Make(range, Literal{Value::String("").At(range)});
  if (nodes.size() == 1 && begins_with_text) return nodes[0];
  return MakeList(range, Template{tree_.Add(nodes)}, nodes);
}

// From the directive `if` to the part `endif`.
NodeId Parser::BuildIf(std::span<const TemplatePart> parts, std::size_t& at) {
  const TemplatePart& open = parts[at++];
  const NodeId if_true = BuildParts(parts, at, open.range);
  NodeId if_false = NodeId::kNone;
  if (at < parts.size() && parts[at].kind == Kind::kElse) {
    const Range range = parts[at++].range;
    if_false = BuildParts(parts, at, range);
  } else {
    if_false = Make(open.range, Literal{Value::String("").At(open.range)});
  }
  if (!EndDirective(parts, at, Kind::kEndIf, open)) return MakeMissing();
  return Make(open.range.To(parts[at].range), TemplateIf{open.node, if_true, if_false},
              {open.node, if_true, if_false});
}

NodeId Parser::BuildFor(std::span<const TemplatePart> parts, std::size_t& at) {
  const TemplatePart& open = parts[at++];
  const NodeId body = BuildParts(parts, at, open.range);
  if (!EndDirective(parts, at, Kind::kEndFor, open)) return MakeMissing();
  return Make(open.range.To(parts[at].range),
              TemplateFor{open.key_name, open.value_name, open.node, body}, {open.node, body});
}

bool Parser::EndDirective(std::span<const TemplatePart> parts, std::size_t& at, Kind kind,
                          const TemplatePart& open) {
  if (recovering_) return false;
  if (at < parts.size() && parts[at].kind == kind) return true;
  if (at < parts.size()) {
    Fail(kStrayDirective, parts[at].range,
         {std::string(DirectiveName(parts[at].kind)), kind == Kind::kEndIf ? "`for`" : "`if`"});
  } else {
    Fail(kUnclosedDirective, open.range,
         {std::string(DirectiveName(open.kind)), std::string(DirectiveName(kind))});
  }
  return false;
}

// The text that a token stands for: `$${` is `${`, and in quotes the escapes.
std::string_view Parser::Decode(const Token& token, bool quoted) {
  const std::string_view raw = Text(token);
  const std::string_view special = quoted ? "\\$%" : "$%";
  std::size_t at = raw.find_first_of(special);
  if (at == std::string_view::npos) return raw;
  std::string out(raw.substr(0, at));
  while (at < raw.size()) {
    const char c = raw[at];
    if (quoted && c == '\\') {
      DecodeEscape(token, raw, at, out);
      continue;
    }
    out += c;
    const bool doubled =
        (c == '$' || c == '%') && at + 2 < raw.size() && raw[at + 1] == c && raw[at + 2] == '{';
    at += doubled ? 2 : 1;
  }
  return out == raw ? raw : tree_.arena().Copy(out);
}

void Parser::DecodeEscape(const Token& token, std::string_view raw, std::size_t& at,
                          std::string& out) {
  constexpr std::pair<char, char> kEscapes[] = {
      {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'"', '"'}, {'\\', '\\'}};
  const char letter = at + 1 < raw.size() ? raw[at + 1] : '\0';
  for (const auto& [name, character] : kEscapes) {
    if (name != letter) continue;
    out += character;
    at += 2;
    return;
  }
  const std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  std::size_t end = at + 2;
  char32_t code_point = 0;
  while (end < raw.size() && end < at + 2 + digits) {
    const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(raw[end]);
    if (digit == std::string_view::npos) break;
    code_point = code_point * 16 + static_cast<char32_t>(digit < 16 ? digit : digit - 6);
    ++end;
  }
  if (digits != 0 && end == at + 2 + digits) {
    const bool valid = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
    AppendUtf8(out, valid ? code_point : 0xFFFD);
  } else {
    // The whole character behind the backslash, which may have several bytes.
    if (end == at + 2 && at + 1 < raw.size()) {
      end = at + 1;
      static_cast<void>(DecodeUtf8(raw, end));
    }
    end = std::min(end, raw.size());
    Report(kInvalidEscape,
           source_.At(token.begin + static_cast<std::uint32_t>(at),
                      token.begin + static_cast<std::uint32_t>(end)),
           {std::string(raw.substr(at, end - at))});
    out += raw.substr(at, end - at);
  }
  at = end;
}

}  // namespace restorable::hcl
