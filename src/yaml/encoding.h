#pragma once

#include <string>

#include "base/range.h"
#include "base/result.h"

namespace restorable::yaml {

// The bytes of a file as UTF-8: UTF-16 is recognised by its byte order mark and
// converted, a UTF-8 one stays where it is so that offsets stay true. Errors:
// yaml-invalid-utf8, yaml-invalid-utf16 at the first bad byte.
[[nodiscard]] Result<std::string> DecodeText(FileId file, std::string bytes);

} // namespace restorable::yaml
