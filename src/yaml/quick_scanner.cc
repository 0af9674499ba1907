#include "yaml/quick_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstring>

#include "base/text.h"

namespace restorable::yaml {
namespace {

// What a byte may end or interrupt.
enum Stop : std::uint8_t {
  kInBlockPlain = 1,
  kInFlowPlain = 2,
  kInSingleQuoted = 4,
  kInDoubleQuoted = 8,
};

constexpr std::array<std::uint8_t, 256> kStops = [] {
  std::array<std::uint8_t, 256> stops{};
  const auto set = [&](std::string_view characters, std::uint8_t stop) {
    for (const char c : characters) stops[static_cast<unsigned char>(c)] |= stop;
  };
  set("\t\n:#", kInBlockPlain);
  set("\t\n:#,?[]{}", kInFlowPlain);
  set("\t\n'", kInSingleQuoted);
  set("\t\n\"\\", kInDoubleQuoted);
  return stops;
}();

// Eight bytes at once: the high bit of each lane tells about its byte.
using Word = std::uint64_t;
constexpr Word kOnes = 0x0101010101010101;
constexpr Word kHighs = kOnes << 7;

// Zero if all eight are printable ASCII or LF.
Word FindUnusual(Word word) {
  // No lane borrows from its neighbour where the high bits are set.
  const Word is_control = ~((word | kHighs) - kOnes * ' ');
  const Word is_break = ~(((word ^ (kOnes * '\n')) | kHighs) - kOnes);
  const Word is_delete = word + kOnes;  // a carry comes from a byte that is unusual itself
  return (word | (is_control & ~is_break) | is_delete) & kHighs;
}

bool IsPrintable(char c) { return c >= ' ' && c <= '~'; }

// The length of the character of more bytes than one at `at`, or 0 if it is not an ordinary one.
std::size_t WideLength(std::string_view text, std::size_t at) {
  constexpr std::string_view kOdd[] = {
      "\xE2\x80\xA8", "\xE2\x80\xA9",                  // U+2028, U+2029: line breaks
      "\xEF\xBB\xBF", "\xEF\xBF\xBE", "\xEF\xBF\xBF",  // a byte order mark and no characters
  };
  const std::string_view rest = text.substr(at, 3);
  if (std::find(std::begin(kOdd), std::end(kOdd), rest) != std::end(kOdd)) return 0;
  const bool is_control = rest.size() > 1 && rest[0] == '\xC2' && rest[1] < '\xA0';  // U+0080…9F
  return is_control ? 0 : Utf8Length(text, at);
}

}  // namespace

bool HasOrdinaryCharacters(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    Word word = 0;
    if (text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if (FindUnusual(word) == 0) {
        at += sizeof word;
        continue;
      }
    }
    const char c = text[at];
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    const bool is_ordinary = IsPrintable(c) || c == '\n' || c == '\t';
    const std::size_t length = is_ascii ? (is_ordinary ? 1 : 0) : WideLength(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool QuickScanner::AtMarker() const {
  const char c = Peek();
  return at_ == line_ && (c == '-' || c == '.') && Peek(1) == c && Peek(2) == c;
}

// To the next byte that may end or interrupt what is read, or the end of the text.
void QuickScanner::SkipUntil(std::uint8_t stops) {
  const char* const end = text_.data() + end_;
  const char* at = text_.data() + at_;
  while (at != end && (kStops[static_cast<unsigned char>(*at)] & stops) == 0) ++at;
  at_ = static_cast<std::uint32_t>(at - text_.data());
}

void QuickScanner::SkipToLineEnd() {
  const void* const found = std::memchr(text_.data() + at_, '\n', end_ - at_);
  at_ = found == nullptr
            ? end_
            : static_cast<std::uint32_t>(static_cast<const char*>(found) - text_.data());
}

void QuickScanner::SkipToToken() {
  while (true) {
    SkipSpaces();
    if (at_ == end_) return;
    if (text_[at_] == '#') {
      SkipToLineEnd();
    } else if (text_[at_] == '\n') {
      NextLine();
    } else {
      return;
    }
  }
}

bool QuickScanner::SkipRestOfLine() {
  SkipSpaces();
  if (Peek() == '#' && at_ > line_ && text_[at_ - 1] == ' ') SkipToLineEnd();
  return Peek() == '\n';
}

QuickScalar QuickScanner::Written(ScalarStyle style, std::uint32_t begin, std::uint32_t end) const {
  return {style, false, at_, begin, end - begin};
}

QuickScalar QuickScanner::Decoded(ScalarStyle style, std::size_t begin, std::uint32_t end) const {
  return {style, true, end, static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(decoded_.size() - begin)};
}

// Passes the rest of a line that is blank, the empty lines that follow it and the indentation of
// the next one. Gives the number of breaks.
std::optional<std::uint32_t> QuickScanner::PassBreaks() {
  std::uint32_t breaks = 0;
  SkipSpaces();
  while (at_ != end_ && text_[at_] == '\n') {
    NextLine();
    if (AtMarker()) return std::nullopt;
    ++breaks;
    SkipSpaces();
  }
  if (Peek() == '\t') return std::nullopt;
  return breaks;
}

// ---- Plain

// Gives where the text on this line ends, and stops at what ends it.
std::optional<std::uint32_t> QuickScanner::ReadPlainLine(bool is_flow) {
  const std::uint32_t begin = at_;
  const Stop where = is_flow ? kInFlowPlain : kInBlockPlain;
  for (SkipUntil(where); at_ != end_; Skip(), SkipUntil(where)) {
    const char c = text_[at_];
    if (c == ':') {
      if (HasSpace(1)) break;
      if (Peek(1) == '\t' || (is_flow && IsFlowIndicator(Peek(1)))) return std::nullopt;
    } else if (c == '#') {
      if (at_ > begin && text_[at_ - 1] == ' ') break;
    } else if (c == '\t' || c == '?') {
      return std::nullopt;
    } else {
      break;
    }
  }
  return TrimSpaces(begin, at_);
}

std::optional<QuickScalar> QuickScanner::ReadPlain(std::int32_t indent, bool is_flow) {
  const std::uint32_t begin = at_;
  const std::optional<std::uint32_t> first_end = ReadPlainLine(is_flow);
  if (!first_end) return std::nullopt;
  std::uint32_t end = *first_end;
  std::uint32_t chunk = begin;
  const std::size_t decoded_begin = decoded_.size();
  while (Peek() == '\n') {
    const std::optional<std::uint32_t> breaks = PassBreaks();
    if (!breaks) return std::nullopt;
    const bool is_over =
        AtEnd() || column() < indent || Peek() == '#' || (is_flow && IsFlowIndicator(Peek()));
    if (is_over) break;
    Keep(chunk, end);
    decoded_.append(*breaks == 1 ? 1 : *breaks - 1, *breaks == 1 ? ' ' : '\n');
    chunk = at_;
    const std::optional<std::uint32_t> line_end = ReadPlainLine(is_flow);
    // A `: ` behind several lines is an error; so may be a comment within them.
    if (!line_end || Peek() == ':') return std::nullopt;
    end = *line_end;
  }
  if (chunk == begin) {
    QuickScalar scalar = Written(ScalarStyle::kPlain, begin, end);
    scalar.end = end;
    return scalar;
  }
  Keep(chunk, end);
  return Decoded(ScalarStyle::kPlain, decoded_begin, end);
}

// ---- Quoted

// At the end of a line within quotes: keeps the text since `chunk` and what the break stands for.
bool QuickScanner::Fold(std::uint32_t chunk) {
  Keep(chunk, TrimSpaces(chunk, at_));
  const std::optional<std::uint32_t> breaks = PassBreaks();
  if (!breaks) return false;
  decoded_.append(*breaks == 1 ? 1 : *breaks - 1, *breaks == 1 ? ' ' : '\n');
  return true;
}

std::optional<QuickScalar> QuickScanner::ReadSingleQuoted() {
  const std::size_t decoded_begin = decoded_.size();
  const std::uint32_t begin = ++at_;
  std::uint32_t chunk = begin;
  while (true) {
    SkipUntil(kInSingleQuoted);
    if (at_ == end_) return std::nullopt;
    if (text_[at_] == '\n') {
      if (!Fold(chunk)) return std::nullopt;
      chunk = at_;
    } else if (text_[at_] != '\'') {
      return std::nullopt;
    } else if (Peek(1) == '\'') {
      Keep(chunk, at_ + 1);
      Skip(2);
      chunk = at_;
    } else {
      break;
    }
  }
  Skip();
  if (chunk == begin) return Written(ScalarStyle::kSingleQuoted, begin, at_ - 1);
  Keep(chunk, at_ - 1);
  return Decoded(ScalarStyle::kSingleQuoted, decoded_begin, at_);
}

std::optional<QuickScalar> QuickScanner::ReadDoubleQuoted() {
  const std::size_t decoded_begin = decoded_.size();
  const std::uint32_t begin = ++at_;
  std::uint32_t chunk = begin;
  while (true) {
    SkipUntil(kInDoubleQuoted);
    if (at_ == end_) return std::nullopt;
    if (text_[at_] == '\n') {
      if (!Fold(chunk)) return std::nullopt;
      chunk = at_;
    } else if (text_[at_] == '\\') {
      Keep(chunk, at_);
      Skip();
      if (!DecodeEscape()) return std::nullopt;
      chunk = at_;
    } else if (text_[at_] == '"') {
      break;
    } else {
      return std::nullopt;
    }
  }
  Skip();
  if (chunk == begin) return Written(ScalarStyle::kDoubleQuoted, begin, at_ - 1);
  Keep(chunk, at_ - 1);
  return Decoded(ScalarStyle::kDoubleQuoted, decoded_begin, at_);
}

// At the character behind the backslash.
bool QuickScanner::DecodeEscape() {
  constexpr std::string_view kNames = "0abtnvfre \"/\\";
  constexpr std::string_view kMeanings("\0\a\b\t\n\v\f\r\x1B \"/\\", 13);
  static_assert(kNames.size() == kMeanings.size());
  if (AtEnd()) return false;
  const char name = text_[at_];
  if (const std::size_t index = kNames.find(name); index != std::string_view::npos) {
    decoded_ += kMeanings[index];
    Skip();
    return true;
  }
  switch (name) {
    case '\n': {  // joins the lines
      const std::optional<std::uint32_t> breaks = PassBreaks();
      if (breaks) decoded_.append(*breaks - 1, '\n');
      return breaks.has_value();
    }
    case 'x':
      return DecodeHex(2);
    case 'u':
      return DecodeHex(4);
    case 'U':
      return DecodeHex(8);
    default:
      return false;
  }
}

bool QuickScanner::DecodeHex(std::uint32_t digits) {
  Skip();
  if (end_ - at_ < digits) return false;
  std::uint32_t code_point = 0;
  const char* const first = text_.data() + at_;
  const auto [stop, error] = std::from_chars(first, first + digits, code_point, 16);
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (error != std::errc() || stop != first + digits || is_surrogate || code_point > 0x10FFFF) {
    return false;
  }
  AppendUtf8(decoded_, code_point);
  Skip(digits);
  return true;
}

// ---- Literal and folded

std::optional<QuickScanner::Header> QuickScanner::ReadHeader() {
  Header header;
  header.is_folded = Peek() == '>';
  Skip();
  for (; !HasSpace(0); Skip()) {
    const char c = Peek();
    if ((c == '-' || c == '+') && header.chomping == '\0') {
      header.chomping = c;
    } else if (c >= '1' && c <= '9' && header.increment == 0) {
      header.increment = c - '0';
    } else {
      return std::nullopt;
    }
  }
  if (!SkipRestOfLine() || AtEnd()) return std::nullopt;
  NextLine();
  return header;
}

// Passes indentation and the lines that have nothing else. An `indent` of 0 is not known yet: the
// first line with text shows it.
std::optional<QuickScanner::Gap> QuickScanner::ReadGap(std::int32_t& indent, std::int32_t parent) {
  Gap gap{0, at_};
  std::int32_t deepest = 0;
  while (true) {
    while (at_ != end_ && text_[at_] == ' ' && (indent == 0 || column() < indent)) ++at_;
    deepest = std::max(deepest, column());
    if (at_ == end_) break;
    if (text_[at_] == '\t' && (indent == 0 || column() < indent)) return std::nullopt;
    if (text_[at_] != '\n') break;
    NextLine();
    ++gap.breaks;
    gap.end = at_;
  }
  if (indent == 0) indent = std::max({deepest, parent + 1, 1});
  return gap;
}

std::optional<QuickScalar> QuickScanner::ReadBlock(std::int32_t parent) {
  const std::optional<Header> header = ReadHeader();
  if (!header) return std::nullopt;
  const std::size_t decoded_begin = decoded_.size();
  std::int32_t indent = header->increment == 0 ? 0 : std::max(parent, 0) + header->increment;
  std::optional<Gap> gap = ReadGap(indent, parent);
  bool has_break = false;  // of the line before, which is not put out yet
  bool was_blank = false;  // that line starts with a blank
  while (gap && !AtEnd() && column() == indent) {
    const bool is_blank = Peek() == ' ' || Peek() == '\t';
    const bool folds = header->is_folded && !was_blank && !is_blank;
    if (has_break && !folds) decoded_ += '\n';
    if (has_break && folds && gap->breaks == 0) decoded_ += ' ';
    decoded_.append(gap->breaks, '\n');
    was_blank = is_blank;
    const std::uint32_t text = at_;
    SkipToLineEnd();
    Keep(text, at_);
    has_break = !AtEnd();
    if (has_break) NextLine();
    gap = ReadGap(indent, parent);
  }
  if (!gap) return std::nullopt;
  if (header->chomping != '-' && has_break) decoded_ += '\n';
  if (header->chomping == '+') decoded_.append(gap->breaks, '\n');
  return Decoded(header->is_folded ? ScalarStyle::kFolded : ScalarStyle::kLiteral, decoded_begin,
                 gap->end);
}

}  // namespace restorable::yaml
