#include "base/text.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>
#include <vector>

namespace restorable {
namespace {

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Moves on from `i` by eight bytes at a time while they are ASCII.
std::size_t SkipAsciiWords(std::string_view text, std::size_t i) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t word = 0;
  while (i + sizeof(word) <= text.size()) {
    std::memcpy(&word, text.data() + i, sizeof(word));
    if ((word & kHighBits) != 0) break;
    i += sizeof(word);
  }
  return i;
}

}  // namespace

std::size_t CodePointCount(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t ascii_end = SkipAsciiWords(text, i);
    count += ascii_end - i;
    const std::size_t end = std::min(text.size(), ascii_end + sizeof(std::uint64_t));
    count += static_cast<std::size_t>(
        std::count_if(text.begin() + static_cast<std::ptrdiff_t>(ascii_end),
                      text.begin() + static_cast<std::ptrdiff_t>(end),
                      [](char c) { return !IsContinuation(static_cast<unsigned char>(c)); }));
    i = end;
  }
  return count;
}

std::size_t Utf8Length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : static_cast<unsigned char>(0);
  };
  const unsigned char first = byte(i);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return IsContinuation(byte(i + 1)) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned char second = byte(i + 1);
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    if (overlong || surrogate) return 0;
    return IsContinuation(second) && IsContinuation(byte(i + 2)) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned char second = byte(i + 1);
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool too_large = first == 0xF4 && second >= 0x90;
    if (overlong || too_large) return 0;
    return IsContinuation(second) && IsContinuation(byte(i + 2)) && IsContinuation(byte(i + 3)) ? 4
                                                                                                : 0;
  }
  return 0;
}

bool IsAscii(std::string_view text) {
  std::size_t i = SkipAsciiWords(text, 0);
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i == text.size();
}

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    i = SkipAsciiWords(text, i);
    if (i >= text.size()) break;
    const std::size_t length = Utf8Length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

char32_t DecodeUtf8(std::string_view text, std::size_t& offset) {
  const auto byte = [&](std::size_t k) -> char32_t {
    return k < text.size() ? static_cast<unsigned char>(text[k]) & 0x3F : 0;
  };
  const auto first = static_cast<unsigned char>(text[offset]);
  const std::size_t at = offset;
  if (first < 0x80) {
    offset += 1;
    return first;
  }
  if (first < 0xE0) {
    offset += 2;
    return (static_cast<char32_t>(first & 0x1F) << 6) | byte(at + 1);
  }
  if (first < 0xF0) {
    offset += 3;
    return (static_cast<char32_t>(first & 0x0F) << 12) | (byte(at + 1) << 6) | byte(at + 2);
  }
  offset += 4;
  return (static_cast<char32_t>(first & 0x07) << 18) | (byte(at + 1) << 12) | (byte(at + 2) << 6) |
         byte(at + 3);
}

std::string_view TruncateUtf8(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && IsContinuation(static_cast<unsigned char>(text[most]))) --most;
  return text.substr(0, most);
}

void AppendUtf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), Lower);
  return out;
}

bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

bool EndsIgnoringAsciiCase(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         EqualsIgnoringAsciiCase(text.substr(text.size() - ending.size()), ending);
}

// Source: the optimal string alignment distance, with the last two rows of its table.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    // A swap reaches back two rows: only when both are past the limit it is certain.
    const auto least = [](const std::vector<std::size_t>& r) {
      return *std::min_element(r.begin(), r.end());
    };
    if (least(row) > limit && least(above) > limit) return limit + 1;
  }
  return std::min(row[b.size()], limit + 1);
}

std::optional<std::string_view> NearestName(std::string_view name,
                                            std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 64;  // names beyond it are no slip of the finger
  // A single letter is as near to every other one.
  if (name.size() < 2 || name.size() > kLongest) return std::nullopt;
  std::size_t best = std::max<std::size_t>(1, name.size() / 3);
  std::optional<std::string_view> nearest;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = EditDistance(name, candidate, best);
    if (distance < best || (distance == best && !nearest)) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace restorable
