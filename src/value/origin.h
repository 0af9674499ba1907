#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"

namespace restorable {

// A row of an OriginTable; kNone for a value that stands where it was written.
enum class OriginId : std::uint32_t { kNone = 0 };

// How values came to where they are used: through an alias, a variable, a parameter, a module input
// or a default. One table serves all values of a run; it only grows. Thread-safe.
class OriginTable {
 public:
  OriginTable() = default;
  OriginTable(const OriginTable&) = delete;
  OriginTable& operator=(const OriginTable&) = delete;

  // A step at `range`, taken after the steps of `parent`; `note` says what it is, in a few words
  // ("alias", "default of variable disk_sku").
  [[nodiscard]] OriginId Add(Range range, OriginId parent, std::string_view note);

  // The steps from the last taken back to the first.
  [[nodiscard]] std::vector<Note> Chain(OriginId id) const;

 private:
  struct Row {
    Range range;
    OriginId parent;
    std::string note;
  };

  mutable std::mutex mutex_;
  std::deque<Row> rows_;
};

}  // namespace restorable
