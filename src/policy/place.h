#pragma once

#include <string>
#include <string_view>

#include "base/range.h"
#include "cel/program.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::policy {

// Whether the range is in a file of the scan, and not in one of rules.
[[nodiscard]] bool IsScanned(Range range);

// What a finding at `place` points to: a scalar, the key of a map or list, the whole of one that
// was written elsewhere, an item of a list; of something that is not there, the key of what should
// contain it. The resource's name when that is all there is.
[[nodiscard]] Range RangeOf(const cel::Program::Place& place, const Resource& resource);

// The way to `range` in the resource, the same whatever stands around it:
// "spec/volumes[name=data]/azureDisk". Empty for the resource itself or a place elsewhere.
[[nodiscard]] std::string PathTo(Range range, const Resource& resource);

// Names the finding of a rule about a resource at a place: does not change when lines move.
[[nodiscard]] std::string Fingerprint(std::string_view rule, std::string_view file,
                                      std::string_view address, std::string_view value_path);

}  // namespace restorable::policy
