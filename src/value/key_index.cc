#include "value/key_index.h"

#include <bit>

#include "value/hash.h"

namespace restorable {

void KeyIndex::Reset(std::size_t most) {
  constexpr std::size_t kCompareAll = 8;
  linear_ = most <= kCompareAll;
  if (!linear_) slots_.assign(std::bit_ceil(most * 2), 0);
}

std::size_t KeyIndex::Find(std::span<const MapEntry> entries, std::string_view key) {
  if (linear_) {
    std::size_t i = 0;
    while (i < entries.size() && entries[i].key.AsString() != key) ++i;
    return i;
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = HashKey(key) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::size_t number = slots_[slot] - 1;
    if (entries[number].key.AsString() == key) return number;
  }
  slots_[slot] = static_cast<std::uint32_t>(entries.size() + 1);
  return entries.size();
}

}  // namespace restorable
