#include "evaluation.h"

#include "workbench.h"

namespace restorable::cel {

std::string Evaluated(std::string_view expression) {
  Workbench bench;
  for (const char* name : {"u", "v"}) bench.Set(name, bench.Unknown(name));
  return bench.Run(expression);
}

std::vector<std::string> NotTrue(const std::vector<std::string_view>& expressions) {
  std::vector<std::string> others;
  for (const std::string_view expression : expressions) {
    const std::string result = Evaluated(expression);
    if (result != "true") others.push_back(std::string(expression) + " gives " + result);
  }
  return others;
}

std::vector<std::string> NotErrors(const std::vector<std::string_view>& expressions) {
  std::vector<std::string> others;
  for (const std::string_view expression : expressions) {
    const std::string result = Evaluated(expression);
    if (!result.starts_with("error: ")) {
      others.push_back(std::string(expression) + " gives " + result);
    }
  }
  return others;
}

}  // namespace restorable::cel
