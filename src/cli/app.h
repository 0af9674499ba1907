#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

// What only the .cc files that read options need: CLI11 comes with it.
#include <CLI/CLI.hpp>

namespace restorable::cli {

// The names as a sentence lists them: "a, b or c".
[[nodiscard]] std::string Alternatives(std::span<const std::string_view> names);

// Accepts these words and suggests the nearest for others.
[[nodiscard]] CLI::Validator OneOf(std::vector<std::string_view> words);

// An option that takes one value and may be given several times.
CLI::Option* AddRepeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                         const std::string& description);

// Makes the parser of a command. The action belongs to the same app.
[[nodiscard]] Action Declare(const Command& command, CLI::App& app);

// Reads the options and runs the action; complains about options that make no sense.
[[nodiscard]] ExitStatus RunCommand(const Command& command, std::span<const std::string> arguments);

// The page of one command, or of all.
[[nodiscard]] std::string HelpPage();
[[nodiscard]] std::string HelpPage(const Command& command);

}  // namespace restorable::cli
