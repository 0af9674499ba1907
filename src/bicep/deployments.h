#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "arm/template.h"
#include "bicep/library.h"

namespace restorable::bicep {

// --parameters FILE, NAME=TEXT or NAME=@FILE.
struct Assignment {
  std::string path;  // of the file; empty: there is none
  std::string name;  // empty: the file has values for several parameters
  std::string text;
};

// A template that is deployed by itself, with values for its parameters or without.
struct Deployment {
  const arm::Template* root = nullptr;
  const arm::Template* arguments = nullptr;  // a file that was found; nullptr: none
  std::vector<std::size_t> given;            // those of the assignments that are for it, in order
};

// What the files of a tree deploy, of which `paths` are the Bicep files, the templates in JSON and
// the files of parameter values, sorted:
// - every template with each file of values that is for it: a `.bicepparam` says which one it is
//   for, a JSON file stands beside it under its name (main.parameters.dev.json);
// - without values every other template that no file among these uses as a module.
// What stands in JSON beside a Bicep file of its name was compiled from it, and is left out.
//
// A value that was given is for those that declare its parameter. A file that was given is for
// those that it would be found for, and if it names no template, for those that declare all of its
// parameters; it stands instead of the files that were found. In the order of the templates' paths,
// then of the files of values.
[[nodiscard]] std::vector<Deployment> FindDeployments(Library& library,
                                                      std::span<const std::string> paths,
                                                      std::span<const Assignment> given);

}  // namespace restorable::bicep
