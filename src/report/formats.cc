#include "report/formats.h"

#include <algorithm>
#include <iterator>

namespace restorable::report {

bool IsShown(const policy::Finding& finding, const View& view) {
  if (finding.suppressed && !view.suppressed) return false;
  return finding.verdict == policy::Verdict::kViolated || view.undetermined;
}

const Format* FindFormat(std::string_view name) {
  const Format* const format = std::ranges::find(kFormats, name, &Format::name);
  return format == std::end(kFormats) ? nullptr : format;
}

}  // namespace restorable::report
