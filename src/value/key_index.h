#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "value/value.h"

namespace restorable {

// Finds entries by their string keys in a map that is still being put together, whose keys a
// stranger chose. Scratch memory: one for a whole parse, set up anew for each map.
class KeyIndex {
 public:
  // For a map of at most `most` entries.
  void Reset(std::size_t most);

  // The number of the entry among `entries` whose key is `key`; their count if there is none. Then
  // the caller appends it.
  [[nodiscard]] std::size_t Find(std::span<const MapEntry> entries, std::string_view key);

 private:
  bool linear_ = true;
  std::vector<std::uint32_t> slots_;  // entry number + 1, open addressing; 0: free
};

}  // namespace restorable
