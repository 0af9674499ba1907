#include "value/origin.h"

namespace restorable {

OriginId OriginTable::Add(Range range, OriginId parent, std::string_view note) {
  const std::lock_guard lock(mutex_);
  rows_.push_back({range, parent, std::string(note)});
  return static_cast<OriginId>(rows_.size());
}

std::vector<Note> OriginTable::Chain(OriginId id) const {
  const std::lock_guard lock(mutex_);
  std::vector<Note> chain;
  while (id != OriginId::kNone) {
    const Row& row = rows_[static_cast<std::size_t>(id) - 1];
    chain.push_back({row.range, row.note});
    id = row.parent;
  }
  return chain;
}

}  // namespace restorable
