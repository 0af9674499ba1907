#pragma once

#include <vector>

#include "base/arena.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::azure {

// Entries of `b` go over those of `a`; maps under one key are merged. What is unknown in the one
// may have any entries, which the other's go over or not.
[[nodiscard]] Value Merge(Value a, Value b, Arena& arena);

// Puts the resources that are parts of another one, by its id or by its parent and name, into that
// one, or into the item of its parent that is the same child. What is a part of a resource that is
// not among them becomes one of which only that part is known.
void MergeParts(std::vector<Resource>& resources, Arena& arena);

}  // namespace restorable::azure
