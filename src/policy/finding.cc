#include "policy/finding.h"

namespace restorable::policy {

std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kUndetermined:
      return "undetermined";
    case Verdict::kViolated:
      return "violated";
  }
  return "violated";
}

}  // namespace restorable::policy
