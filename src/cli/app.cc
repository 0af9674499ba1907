#include "cli/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/version.h"
#include "cli/output.h"

namespace restorable::cli {
namespace {

// " (did you mean `--format`?)", or nothing.
std::string Suggestion(std::string_view name, std::span<const std::string_view> candidates) {
  const auto nearest = NearestName(name, candidates);
  return nearest ? fmt::format("; did you mean `{}`?", *nearest) : "";
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void ComplainAboutExtras(const Command& command, const CLI::App& app) {
  const std::string extra = app.remaining().front();
  if (!extra.starts_with('-')) {
    Complain(fmt::format("{}: unexpected argument `{}`", command.name, extra));
    return;
  }
  const std::string name = extra.substr(0, extra.find('='));
  const std::vector<std::string> names = OptionNames(app);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  Complain(
      fmt::format("{}: unknown option `{}`{}", command.name, name, Suggestion(name, candidates)));
}

}  // namespace

std::string Alternatives(std::span<const std::string_view> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

CLI::Validator OneOf(std::vector<std::string_view> words) {
  const auto check = [words = std::move(words)](const std::string& word) -> std::string {
    if (std::ranges::find(words, word) != words.end()) return {};
    return fmt::format("`{}` is not {}{}", word, Alternatives(words), Suggestion(word, words));
  };
  return CLI::Validator(check, "");
}

CLI::Option* AddRepeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                         const std::string& description) {
  return app.add_option(names, values, description)->allow_extra_args(false);
}

Action Declare(const Command& command, CLI::App& app) {
  app.name(fmt::format("restorable {}", command.name));
  app.description(std::string(command.summary));
  app.set_help_flag("-h,--help", "print this page");
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("REQUIRED", "");
  app.allow_extras();
  return command.declare(app);
}

ExitStatus RunCommand(const Command& command, std::span<const std::string> arguments) {
  CLI::App app;
  const Action action = Declare(command, app);
  try {
    // CLI11 takes them from the back.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return Print(HelpPage(command)) ? ExitStatus::kPass : ExitStatus::kFailure;
  } catch (const CLI::ParseError& error) {
    Complain(fmt::format("{}: {}", command.name, error.what()));
    return ExitStatus::kFailure;
  }
  if (app.remaining_size() > 0) {
    ComplainAboutExtras(command, app);
    return ExitStatus::kFailure;
  }
  return action();
}

std::string HelpPage(const Command& command) {
  CLI::App app;
  static_cast<void>(Declare(command, app));
  return app.help();
}

}  // namespace restorable::cli
