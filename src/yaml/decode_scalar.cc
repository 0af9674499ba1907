#include "yaml/decode_scalar.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "yaml/characters.h"
#include "yaml/parse.h"

namespace restorable::yaml {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

class Decoder {
 public:
  Decoder(std::string_view text, Range range)
      : text_(text), at_(range.begin), end_(range.end), out_{{}, OffsetMap(range.file)} {}

  DecodedScalar Run() {
    const char first = at_ < end_ ? text_[at_] : '\0';
    if (first == '|' || first == '>') {
      DecodeBlock();
    } else if (first == '"' || first == '\'') {
      ++at_;
      end_ = std::max(at_, end_ - 1);
      DecodeFlow(first);
    } else {
      DecodeFlow('\0');
    }
    // The place behind the last character.
    out_.offsets.Add(Size(), at_);
    return std::move(out_);
  }

 private:
  std::uint32_t Size() const { return static_cast<std::uint32_t>(out_.text.size()); }
  bool AtEnd() const { return at_ >= end_; }
  char Peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  std::uint32_t Break() const { return AtEnd() ? 0 : BreakLength(text_, at_); }

  void Emit(std::string_view decoded, std::uint32_t source) {
    if (decoded.empty()) return;
    out_.offsets.Add(Size(), source);
    out_.text += decoded;
  }

  void Copy(std::uint32_t count) {
    Emit(text_.substr(at_, count), at_);
    at_ += count;
  }

  // A line break as YAML hands it on: all but U+2028 and U+2029 become LF.
  static std::string_view Normal(std::string_view line_break) {
    return line_break.size() == 3 ? line_break : "\n";
  }

  // ---- Plain and quoted

  void DecodeFlow(char quote) {
    while (!AtEnd()) {
      const char c = Peek();
      if (quote == '"' && c == '\\') {
        DecodeEscape();
      } else if (quote == '\'' && c == '\'') {
        ++at_;
        Copy(1);
      } else if (IsBlank(c) || Break() != 0) {
        DecodeBlanks();
      } else {
        Copy(1);
      }
    }
  }

  // Blanks within a line stay; those around line breaks go, and the breaks fold.
  void DecodeBlanks() {
    const std::uint32_t begin = at_;
    while (IsBlank(Peek())) ++at_;
    if (Break() == 0) return Emit(text_.substr(begin, at_ - begin), begin);
    const std::uint32_t first = at_;
    const std::string_view first_break = Normal(text_.substr(first, Break()));
    at_ += Break();
    const std::size_t before = out_.text.size();
    if (first_break != "\n") Emit(first_break, first);
    DecodeMoreBreaks();
    if (out_.text.size() == before) Emit(" ", first);
  }

  void DecodeMoreBreaks() {
    while (!AtEnd()) {
      if (IsBlank(Peek())) {
        ++at_;
      } else if (const std::uint32_t length = Break(); length != 0) {
        Emit(Normal(text_.substr(at_, length)), at_);
        at_ += length;
      } else {
        return;
      }
    }
  }

  void DecodeEscape() {
    constexpr std::string_view kNames = "0abt\tnvfre \"/\\N_LP";
    constexpr char32_t kCodePoints[] = {0,    7,   8,   9,   9,    10,   11,   12,     13,
                                        0x1B, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
    const std::uint32_t begin = at_++;
    if (Break() != 0) {
      at_ += Break();
      return DecodeMoreBreaks();
    }
    const char name = Peek();
    at_ += 1;
    std::string decoded;
    if (const std::size_t index = kNames.find(name); index != kNone) {
      AppendUtf8(decoded, kCodePoints[index]);
    } else {
      const std::uint32_t digits = name == 'x' ? 2 : name == 'u' ? 4 : 8;
      std::uint32_t code_point = 0;
      const std::string_view text = text_.substr(at_, std::min(digits, end_ - at_));
      std::from_chars(text.data(), text.data() + text.size(), code_point, 16);
      AppendUtf8(decoded, code_point);
      at_ += static_cast<std::uint32_t>(text.size());
    }
    Emit(decoded, begin);
  }

  // ---- Literal and folded

  struct Header {
    bool is_folded = false;
    char chomping = '\0';  // '-', '+' or neither
    std::uint32_t increment = 0;
  };

  Header ReadHeader() {
    Header header;
    header.is_folded = Peek() == '>';
    for (++at_; std::string_view("+-123456789").find(Peek()) != kNone; ++at_) {
      if (Peek() == '-' || Peek() == '+') {
        header.chomping = Peek();
      } else {
        header.increment = static_cast<std::uint32_t>(Peek() - '0');
      }
    }
    at_ = std::min(static_cast<std::uint32_t>(LineEnd(text_, at_)), end_);
    at_ += Break();
    return header;
  }

  // Breaks that are not put out yet.
  struct Pending {
    std::string_view text;
    std::uint32_t at = 0;
  };

  void EmitAll(std::vector<Pending>& breaks) {
    for (const Pending& line_break : breaks) Emit(line_break.text, line_break.at);
    breaks.clear();
  }

  void DecodeBlock() {
    const std::uint32_t header_at = at_;
    end_ = BlockEnd(end_);
    const Header header = ReadHeader();
    const std::uint32_t indent =
        header.increment > 0 ? ParentIndent(header_at) + header.increment : FirstIndent();
    std::vector<Pending> leading;   // at most one: the break of the line before
    std::vector<Pending> trailing;  // those of the empty lines since
    bool was_blank = false;         // the line before starts with a blank
    SkipIndent(indent, trailing);
    while (!AtEnd() && Column() == indent) {
      const bool is_blank = IsBlank(Peek());
      const bool folds = header.is_folded && !leading.empty() && leading.front().text == "\n" &&
                         !was_blank && !is_blank;
      if (!folds) {
        EmitAll(leading);
      } else if (trailing.empty()) {
        Emit(" ", leading.front().at);
      }
      leading.clear();
      EmitAll(trailing);
      was_blank = is_blank;
      while (!AtEnd() && Break() == 0) Copy(1);
      if (!AtEnd()) {
        leading.push_back({Normal(text_.substr(at_, Break())), at_});
        at_ += Break();
      }
      SkipIndent(indent, trailing);
    }
    if (header.chomping != '-') EmitAll(leading);
    if (header.chomping == '+') EmitAll(trailing);
  }

  // The range leaves out blank lines at the end, which are part of the text.
  std::uint32_t BlockEnd(std::uint32_t end) const {
    std::size_t at = end;
    while (at < text_.size()) {
      if (const std::uint32_t length = BreakLength(text_, at); length != 0) {
        at += length;
        end = static_cast<std::uint32_t>(at);
      } else if (IsBlank(text_[at])) {
        ++at;
      } else {
        return end;
      }
    }
    return static_cast<std::uint32_t>(at);
  }

  std::uint32_t Column() const {
    std::uint32_t begin = at_;
    while (!StartsLine(text_, begin)) --begin;
    return at_ - begin;
  }

  // Passes indentation and the lines that have nothing else.
  void SkipIndent(std::uint32_t indent, std::vector<Pending>& breaks) {
    while (!AtEnd()) {
      for (std::uint32_t column = 0; column < indent && Peek() == ' '; ++column) ++at_;
      const std::uint32_t length = Break();
      if (length == 0) return;
      breaks.push_back({Normal(text_.substr(at_, length)), at_});
      at_ += length;
    }
  }

  // Without a number in the header the first line with text shows the indentation.
  std::uint32_t FirstIndent() const {
    std::uint32_t deepest = 1;
    for (std::uint32_t at = at_; at < end_;) {
      std::uint32_t spaces = 0;
      while (at + spaces < end_ && text_[at + spaces] == ' ') ++spaces;
      deepest = std::max(deepest, spaces);
      const std::uint32_t length = BreakLength(text_, at + spaces);
      if (length == 0) break;
      at += spaces + length;
    }
    return deepest;
  }

  // Of the list or map that the scalar stands in, as far as its own line shows it.
  std::uint32_t ParentIndent(std::uint32_t header_at) const {
    std::uint32_t line = header_at;
    while (!StartsLine(text_, line)) --line;
    std::uint32_t at = line;
    std::uint32_t parent = 0;
    while (true) {
      while (at < header_at && text_[at] == ' ') ++at;
      const bool is_mark =
          at + 1 < header_at && IsBlank(text_[at + 1]) && (text_[at] == '-' || text_[at] == '?');
      if (at < header_at && !text_.substr(at).starts_with("---")) parent = at - line;
      if (!is_mark) return parent;
      ++at;
    }
  }

  std::string_view text_;  // of the caller
  std::uint32_t at_;
  std::uint32_t end_;
  DecodedScalar out_;
};

}  // namespace

DecodedScalar DecodeScalar(std::string_view text, Range range) {
  return Decoder(text, range).Run();
}

OffsetMap ScalarOffsets(const SourceFile& file, Range range) {
  return DecodeScalar(file.text(), range).offsets;
}

}  // namespace restorable::yaml
