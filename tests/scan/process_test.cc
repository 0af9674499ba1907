#include "scan/process.h"

namespace restorable::scan {
namespace {

using Outcome = ProcessResult::Outcome;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{20000};

TEST(RunProcess, GivesOutputErrorsAndStatus) {
  const ProcessResult result =
      RunProcess({"sh", "-c", "echo out; echo err >&2; exit 3"}, kPatience, 1000);
  EXPECT_EQ(result.outcome, Outcome::kExited);
  EXPECT_EQ(result.exit_status, 3);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.errors, "err\n");
}

TEST(RunProcess, PassesArgumentsWithoutAShell) {
  EXPECT_EQ(RunProcess({"printf", "%s", "$HOME; `id`"}, kPatience, 1000).output, "$HOME; `id`");
}

TEST(RunProcess, TellsAMissingProgramFromAFailingOne) {
  EXPECT_EQ(RunProcess({"no-such-program-here"}, kPatience, 1000).outcome, Outcome::kMissing);
}

TEST(RunProcess, EndsWhatTakesTooLongWithAllItStarted) {
  const auto begin = std::chrono::steady_clock::now();
  const ProcessResult result = RunProcess({"sh", "-c", "sleep 60 & sleep 60"}, milliseconds(50), 9);
  EXPECT_EQ(result.outcome, Outcome::kTimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kPatience);
}

TEST(RunProcess, EndsWhatWritesTooMuch) {
  const ProcessResult result = RunProcess({"yes"}, kPatience, 100000);
  EXPECT_EQ(result.outcome, Outcome::kTooMuchOutput);
}

TEST(RunProcess, HasNothingOnStandardInput) {
  EXPECT_EQ(RunProcess({"cat"}, kPatience, 1000).output, "");
}

}  // namespace
}  // namespace restorable::scan
