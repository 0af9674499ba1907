// Each folder of testdata/admission: review.json as the API server sends it, with settings.yaml and
// classes.yaml if there are any, and answer.json, byte for byte.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reviews.h"

namespace restorable::admission {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return std::move(text).str();
}

TEST(Golden, Reviews) {
  int cases = 0;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(RESTORABLE_SOURCE_DIR "/testdata/admission")) {
    SCOPED_TRACE(entry.path().filename().string());
    const auto optional = [&](const char* name) {
      return fs::exists(entry.path() / name) ? (entry.path() / name).string() : std::string();
    };
    const Policy::LoadResult loaded = Policy::Load(
        {.settings = optional("settings.yaml"), .classes = optional("classes.yaml")}, Limits{});
    ASSERT_TRUE(loaded.ok());
    const Response response = Ask(loaded.policy, Read(entry.path() / "review.json"));
    const std::string got = std::to_string(response.status) + "\n" + response.body + "\n";
    const fs::path expected = entry.path() / "answer.txt";
    if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) std::ofstream(expected) << got;
    EXPECT_EQ(got, Read(expected));
    ++cases;
  }
  EXPECT_GE(cases, 10);
}

}  // namespace
}  // namespace restorable::admission
