#include "cel/open_list.h"

#include <algorithm>

namespace restorable::cel {

Value WhyOpen(Arena& arena, Value list) {
  Value why;
  if (!list.IsOpenList()) return why;
  for (const Value& item : list.AsList()) {
    if (item.IsUnknown()) why = why.IsUnknown() ? Value::Unknown(arena, why, item) : item;
  }
  return why;
}

Value OpenAs(Value from, Value made) {
  return from.IsOpenList() ? made.Shaped(std::max(from.shape(), made.shape())) : made;
}

}  // namespace restorable::cel
