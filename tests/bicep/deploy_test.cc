// Every folder testdata/bicep/CASE with a main.bicep, perhaps with a main.bicepparam;
// CASE/expected.resources is what it deploys, with the steps by which values came to their places.
// RESTORABLE_UPDATE_GOLDEN=1 writes it anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "deployment.h"

namespace restorable::bicep {
namespace {

namespace fs = std::filesystem;

fs::path Root() { return fs::path(RESTORABLE_SOURCE_DIR) / "testdata/bicep"; }

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry : fs::directory_iterator(Root())) {
    if (fs::exists(entry.path() / "main.bicep")) {
      cases.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(cases);
  return cases;
}

class DeployGolden : public testing::TestWithParam<std::string> {};

TEST_P(DeployGolden, Resources) {
  const fs::path root = Root() / GetParam();
  const Outcome run{arm::FileTree(root)};
  const std::string actual = run.Describe();
  const fs::path expected = root / "expected.resources";
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, arm::ReadText(expected));
}

INSTANTIATE_TEST_SUITE_P(Testdata, DeployGolden, testing::ValuesIn(Cases()),
                         [](const auto& folder) { return folder.param; });

}  // namespace
}  // namespace restorable::bicep
