#include "yaml/settle.h"

#include <algorithm>
#include <utility>

#include "yaml/diagnostics.h"

namespace restorable::yaml {

std::span<const MapEntry> Settler::Settle(std::span<MapEntry> written, bool has_merge) {
  if (has_merge) {
    SettleMerging(written);
    written = merged_;
  } else {
    written = written.first(SettleInPlace(written));
  }
  if (drop_null_) {
    const auto is_null = [](const MapEntry& entry) { return entry.value.IsNull(); };
    const auto kept = std::remove_if(written.begin(), written.end(), is_null);
    written = written.first(static_cast<std::size_t>(kept - written.begin()));
  }
  return arena_.Copy(std::span<const MapEntry>(written));
}

std::size_t Settler::SettleInPlace(std::span<MapEntry> entries) {
  index_.Reset(entries.size());
  std::size_t kept = 0;
  for (const MapEntry& entry : entries) {
    const std::size_t place = index_.Find(entries.first(kept), entry.key.AsString());
    if (place == kept) {
      entries[kept++] = entry;
    } else {
      Replace(entries[place], entry);
    }
  }
  return kept;
}

// In the order of the text, as the lax reader of Kubernetes does: a `<<` overrides what stands
// before it. The YAML specification has it the other way
// round.
void Settler::SettleMerging(std::span<const MapEntry> written) {
  std::size_t most = 0;
  for (const MapEntry& entry : written) {
    if (!entry.key.IsNull() || entry.value.IsMap()) {
      most += entry.key.IsNull() ? entry.value.size() : 1;
      continue;
    }
    for (const Value& map : entry.value.AsList()) most += map.size();
  }
  index_.Reset(most);
  merged_.clear();
  is_merged_.clear();
  for (const MapEntry& entry : written) {
    if (!entry.key.IsNull()) {
      Put(entry, false);
    } else if (entry.value.IsMap()) {
      Merge(entry, entry.value);
    } else {
      // Earlier maps of the list win.
      const std::span<const Value> maps = entry.value.AsList();
      for (std::size_t i = maps.size(); i-- > 0;) Merge(entry, maps[i]);
    }
  }
}

void Settler::Merge(const MapEntry& merge, Value map) {
  for (MapEntry entry : map.AsMap()) {
    const OriginId via = entry.value.via();
    if (via == OriginId::kNone) {
      entry.value = entry.value.Via(map.via());
    } else {
      entry.value = entry.value.Via(origins_.Add(merge.key.range(), via, "merge"));
    }
    Put(entry, true);
  }
}

void Settler::Put(const MapEntry& entry, bool is_merged) {
  const std::size_t place = index_.Find(merged_, entry.key.AsString());
  if (place == merged_.size()) {
    merged_.push_back(entry);
    is_merged_.push_back(is_merged);
    return;
  }
  MapEntry& earlier = merged_[place];
  if (!is_merged && !is_merged_[place]) return Replace(earlier, entry);
  if (is_merged && !is_merged_[place]) {
    Warn({&kMergeOverrides,
          earlier.key.range(),
          {std::string(entry.key.AsString())},
          {{entry.key.range(), "the key that is merged"}}});
  }
  earlier = entry;
  is_merged_[place] = is_merged;
}

void Settler::Replace(MapEntry& earlier, const MapEntry& later) {
  const Range first = std::exchange(earlier, later).key.range();
  if (const Action* const action = ActionBetween(first, later.key.range())) {
    // Two branches of a template, as a rule: either may come out.
    earlier.value = mask_->FilledBy(*action, arena_).At(later.value.range());
    return;
  }
  Warn({&kDuplicateKey,
        later.key.range(),
        {std::string(later.key.AsString())},
        {{first, "first here"}}});
}

const Action* Settler::ActionBetween(Range earlier, Range later) const {
  if (mask_ == nullptr) return nullptr;
  const std::size_t number = mask_->FirstFrom(earlier.end);
  if (number >= mask_->actions().size()) return nullptr;
  const Action& action = mask_->actions()[number];
  return action.range.begin < later.begin ? &action : nullptr;
}

void Settler::Warn(Diagnostic diagnostic) {
  if (diagnostics_.size() < kMostWarnings) diagnostics_.push_back(std::move(diagnostic));
}

}  // namespace restorable::yaml
