#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace restorable::cli {

// Which rules apply, and how: what the command line says about it.
struct RuleOptions {
  std::vector<std::string> directories;  // of rules besides the built-in ones
  std::string config;                    // empty: found upward from what is scanned
  bool no_config = false;
  std::string preset;
  std::string matrix;
  std::string as_of;
  std::vector<std::string> disable;
  std::vector<std::string> enable;
  std::vector<std::string> severity;  // ID=level
  std::vector<std::string> params;    // ID.name=value
};

void DeclareRuleOptions(CLI::App& app, RuleOptions& options);

}  // namespace restorable::cli
