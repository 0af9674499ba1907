// ScalarOffsets of yaml/parse.h: the decoder run again, for the offsets alone.

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "yaml/parse.h"

namespace restorable::yaml {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsBreak(char c) { return c == '\n' || c == '\r'; }

class Decoder {
public:
  Decoder(const SourceFile &file, Range range)
      : text_(file.text()), range_(range), map_(file.id()) {}

  OffsetMap Run() {
    if (range_.size() == 0) {
      map_.Add(0, range_.begin);
      return map_;
    }
    at_ = range_.begin;
    switch (text_[at_]) {
    case '\'':
    case '"':
      Quoted(text_[at_]);
      break;
    case '|':
    case '>':
      Block();
      break;
    default:
      Flow('\0');
    }
    return map_;
  }

private:
  bool AtEnd() const { return at_ >= range_.end; }

  void Mark() { map_.Add(decoded_, at_); }
  void Take(std::uint32_t source, std::uint32_t decoded) {
    Mark();
    at_ += source;
    decoded_ += decoded;
  }

  void Quoted(char quote) {
    ++at_;
    Flow(quote);
    Mark();
  }

  // Plain and quoted text: line breaks fold into one space, or into the empty
  // lines among them.
  void Flow(char quote) {
    while (!AtEnd()) {
      const char c = text_[at_];
      if (c == quote && quote == '\'' && text_.substr(at_).starts_with("''")) {
        ++at_;
        Take(1, 1);
      } else if (c == quote && quote != '\0') {
        return;
      } else if (c == '\\' && quote == '"') {
        Escape();
      } else if (IsBreak(c) || (IsBlank(c) && BreakFollows())) {
        Fold();
      } else {
        Take(1, 1);
      }
    }
  }

  bool BreakFollows() const {
    std::uint32_t i = at_;
    while (i < range_.end && IsBlank(text_[i]))
      ++i;
    return i < range_.end && IsBreak(text_[i]);
  }

  void SkipBlanks() {
    while (!AtEnd() && IsBlank(text_[at_]))
      ++at_;
  }
  void SkipBreak() { at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1; }

  // From the end of a line to the first text of a later one; gives the number
  // of breaks.
  std::uint32_t SkipBreaks() {
    std::uint32_t breaks = 0;
    SkipBlanks();
    while (!AtEnd() && IsBreak(text_[at_])) {
      ++breaks;
      SkipBreak();
      SkipBlanks();
    }
    return breaks;
  }

  void Fold() {
    Mark();
    const std::uint32_t breaks = SkipBreaks();
    decoded_ += breaks > 1 ? breaks - 1 : 1;
  }

  void Escape() {
    if (at_ + 1 < range_.end && IsBreak(text_[at_ + 1])) {
      ++at_;
      const std::uint32_t breaks = SkipBreaks();
      decoded_ += breaks > 1 ? breaks - 1 : 0;
      return;
    }
    const char c = at_ + 1 < range_.end ? text_[at_ + 1] : '\0';
    const std::uint32_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    Take(2 + digits, EscapedLength(c, digits));
  }

  std::uint32_t EscapedLength(char c, std::uint32_t digits) const {
    char32_t code_point = 0;
    for (std::uint32_t i = 0; i < digits && at_ + 2 + i < range_.end; ++i) {
      const char digit = text_[at_ + 2 + i];
      code_point = code_point * 16 +
                   static_cast<char32_t>(
                       digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    if (c == 'N' || c == '_')
      code_point = 0xA0;
    if (c == 'L' || c == 'P')
      code_point = 0x2028;
    std::string encoded;
    AppendUtf8(encoded, code_point);
    return static_cast<std::uint32_t>(encoded.size());
  }

  // Literal and folded text: each line begins after the block's indentation.
  void Block() {
    const bool folded = text_[at_] == '>';
    const std::uint32_t header = at_;
    while (!AtEnd() && !IsBreak(text_[at_]))
      ++at_;
    const std::uint32_t indent =
        BlockIndent(text_.substr(header, at_ - header));
    bool previous_is_text = false; // a line that may fold into the next
    while (!AtEnd()) {
      SkipBreak();
      const std::uint32_t empty = SkipEmptyLines(indent);
      if (AtEnd())
        return;
      std::uint32_t skip = 0;
      while (skip < indent && text_[at_ + skip] == ' ')
        ++skip;
      at_ += skip;
      const bool is_text = !IsBlank(text_[at_]);
      if (previous_is_text && folded && is_text && empty == 0) {
        // the break became a space, which is counted with the line before
      } else if (previous_is_text && folded && is_text) {
        decoded_ += empty - 1;
      } else {
        decoded_ += empty;
      }
      Mark();
      while (!AtEnd() && !IsBreak(text_[at_]))
        Take(1, 1);
      ++decoded_;
      previous_is_text = is_text;
    }
  }

  // Passes lines that have nothing beyond the indentation, each with its break.
  std::uint32_t SkipEmptyLines(std::uint32_t indent) {
    std::uint32_t count = 0;
    while (!AtEnd()) {
      std::uint32_t i = at_;
      while (i < range_.end && text_[i] == ' ' && i - at_ < indent)
        ++i;
      if (i >= range_.end || !IsBreak(text_[i]))
        return count;
      at_ = i;
      SkipBreak();
      ++count;
    }
    return count;
  }

  // The header's own number counts from the parent's indentation, which the
  // first line with text shows as well: it is never indented less than the
  // block.
  std::uint32_t BlockIndent(std::string_view header) const {
    std::uint32_t least = 0;
    bool found = false;
    const bool given = header.find_first_of("123456789") < header.find('#');
    for (std::uint32_t i = at_; i < range_.end;) {
      if (IsBreak(text_[i]))
        ++i;
      std::uint32_t spaces = 0;
      while (i + spaces < range_.end && text_[i + spaces] == ' ')
        ++spaces;
      const bool empty = i + spaces >= range_.end || IsBreak(text_[i + spaces]);
      if (!empty) {
        least = found ? std::min(least, spaces) : spaces;
        found = true;
        if (!given)
          return least;
      }
      i += spaces;
      while (i < range_.end && !IsBreak(text_[i]))
        ++i;
    }
    return least;
  }

  std::string_view text_;
  Range range_;
  OffsetMap map_;
  std::uint32_t at_ = 0;
  std::uint32_t decoded_ = 0;
};

} // namespace

OffsetMap ScalarOffsets(const SourceFile &file, Range range) {
  return Decoder(file, range).Run();
}

} // namespace restorable::yaml
