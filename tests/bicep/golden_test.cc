// Every file testdata/bicep/syntax/* beside the tree and the diagnostics that it gives, FILE.tree.
// RESTORABLE_UPDATE_GOLDEN=1 writes the expectations anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "bicep/dump.h"
#include "bicep/parse.h"
#include "evaluation.h"

namespace restorable::bicep {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Inputs() {
  std::vector<fs::path> inputs;
  const fs::path root = fs::path(RESTORABLE_SOURCE_DIR) / "testdata/bicep/syntax";
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.path().extension() != ".tree") inputs.push_back(entry.path());
  }
  std::ranges::sort(inputs);
  return inputs;
}

std::string Describe(const SourceFile& file, const Diagnostic& diagnostic) {
  const Position at = file.PositionAt(diagnostic.range.begin);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + " `" +
         std::string(file.Text(diagnostic.range)) + "` " + std::string(diagnostic.kind->id) + " " +
         Message(diagnostic);
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, Tree) {
  const fs::path& input = GetParam();
  const SourceFile file(FileId{0}, input.filename().string(), arm::ReadText(input));
  const ParseResult result = Parse(file, DialectOf(file.path()), {});
  std::string actual = Dump(file, result.tree);
  for (const Diagnostic& d : result.diagnostics) actual += "! " + Describe(file, d) + "\n";
  const fs::path expected = input.string() + ".tree";
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, arm::ReadText(expected));
}

INSTANTIATE_TEST_SUITE_P(Testdata, Golden, testing::ValuesIn(Inputs()), [](const auto& input) {
  std::string name = input.param.filename().string();
  std::ranges::replace(name, '.', '_');
  return name;
});

}  // namespace
}  // namespace restorable::bicep
