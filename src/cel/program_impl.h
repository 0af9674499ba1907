#pragma once

#include <string>

#include "cel/plan.h"
#include "cel/program.h"
#include "cel/tree.h"
#include "cel/type.h"

namespace restorable::cel {

struct Program::Impl {
  std::string text;
  Tree tree;  // views the text; its arena holds the literals
  Plan plan;
  Type type;
};

}  // namespace restorable::cel
