#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "yaml/event.h"

namespace restorable::yaml {

// What libyaml says about the document at `document` of `text`, in the words of somebody who has to
// mend it and at the place where that is to be done: often
// a line above the one where it gave up.
[[nodiscard]] Diagnostic Explain(const SyntaxError& error, std::string_view text, Range document);

}  // namespace restorable::yaml
