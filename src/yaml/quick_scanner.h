#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/event.h"

// Blanks, lines and scalars of the YAML that QuickReader takes. Not for other layers.
namespace restorable::yaml {

// Whether a text has only characters that stand for themselves in YAML: valid UTF-8, no control
// characters but tab and LF, no other line breaks, no byte order mark.
[[nodiscard]] bool HasOrdinaryCharacters(std::string_view text);

[[nodiscard]] constexpr bool IsFlowIndicator(char c) {
  return c == ',' || c == '?' || c == '[' || c == ']' || c == '{' || c == '}';
}

// A scalar that was read, by where its text is.
struct QuickScalar {
  ScalarStyle style = ScalarStyle::kPlain;
  bool is_decoded = false;  // the text is in QuickScanner::decoded(), and not in the source
  std::uint32_t end = 0;    // of the scalar in the source, quotes included
  std::uint32_t text_begin = 0;
  std::uint32_t text_size = 0;
};

// Moves through [begin, end) of a text with ordinary characters. Each Read… starts at the first
// byte of its scalar and gives nothing where it declines; it is of no use afterwards.
class QuickScanner {
 public:
  QuickScanner(std::string_view text, std::uint32_t begin, std::uint32_t end)
      : text_(text), at_(begin), line_(begin), end_(end) {}

  [[nodiscard]] bool AtEnd() const { return at_ == end_; }
  [[nodiscard]] std::uint32_t at() const { return at_; }
  // Where the line that `at` is on begins.
  [[nodiscard]] std::uint32_t line() const { return line_; }
  // In bytes; libyaml's where no other character than ASCII stands before it on the line.
  [[nodiscard]] std::int32_t column() const { return static_cast<std::int32_t>(at_ - line_); }
  // The byte `ahead`; a line break at the end of the text and behind it.
  [[nodiscard]] char Peek(std::uint32_t ahead = 0) const {
    return end_ - at_ > ahead ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] std::string_view Since(std::uint32_t begin) const {
    return text_.substr(begin, at_ - begin);
  }
  [[nodiscard]] const std::string& decoded() const { return decoded_; }

  // Whether what stands `ahead` is a blank or a line break.
  [[nodiscard]] bool HasSpace(std::uint32_t ahead) const {
    return Peek(ahead) == ' ' || Peek(ahead) == '\n';
  }
  // Whether a line begins here with what may be a document marker.
  [[nodiscard]] bool AtMarker() const;

  void Skip(std::uint32_t count = 1) { at_ += count; }
  void SkipSpaces() {
    while (at_ != end_ && text_[at_] == ' ') ++at_;
  }
  // To the next token, over blanks, lines and comments.
  void SkipToToken();
  // To the end of the line, over blanks and a comment. False: something else stands there.
  [[nodiscard]] bool SkipRestOfLine();

  // Lines that follow count as its own from column `indent` on. Stops at the next token if the text
  // reaches the end of its line.
  [[nodiscard]] std::optional<QuickScalar> ReadPlain(std::int32_t indent, bool is_flow);
  [[nodiscard]] std::optional<QuickScalar> ReadSingleQuoted();
  [[nodiscard]] std::optional<QuickScalar> ReadDoubleQuoted();
  // `parent`: the column of the innermost block list or map, or -1. Stops at the next token.
  [[nodiscard]] std::optional<QuickScalar> ReadBlock(std::int32_t parent);

 private:
  struct Header {
    bool is_folded = false;
    char chomping = '\0';  // '-', '+' or neither
    std::int32_t increment = 0;
  };
  // Lines without text, and where the last of them ends.
  struct Gap {
    std::uint32_t breaks = 0;
    std::uint32_t end = 0;
  };

  [[nodiscard]] std::optional<std::uint32_t> ReadPlainLine(bool is_flow);
  [[nodiscard]] std::optional<std::uint32_t> PassBreaks();
  [[nodiscard]] bool Fold(std::uint32_t chunk);
  [[nodiscard]] bool DecodeEscape();
  [[nodiscard]] bool DecodeHex(std::uint32_t digits);
  [[nodiscard]] std::optional<Header> ReadHeader();
  [[nodiscard]] std::optional<Gap> ReadGap(std::int32_t& indent, std::int32_t parent);
  [[nodiscard]] QuickScalar Written(ScalarStyle style, std::uint32_t begin,
                                    std::uint32_t end) const;
  [[nodiscard]] QuickScalar Decoded(ScalarStyle style, std::size_t begin, std::uint32_t end) const;
  void Keep(std::uint32_t begin, std::uint32_t end) {
    decoded_ += text_.substr(begin, end - begin);
  }
  [[nodiscard]] std::uint32_t TrimSpaces(std::uint32_t begin, std::uint32_t end) const {
    while (end > begin && text_[end - 1] == ' ') --end;
    return end;
  }
  void NextLine() { line_ = ++at_; }
  void SkipToLineEnd();
  void SkipUntil(std::uint8_t stops);

  std::string_view text_;  // of the caller
  std::uint32_t at_;
  std::uint32_t line_;
  std::uint32_t end_;
  std::string decoded_;  // the texts that are not in the source as they are
};

}  // namespace restorable::yaml
