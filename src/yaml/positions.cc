#include "yaml/positions.h"

#include <algorithm>
#include <cstring>

namespace restorable::yaml {
namespace {

bool IsAscii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & kHighBits) != 0)
      return false;
  }
  return std::all_of(
      text.begin() + static_cast<std::ptrdiff_t>(i), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool StartsCodePoint(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

} // namespace

Positions::Positions(std::string_view text)
    : text_(text), is_ascii_(IsAscii(text)) {
  if (is_ascii_)
    return;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!StartsCodePoint(text[i]))
      continue;
    if (count++ % kStep == 0)
      every_step_.push_back(static_cast<std::uint32_t>(i));
  }
}

std::uint32_t Positions::Search(std::size_t code_point) const {
  const std::size_t step = std::min(code_point / kStep, every_step_.size() - 1);
  std::size_t offset = every_step_[step];
  for (std::size_t left = code_point - step * kStep;
       left > 0 && offset < text_.size(); --left) {
    ++offset;
    while (offset < text_.size() && !StartsCodePoint(text_[offset]))
      ++offset;
  }
  return static_cast<std::uint32_t>(offset);
}

} // namespace restorable::yaml
