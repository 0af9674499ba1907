#include <cstdlib>

#include "program.h"
#include "scan/temporary_tree.h"

namespace restorable::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

struct BadCommandLine {
  std::vector<std::string> arguments;
  std::string complaint;
};

class BadCommandLines : public testing::TestWithParam<BadCommandLine> {};

TEST_P(BadCommandLines, AreAnsweredInOneLine) {
  const ProgramRun run = RunProgram(GetParam().arguments);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, IsEmpty());
  EXPECT_EQ(run.errors, "restorable: " + GetParam().complaint + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Cli, BadCommandLines,
    testing::Values(
        BadCommandLine{{},
                       "no command given; `restorable help` lists them, `restorable scan` checks "
                       "this directory"},
        BadCommandLine{{"scn"}, "unknown command `scn`; did you mean `scan`?"},
        BadCommandLine{{"frobnicate"},
                       "unknown command `frobnicate`; `restorable help` lists them"},
        BadCommandLine{{"/tmp"}, "unknown command `/tmp`; did you mean `restorable scan /tmp`?"},
        BadCommandLine{{"help", "rule"}, "unknown command `rule`; did you mean `rules`?"},
        BadCommandLine{{"scan", "--formt=json"},
                       "scan: unknown option `--formt`; did you mean `--format`?"},
        BadCommandLine{{"scan", "-z"}, "scan: unknown option `-z`"},
        BadCommandLine{{"scan", "--fail-on", "eror"},
                       "scan: --fail-on: `eror` is not error, warning, info or never; did you mean "
                       "`error`?"},
        BadCommandLine{
            {"scan", "-f", "yaml"},
            "scan: --format: `yaml` is not text, json, sarif, junit, checkstyle, github, "
            "gitlab, azuredevops or markdown"},
        BadCommandLine{{"scan", "-f", "json", "-f", "sarif"},
                       "scan: only one report can go to standard output; give the others a file"},
        BadCommandLine{{"scan", "-f", "json", "-o", "a", "-o", "b"},
                       "scan: --output b has no --format before it"},
        BadCommandLine{{"scan", "-f", "json:a", "-o", "b"},
                       "scan: --output b has no --format before it"},
        BadCommandLine{{"scan", "-q", "-v"}, "scan: --verbose excludes --quiet"},
        BadCommandLine{{"scan", "--config", "x", "--no-config"},
                       "scan: --config excludes --no-config"},
        BadCommandLine{{"scan", "--as-of", "yesterday"},
                       "--as-of: `yesterday` is no date; write it as 2026-08-21"},
        BadCommandLine{{"scan", "--severity", "AKB101"},
                       "--severity: `AKB101` is not ID=error, ID=warning or ID=info"},
        BadCommandLine{{"scan", "--severity", "AKB101=fatal"},
                       "--severity: `AKB101=fatal` is not ID=error, ID=warning or ID=info"},
        BadCommandLine{{"scan", "--param", "AKB101=3"}, "--param: `AKB101=3` is not ID.NAME=VALUE"},
        BadCommandLine{{"scan", "--enable", "AKB101", "--disable", "AKB101"},
                       "`AKB101` is both enabled and disabled"},
        BadCommandLine{{"explain"}, "explain: ID is required"},
        BadCommandLine{{"explain", "AKB101", "AKB102"}, "explain: unexpected argument `AKB102`"},
        BadCommandLine{{"completion", "csh"},
                       "completion: SHELL: `csh` is not bash, zsh or fish; did you mean `zsh`?"},
        BadCommandLine{{"version", "please"}, "version: unexpected argument `please`"}));

TEST(Options, HostileArgumentsCannotForgeALine) {
  const ProgramRun run = RunProgram({"scan", "--x\x1b[2J\nrestorable: all is well"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.errors,
            "restorable: scan: unknown option `--x<U+001B>[2J<U+000A>restorable: all is well`\n");
}

TEST(Help, ListsTheCommands) {
  const ProgramRun run = RunProgram({"help"});
  EXPECT_EQ(run.status, 0);
  for (const char* name : {"scan", "explain", "rules", "test", "eval", "completion", "version"}) {
    EXPECT_THAT(run.output, HasSubstr("\n  " + std::string(name)));
  }
  EXPECT_EQ(RunProgram({"--help"}).output, run.output);
  EXPECT_EQ(RunProgram({"-h"}).output, run.output);
}

TEST(Help, ExplainsEachCommand) {
  for (const char* name : {"scan", "explain", "rules", "test", "eval", "completion", "version"}) {
    const ProgramRun run = RunProgram({"help", name});
    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.output, HasSubstr(std::string("restorable ") + name));
    EXPECT_EQ(RunProgram({name, "--help"}).output, run.output);
  }
}

TEST(Help, DescribesEveryFormat) {
  const ProgramRun run = RunProgram({"scan", "--help"});
  EXPECT_THAT(run.output, HasSubstr("SARIF 2.1.0, for code scanning"));
  EXPECT_THAT(run.output, HasSubstr("GitLab Code Quality"));
}

TEST(Version, IsOneLine) {
  const ProgramRun run = RunProgram({"version"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.output, testing::MatchesRegex("restorable [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  EXPECT_EQ(RunProgram({"--version"}).output, run.output);
}

TEST(Completion, OffersOptionsAndTheirValues) {
  const std::string bash = RunProgram({"completion", "bash"}).output;
  EXPECT_THAT(bash, HasSubstr("--fail-on-undetermined"));
  EXPECT_THAT(bash, HasSubstr("'scan --color') words=\"auto always never\""));
  EXPECT_THAT(RunProgram({"completion", "zsh"}).output, StartsWith("#compdef restorable\n"));
  EXPECT_THAT(RunProgram({"completion", "fish"}).output,
              HasSubstr("-l fail-on -d 'the least severity that makes the exit status 1' -x -a "
                        "'error warning info never'"));
}

TEST(Completion, ForBashCompletes) {
  const scan::TemporaryTree tree;
  tree.Write("try.bash", RunProgram({"completion", "bash"}).output +
                             "COMP_WORDS=(restorable scan --show-un) COMP_CWORD=2\n"
                             "_restorable\n"
                             "[[ ${COMPREPLY[*]} == --show-undetermined ]]\n");
  EXPECT_EQ(std::system(("bash " + tree.path("try.bash")).c_str()), 0);
}

}  // namespace
}  // namespace restorable::cli
