#include "scan/read.h"

#include <sys/stat.h>

#include "temporary_tree.h"

namespace restorable::scan {
namespace {

class ReadInputTest : public testing::Test {
 protected:
  Result<std::string> Read(std::string_view name) {
    InputFile file;
    file.path = std::string(name);
    file.system_path = tree_.path(name);
    return ReadInput(file, limits_);
  }

  TemporaryTree tree_;
  Limits limits_;
};

TEST_F(ReadInputTest, GivesTheBytesAsTheyAre) {
  const std::string bytes("a\0b\r\n\xFF", 6);
  tree_.Write("a.yaml", bytes);
  EXPECT_EQ(Read("a.yaml").value(), bytes);
}

TEST_F(ReadInputTest, ReadsAnEmptyFile) {
  tree_.Write("empty.yaml", "");
  EXPECT_EQ(Read("empty.yaml").value(), "");
}

TEST_F(ReadInputTest, AcceptsAFileAtTheLimitAndRefusesOneByteMore) {
  limits_.file_bytes = 10000;
  tree_.Write("fits.yaml", std::string(10000, 'x'));
  tree_.Write("large.yaml", std::string(10001, 'x'));
  EXPECT_EQ(Read("fits.yaml").value().size(), 10000U);
  const auto refused = Read("large.yaml");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(Message(refused.error()),
            "`large.yaml` is larger than the limit of 10000 bytes (--max-file-size)");
}

TEST_F(ReadInputTest, SaysWhyAFileCannotBeOpened) {
  const auto missing = Read("missing.yaml");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(Message(missing.error()), "cannot read `missing.yaml`: No such file or directory");
}

TEST_F(ReadInputTest, DoesNotWaitForTheWriterOfAFifo) {
  ASSERT_EQ(mkfifo(tree_.path("pipe.yaml").c_str(), 0600), 0);
  const auto refused = Read("pipe.yaml");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind->id, "scan-not-regular");
}

}  // namespace
}  // namespace restorable::scan
