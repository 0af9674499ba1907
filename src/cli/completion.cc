#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/output.h"

namespace restorable::cli {
namespace {

struct OptionRow {
  std::string name;  // without dashes
  std::string description;
  std::string values;  // "auto always never", where they are known
  bool takes_value = false;
};

struct CommandRow {
  const Command* command;
  std::vector<OptionRow> options;
};

std::vector<OptionRow> OptionsOf(const Command& command) {
  CLI::App app;
  static_cast<void>(Declare(command, app));
  std::vector<OptionRow> rows;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      std::string values = option->get_type_name();
      const bool listed = values.find('|') != std::string::npos;
      std::ranges::replace(values, '|', ' ');
      rows.push_back(
          {name, option->get_description(), listed ? values : "", option->get_type_size() > 0});
    }
  }
  return rows;
}

std::vector<CommandRow> AllCommands() {
  std::vector<CommandRow> rows;
  for (const Command& command : Commands()) rows.push_back({&command, OptionsOf(command)});
  return rows;
}

// `text` within single quotes; POSIX shells and fish differ in how to write one of those.
std::string Quoted(std::string_view text, std::string_view quote) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string BashScript(const std::vector<CommandRow>& rows) {
  std::string names;
  std::string options;
  std::string values;
  for (const auto& [command, command_options] : rows) {
    names += fmt::format("{}{}", names.empty() ? "" : " ", command->name);
    options += fmt::format("    {}) options=\"", command->name);
    for (const OptionRow& option : command_options) {
      options += fmt::format("--{} ", option.name);
      if (option.values.empty()) continue;
      values += fmt::format("    '{} --{}') words=\"{}\" ;;\n", command->name, option.name,
                            option.values);
    }
    options += "\" ;;\n";
  }
  return fmt::format(
      R"(# bash completion of restorable; source it, or put it into the directory of completions
_restorable() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command=${{COMP_WORDS[1]}} options= words=
  local previous=${{COMP_WORDS[COMP_CWORD-1]}}
  case $command in
{}  esac
  case "$command $previous" in
{}  esac
  if ((COMP_CWORD == 1)); then
    words="{}"
  elif [[ -z $words && $current == -* ]]; then
    words=$options
  fi
  if [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -F _restorable restorable
)",
      options, values, names);
}

// zsh reads a colon and brackets in a description as its own.
std::string ZshText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']') out += '\\';
    out += c;
  }
  return Quoted(out, "'\\''");
}

std::string ZshOption(const OptionRow& option) {
  std::string action;
  if (!option.values.empty()) {
    action = fmt::format(":value:({})", option.values);
  } else if (option.takes_value) {
    action = ":value:_files";
  }
  const std::string text = ZshText(option.description);
  const std::string description = text.substr(1, text.size() - 2);
  return fmt::format("'*--{}[{}]{}'", option.name, description, action);
}

std::string ZshScript(const std::vector<CommandRow>& rows) {
  std::string names;
  std::string cases;
  for (const auto& [command, options] : rows) {
    names += fmt::format("    {}\n", ZshText(fmt::format("{}", command->name)));
    cases += fmt::format("    {}) _arguments", command->name);
    for (const OptionRow& option : options) cases += " \\\n        " + ZshOption(option);
    cases += " \\\n        '*:file:_files' ;;\n";
  }
  return fmt::format(
      R"(#compdef restorable
_restorable() {{
  local -a commands=(
{})
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{}  esac
}}
if [[ $funcstack[1] == _restorable ]]; then
  _restorable "$@"
else
  compdef _restorable restorable
fi
)",
      names, cases);
}

std::string FishScript(const std::vector<CommandRow>& rows) {
  std::string out = "# fish completion of restorable\n";
  for (const auto& [command, options] : rows) {
    out += fmt::format("complete -c restorable -f -n __fish_use_subcommand -a {} -d {}\n",
                       command->name, Quoted(command->summary, "\\'"));
    for (const OptionRow& option : options) {
      out += fmt::format("complete -c restorable -n '__fish_seen_subcommand_from {}' -l {} -d {}",
                         command->name, option.name, Quoted(option.description, "\\'"));
      if (!option.values.empty()) {
        out += fmt::format(" -x -a '{}'", option.values);
      } else if (option.takes_value) {
        out += " -r";
      }
      out += '\n';
    }
  }
  return out;
}

}  // namespace

Action DeclareCompletion(CLI::App& app) {
  const auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "the shell")
      ->type_name("bash|zsh|fish")
      ->check(OneOf({"bash", "zsh", "fish"}))
      ->required();
  return [shell] {
    const std::vector<CommandRow> rows = AllCommands();
    const std::string script = *shell == "bash"  ? BashScript(rows)
                               : *shell == "zsh" ? ZshScript(rows)
                                                 : FishScript(rows);
    return Print(script) ? ExitStatus::kPass : ExitStatus::kFailure;
  };
}

}  // namespace restorable::cli
