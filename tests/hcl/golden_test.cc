// Every file testdata/hcl/CASE/*.tf beside the tree and the diagnostics that it gives, FILE.tree.
// RESTORABLE_UPDATE_GOLDEN=1 writes the expectations anew.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reading.h"

namespace restorable::hcl {
namespace {

namespace fs = std::filesystem;

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> Inputs() {
  std::vector<fs::path> inputs;
  const fs::path root = fs::path(RESTORABLE_SOURCE_DIR) / "testdata/hcl";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".tf") inputs.push_back(entry.path());
  }
  std::ranges::sort(inputs);
  return inputs;
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, Tree) {
  const fs::path& input = GetParam();
  const SourceFile file(FileId{0}, input.filename().string(), ReadText(input));
  const ParseResult result = Parse(file, {});
  std::string actual = Dump(file, result.tree);
  for (const Diagnostic& d : result.diagnostics) actual += "! " + Describe(file, d) + "\n";
  const fs::path expected = input.string() + ".tree";
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadText(expected));
}

INSTANTIATE_TEST_SUITE_P(Testdata, Golden, testing::ValuesIn(Inputs()), [](const auto& input) {
  return input.param.parent_path().filename().string() + "_" + input.param.stem().string();
});

}  // namespace
}  // namespace restorable::hcl
