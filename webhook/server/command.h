#pragma once

#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace restorable::webhook {

// As the linter's: 0 well, 1 findings, 2 what was asked could not be done.
inline constexpr int kOk = 0;
inline constexpr int kFindings = 1;
inline constexpr int kFailure = 2;

struct Command {
  std::string_view name;
  std::string_view summary;
  std::function<int()> (*declare)(CLI::App& app);  // adds the options that the action reads
};

std::function<int()> DeclareServe(CLI::App& app);
std::function<int()> DeclareAudit(CLI::App& app);
std::function<int()> DeclareConfig(CLI::App& app);
std::function<int()> DeclareCheck(CLI::App& app);

[[nodiscard]] std::span<const Command> Commands();

}  // namespace restorable::webhook
