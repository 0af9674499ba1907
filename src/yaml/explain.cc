#include "yaml/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "yaml/characters.h"
#include "yaml/diagnostics.h"

namespace restorable::yaml {
namespace {

class Explainer {
 public:
  Explainer(const SyntaxError& error, std::string_view text, Range document)
      : error_(error), text_(text.substr(0, document.end)), document_(document) {}

  Diagnostic Run() const;

 private:
  struct Row {
    std::string_view context;  // what libyaml was doing and
    std::string_view problem;  // what it met: both begin so
    Diagnostic (Explainer::*explain)() const;
  };
  static const Row kRows[];

  // One character, or nothing at the end of the document.
  Range CharacterAt(std::uint32_t offset) const {
    std::size_t end = std::min(offset, document_.end);
    offset = static_cast<std::uint32_t>(end);
    if (end < text_.size() && BreakLength(text_, end) == 0) (void)DecodeUtf8(text_, end);
    return {document_.file, offset, std::min(static_cast<std::uint32_t>(end), document_.end)};
  }
  Range Problem() const { return CharacterAt(error_.problem_offset); }
  Range Context() const { return CharacterAt(error_.context_offset); }

  std::string_view TextAt(Range range) const { return text_.substr(range.begin, range.size()); }

  // From `begin` to the end of what stands on its line.
  Range RestOfLine(std::uint32_t begin) const {
    std::size_t end = LineEnd(text_, begin);
    while (end > begin && IsBlank(text_[end - 1])) --end;
    return {document_.file, begin, static_cast<std::uint32_t>(end)};
  }

  // Whether nothing but blanks and comments is left of the document.
  bool AtEnd() const {
    std::size_t at = error_.problem_offset;
    while (at < text_.size()) {
      if (text_[at] == '#') {
        at = LineEnd(text_, at);
      } else if (IsBlank(text_[at])) {
        ++at;
      } else if (const std::uint32_t length = BreakLength(text_, at); length != 0) {
        at += length;
      } else {
        return false;
      }
    }
    return true;
  }

  Diagnostic Encoding() const {
    const Range at{document_.file, error_.problem_offset,
                   std::min(error_.problem_offset + 1, document_.end)};
    const bool is_character = error_.problem == "control characters are not allowed";
    if (is_character) {
      return {&kControlCharacter,
              CharacterAt(at.begin),
              {fmt::format("U+{:04X}", error_.bad_value)},
              {}};
    }
    return {&kInvalidUtf8, at, {std::to_string(at.begin)}, {}};
  }

  Diagnostic Syntax() const {
    Diagnostic diagnostic{&kSyntax, Problem(), {std::string(error_.problem)}, {}};
    if (!error_.context.empty()) {
      diagnostic.notes.push_back({Context(), std::string(error_.context)});
    }
    return diagnostic;
  }

  Diagnostic Character() const {
    const Range at = Problem();
    if (TextAt(at) == "\t") return {&kTab, at, {}, {}};
    return {&kReservedCharacter, at, {std::string(TextAt(at))}, {}};
  }

  Diagnostic Tab() const { return {&kTab, Problem(), {}, {}}; }

  Diagnostic Colon() const {
    const Range at = Problem();
    std::size_t line = at.begin;
    while (!StartsLine(text_, line)) --line;
    // A second `: ` on the line, or a key where none can be.
    const std::string_view before = text_.substr(line, at.begin - line);
    const bool is_second = before.find(": ") != std::string_view::npos;
    if (is_second) return {&kColonInValue, at, {}, {}};
    return {&kMisplacedKey, at, {}, {}};
  }

  Diagnostic MisplacedItem() const { return {&kMisplacedItem, Problem(), {}, {}}; }

  Diagnostic MissingColon() const {
    const Range at = RestOfLine(error_.context_offset);
    constexpr std::size_t kMost = 60;
    return {&kMissingColon, at, {std::string(TruncateUtf8(TextAt(at), kMost))}, {}};
  }

  Diagnostic MissingKey() const {
    if (TextAt(Problem()) == "\t") return Tab();
    return {&kMissingKey, Problem(), {}, {{Context(), "the map begins here"}}};
  }

  Diagnostic MissingDash() const {
    return {&kMissingDash, Problem(), {}, {{Context(), "the list begins here"}}};
  }

  Diagnostic MissingDelimiter() const {
    const Range open = Context();
    if (AtEnd()) return {&kUnclosedBracket, open, {std::string(TextAt(open))}, {}};
    const std::string expected = TextAt(open) == "{" ? "`,` or `}`" : "`,` or `]`";
    return {&kMissingDelimiter, Problem(), {expected}, {{open, "opened here"}}};
  }

  Diagnostic UnclosedQuote() const { return {&kUnclosedQuote, Context(), {}, {}}; }

  Diagnostic BadEscape() const {
    // The mark stands at the backslash.
    const std::uint32_t begin = Problem().begin;
    const Range at{document_.file, begin, CharacterAt(begin + 1).end};
    return {&kBadEscape, at, {std::string(TextAt(at))}, {}};
  }

  Diagnostic TextAfterEnd() const { return {&kTextAfterEnd, RestOfLine(Problem().begin), {}, {}}; }

  Diagnostic UnknownTagHandle() const {
    const Range at = Problem();
    const std::size_t end = text_.find_first_of(" \t\r\n", at.begin);
    return {&kUnknownTagHandle,
            {document_.file, at.begin, static_cast<std::uint32_t>(std::min(end, text_.size()))},
            {},
            {}};
  }

  const SyntaxError& error_;
  std::string_view text_;  // of the caller, up to the end of the document
  Range document_;
};

const Explainer::Row Explainer::kRows[] = {
    {"", "found character that cannot start any token", &Explainer::Character},
    {"", "found a tab character", &Explainer::Tab},
    {"", "mapping values are not allowed", &Explainer::Colon},
    {"", "block sequence entries are not allowed", &Explainer::MisplacedItem},
    {"while scanning a simple key", "could not find expected ':'", &Explainer::MissingColon},
    {"while parsing a block mapping", "did not find expected key", &Explainer::MissingKey},
    {"while parsing a block collection", "did not find expected '-'", &Explainer::MissingDash},
    {"while parsing a flow", "did not find expected ','", &Explainer::MissingDelimiter},
    {"while scanning a quoted scalar", "found unexpected", &Explainer::UnclosedQuote},
    {"while parsing a quoted scalar", "found unknown escape", &Explainer::BadEscape},
    {"while parsing a quoted scalar", "did not find expected hexdecimal", &Explainer::BadEscape},
    {"while parsing a quoted scalar", "found invalid Unicode", &Explainer::BadEscape},
    {"", "did not find expected <document start>", &Explainer::TextAfterEnd},
    {"while parsing a node", "found undefined tag handle", &Explainer::UnknownTagHandle},
};

Diagnostic Explainer::Run() const {
  if (error_.is_encoding) return Encoding();
  for (const auto& [context, problem, explain] : kRows) {
    if (error_.context.starts_with(context) && error_.problem.starts_with(problem)) {
      return (this->*explain)();
    }
  }
  return Syntax();
}

}  // namespace

Diagnostic Explain(const SyntaxError& error, std::string_view text, Range document) {
  return Explainer(error, text, document).Run();
}

}  // namespace restorable::yaml
