#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "policy/configuration.h"
#include "policy/rule_set.h"
#include "report/formats.h"
#include "scan/scan.h"

// A folder of testdata with a file NAME.findings is a case: NAME is one of its files, or "all" for
// the folder as a whole; the golden is the text report of scanning it, everything shown, by the
// folder's .restorable.yaml if it has one. NAME.FORMAT.findings is the same in another format.
// RESTORABLE_UPDATE_GOLDEN=1 rewrites what is there; a new case begins as an empty golden.
namespace restorable {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".findings";

struct Golden {
  std::string folder;  // relative to the root of the source tree
  std::string file;    // of the golden
  std::string input;   // what is scanned
  const report::Format* format = nullptr;
};

void PrintTo(const Golden& golden, std::ostream* out) {
  *out << golden.folder << '/' << golden.file;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Golden MakeGolden(const fs::path& file) {
  Golden golden{.folder = file.parent_path().generic_string(),
                .file = file.filename().string(),
                .format = report::FindFormat("text")};
  fs::path stem = file.stem();
  const std::string ending = stem.extension().string();
  if (const auto* const format = report::FindFormat(ending.substr(ending.empty() ? 0 : 1))) {
    golden.format = format;
    stem = stem.stem();
  }
  golden.input = stem == "all" ? golden.folder : golden.folder + "/" + stem.string();
  return golden;
}

std::vector<Golden> AllGoldens() {
  fs::current_path(RESTORABLE_SOURCE_DIR);  // reports say paths from there
  std::vector<Golden> goldens;
  for (const auto& entry : fs::recursive_directory_iterator("testdata")) {
    if (entry.path().extension() == kEnding) goldens.push_back(MakeGolden(entry.path()));
  }
  std::ranges::sort(goldens, {}, [](const Golden& golden) { return golden.folder + golden.file; });
  return goldens;
}

std::string TestName(const testing::TestParamInfo<Golden>& info) {
  const Golden& golden = info.param;
  std::string name = golden.folder.substr(golden.folder.find('/') + 1) + "_" +
                     golden.file.substr(0, golden.file.size() - kEnding.size());
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

class ScanRun {
 public:
  explicit ScanRun(const Golden& golden) : golden_(golden) {
    const fs::path file = fs::path(golden.folder) / policy::kConfigurationFileName;
    if (fs::exists(file)) {
      source_ = std::make_unique<SourceFile>(policy::kConfigurationFile, file.generic_string(),
                                             ReadAll(file));
      auto result = policy::ReadConfiguration(*source_, arena_, Limits{});
      EXPECT_THAT(result.diagnostics, testing::IsEmpty());
      configuration_ = std::move(result.configuration);
    }
    auto loaded = policy::RuleSet::Load({.configuration = configuration_});
    for (const Diagnostic& diagnostic : loaded.diagnostics) ADD_FAILURE() << Message(diagnostic);
    rules_ = std::move(loaded.rules);
  }

  [[nodiscard]] std::string Report(std::size_t threads) const {
    const scan::Report report = scan::Scan({.paths = {golden_.input}, .threads = threads}, *rules_);
    return golden_.format->write(report, {.undetermined = true,
                                          .suppressed = true,
                                          .verbose = true,
                                          .roots = {"/repository", "/repository"}});
  }

 private:
  const Golden& golden_;
  Arena arena_;
  std::unique_ptr<SourceFile> source_;
  policy::Configuration configuration_;
  std::unique_ptr<const policy::RuleSet> rules_;
};

class GoldenTest : public testing::TestWithParam<Golden> {};

TEST_P(GoldenTest, IsWhatAScanReports) {
  const ScanRun run(GetParam());
  const std::string actual = run.Report(1);
  const fs::path golden = fs::path(GetParam().folder) / GetParam().file;
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadAll(golden)) << golden;
  EXPECT_EQ(actual, run.Report(4)) << "the number of threads shows";
}

INSTANTIATE_TEST_SUITE_P(Testdata, GoldenTest, testing::ValuesIn(AllGoldens()), TestName);

}  // namespace
}  // namespace restorable
