#pragma once

#include <span>
#include <string>
#include <vector>

#include "terraform/library.h"

namespace restorable::terraform {

// The directories, among those in which the files lie, whose modules are deployed by themselves: no
// other module among them calls them. Of modules that call one another in a circle, all. Sorted.
[[nodiscard]] std::vector<std::string> FindRoots(Library& library,
                                                 std::span<const std::string> paths);

}  // namespace restorable::terraform
