#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "value/key_index.h"
#include "value/origin.h"
#include "value/value.h"
#include "yaml/mask.h"

// What the entries of one map come to: duplicate keys, `<<`, null. Not for other layers.
namespace restorable::yaml {

class Settler {
 public:
  // `mask`: of a template, whose branches may say the same thing twice; or nullptr.
  Settler(Arena& arena, OriginTable& origins, const Mask* mask, bool drop_null,
          std::vector<Diagnostic>& diagnostics)
      : arena_(arena),
        origins_(origins),
        mask_(mask),
        drop_null_(drop_null),
        diagnostics_(diagnostics) {}

  // The entries in the arena, each key once. `written` is in the order of the text and is scratch
  // afterwards; an entry whose key is null is a `<<`, its
  // value a map or a list of maps.
  [[nodiscard]] std::span<const MapEntry> Settle(std::span<MapEntry> written, bool has_merge);

  // Adds a warning, unless the document has had enough of them.
  void Warn(Diagnostic diagnostic);

 private:
  [[nodiscard]] std::size_t SettleInPlace(std::span<MapEntry> entries);
  void SettleMerging(std::span<const MapEntry> written);
  void Merge(const MapEntry& merge, Value map);
  void Put(const MapEntry& entry, bool is_merged);
  void Replace(MapEntry& earlier, const MapEntry& later);
  [[nodiscard]] const Action* ActionBetween(Range earlier, Range later) const;

  Arena& arena_;
  OriginTable& origins_;
  const Mask* mask_;
  bool drop_null_;
  std::vector<Diagnostic>& diagnostics_;
  KeyIndex index_;
  // Of the map that is being settled, if it merges others.
  std::vector<MapEntry> merged_;
  std::vector<bool> is_merged_;
};

}  // namespace restorable::yaml
