#include "scan/paths.h"

#include <filesystem>

namespace restorable::scan {
namespace {

TEST(Paths, AreNormalWithoutDotsAndEmptyParts) {
  EXPECT_EQ(NormalPath("a/./b//c/../d/"), "a/b/d");
  EXPECT_EQ(NormalPath("./a"), "a");
  EXPECT_EQ(NormalPath("."), ".");
  EXPECT_EQ(NormalPath("/"), "/");
  EXPECT_EQ(NormalPath("../x"), "../x");
}

TEST(Paths, JoinWithoutADotInFront) {
  EXPECT_EQ(JoinPath(".", "a"), "a");
  EXPECT_EQ(JoinPath("a", "b"), "a/b");
  EXPECT_EQ(JoinPath("/", "a"), "/a");
}

TEST(Paths, HaveParentsUpToTheRoot) {
  EXPECT_EQ(ParentPath("a/b"), "a");
  EXPECT_EQ(ParentPath("a"), ".");
  EXPECT_EQ(ParentPath("."), "..");
  EXPECT_EQ(ParentPath(".."), "../..");
  EXPECT_EQ(ParentPath("/a"), "/");
  EXPECT_EQ(ParentPath("/"), "/");
  EXPECT_EQ(ParentPath("a/b.."), "a");
}

TEST(Paths, EndAtTheTop) {
  std::string path = ".";
  for (int levels = 0; !IsTopDirectory(path); ++levels) {
    ASSERT_LT(levels, 100);
    path = ParentPath(path);
  }
  EXPECT_TRUE(std::filesystem::equivalent(path, "/"));
  EXPECT_TRUE(IsTopDirectory("/"));
  EXPECT_FALSE(IsTopDirectory("/a"));
}

TEST(Paths, AreShownRelativeToTheWorkingDirectory) {
  const std::string here = std::filesystem::current_path().string();
  EXPECT_EQ(DisplayPath(here + "/x/y.yaml"), "x/y.yaml");
  EXPECT_EQ(DisplayPath("x/../y.yaml"), "y.yaml");
  EXPECT_EQ(DisplayPath("/elsewhere/y.yaml"), "/elsewhere/y.yaml");
  EXPECT_EQ(DisplayPath("../y.yaml"), "../y.yaml");
  EXPECT_TRUE(IsWorkingDirectory("."));
  EXPECT_TRUE(IsWorkingDirectory(here));
  EXPECT_FALSE(IsWorkingDirectory(".."));
}

}  // namespace
}  // namespace restorable::scan
