#include "policy/reach.h"

#include "policy/resource_functions.h"

namespace restorable::policy {

void Reach::Add(const Reach& other) {
  deployment |= other.deployment;
  anything |= other.anything;
  kinds.insert(other.kinds.begin(), other.kinds.end());
}

void Reach::AddCalls(const cel::Program& program) {
  for (const cel::Program::Call& call : program.calls()) {
    if (!IsResourceFunction(call.function)) continue;
    deployment = true;
    if (!AsksForKind(call.function)) continue;
    if (call.literal) {
      kinds.emplace(*call.literal);
    } else {
      anything = true;
    }
  }
}

}  // namespace restorable::policy
