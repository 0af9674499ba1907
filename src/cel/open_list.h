#pragma once

#include "base/arena.h"
#include "value/value.h"

// Lists of which it is not known how many items they have (Shape::kPartial and kOpen).
namespace restorable::cel {

// The union of the unknown items of such a list; null for other values, and without such items.
[[nodiscard]] Value WhyOpen(Arena& arena, Value list);

// As that of `from` is, of which `made` has the items or others made of them.
[[nodiscard]] Value OpenAs(Value from, Value made);

}  // namespace restorable::cel
