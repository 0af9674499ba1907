#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/range.h"
#include "resource/resource.h"
#include "value/value.h"
#include "yaml/parse.h"

namespace restorable::kubernetes {

// A document, or an item of a list, that is not an object to check.
struct Skipped {
  Range range;
  std::string_view reason;  // "not a Kubernetes object"; lives for ever
};

struct ReadResult {
  std::vector<Resource> resources;
  std::vector<Skipped> skipped;
  std::vector<Diagnostic> diagnostics;  // each about an object that is not among the resources
};

// The Kubernetes objects of one document: `root` itself, or the items of a list. What `conditional`
// encloses (parts of a template that may be left out) is conditional. Resources live as long as
// `root` and `arena`.
[[nodiscard]] ReadResult Read(Value root, std::span<const Range> conditional, Arena& arena);
// The same for a document as it was read, a template with all that it may leave out.
[[nodiscard]] ReadResult Read(const yaml::Document& document, Arena& arena);

}  // namespace restorable::kubernetes
