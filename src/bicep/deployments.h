#pragma once

#include <span>
#include <string>
#include <vector>

#include "arm/template.h"
#include "bicep/library.h"

namespace restorable::bicep {

// A template that is deployed by itself, with a file of values for its parameters or without.
struct Deployment {
  const arm::Template* root = nullptr;
  const arm::Template* arguments = nullptr;  // nullptr: none
};

// What the files of a tree deploy, of which `paths` are the Bicep files, the templates in JSON and
// the files of parameter values, sorted:
// - every template with each file of values that is for it: a `.bicepparam` says which one it is
//   for, a JSON file stands beside it under its name (main.parameters.dev.json);
// - without values every other template that no file among these uses as a module.
// What stands in JSON beside a Bicep file of its name was compiled from it, and is left out. In the
// order of the templates' paths, then of the files of values.
[[nodiscard]] std::vector<Deployment> FindDeployments(Library& library,
                                                      std::span<const std::string> paths);

}  // namespace restorable::bicep
