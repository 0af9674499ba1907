#pragma once

namespace restorable::hcl {

// Whether a code point from U+0080 on may stand in an identifier. What Unicode allows only behind
// a first letter (marks, digits of other scripts) is allowed in front too: no other token could
// begin with it.
[[nodiscard]] bool IsIdentifierPart(char32_t code_point);

}  // namespace restorable::hcl
