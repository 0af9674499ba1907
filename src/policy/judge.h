#pragma once

#include <functional>

#include "policy/compiled.h"
#include "policy/evaluation.h"
#include "policy/finding.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::policy {

// What a check says of a resource, or of one item of it.
struct Outcome {
  enum class Kind : std::uint8_t { kPass, kUndetermined, kViolated, kError };
  Kind kind = Kind::kPass;
  Value why;  // the unknown that decides, or the error
};

enum class Sight : std::uint8_t {
  kAll,
  kResource,  // guards that look further count as unknown
};

// Judges the entered check; calls `report` for each outcome that is no pass, while the item that it
// is about is set. False ends it.
void Judge(const CompiledCheck& check, const Resource& resource, Sight sight,
           Evaluation& evaluation, const std::function<bool(const Outcome&)>& report);

}  // namespace restorable::policy
