#include "base/encoding.h"

namespace restorable {
namespace {

using namespace std::string_literals;

TEST(DecodeTextTest, HandsUtf8OnAsItIs) {
  EXPECT_EQ(DecodeText("a: é").value(), "a: é");
  EXPECT_EQ(DecodeText("\xEF\xBB\xBF"
                       "a")
                .value(),
            "\xEF\xBB\xBF"
            "a");
  EXPECT_EQ(DecodeText("\xFF").value(), "\xFF");
  EXPECT_EQ(DecodeText("").value(), "");
}

TEST(DecodeTextTest, ConvertsUtf16OfEitherOrder) {
  EXPECT_EQ(DecodeText("\xFF\xFE"
                       "a\0\xE9\0"s)
                .value(),
            "aé");
  EXPECT_EQ(DecodeText("\xFE\xFF\0a\x20\xAC"s).value(), "a€");
}

TEST(DecodeTextTest, ConvertsSurrogatePairs) {
  EXPECT_EQ(DecodeText("\xFE\xFF\xD8\x3D\xDE\x00"s).value(), "😀");
}

struct BadCase {
  std::string bytes;
  std::string_view offset;
};

class BadUtf16Test : public testing::TestWithParam<BadCase> {};

TEST_P(BadUtf16Test, IsReportedAtTheByte) {
  const Result<std::string> text = DecodeText(GetParam().bytes);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().kind->id, "text-bad-utf16");
  EXPECT_EQ(text.error().args.front(), GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(Cases, BadUtf16Test,
                         testing::Values(BadCase{"\xFF\xFE\x61"s, "2"},
                                         BadCase{"\xFE\xFF\xD8\x3D"s, "2"},
                                         BadCase{"\xFE\xFF\xD8\x3D\0a"s, "2"},
                                         BadCase{"\xFE\xFF\0a\xDE\0"s, "4"}));

}  // namespace
}  // namespace restorable
