#include "base/text.h"

#include <array>
#include <optional>

namespace restorable {
namespace {

TEST(FindInvalidUtf8, AcceptsEveryLengthOfSequence) {
  EXPECT_EQ(FindInvalidUtf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
}

struct BadText {
  std::string_view text;
  std::size_t at;
};

class FindInvalidUtf8Test : public testing::TestWithParam<BadText> {};

TEST_P(FindInvalidUtf8Test, NamesTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8(GetParam().text), GetParam().at);
}

INSTANTIATE_TEST_SUITE_P(Texts, FindInvalidUtf8Test,
                         testing::Values(BadText{"ab\x80", 2},    // continuation without a start
                                         BadText{"\xC0\xAF", 0},  // overlong
                                         BadText{"\xE0\x80\x80", 0},          // overlong
                                         BadText{"\xED\xA0\x80", 0},          // surrogate
                                         BadText{"\xF4\x90\x80\x80", 0},      // past 10FFFF
                                         BadText{"\xF5\x80\x80\x80", 0},      // no such start
                                         BadText{"12345678901\xE2\x82", 11},  // cut off
                                         BadText{"12345678\xFF"
                                                 "12345678",
                                                 8}));

TEST(Utf8, ReadsBackWhatItWrites) {
  for (const char32_t code_point : {U'a', U'\u00e9', U'\u20ac', U'\U0001F600'}) {
    std::string text;
    AppendUtf8(text, code_point);
    std::size_t offset = 0;
    EXPECT_EQ(DecodeUtf8(text, offset), code_point);
    EXPECT_EQ(offset, text.size());
    EXPECT_EQ(CodePointCount(text), 1U);
  }
}

TEST(Text, CountsCodePointsBetweenAscii) {
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t behind = 0; behind < 20; ++behind) {
      const std::string text = std::string(before, 'a') + "\u00e9\u20ac" + std::string(behind, 'b');
      EXPECT_EQ(CodePointCount(text), before + 2 + behind);
    }
  }
}

TEST(EditDistance, CountsChanges) {
  EXPECT_EQ(EditDistance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(EditDistance("same", "same", 9), 0U);
  EXPECT_EQ(EditDistance("frist", "first", 9), 1U);
  EXPECT_EQ(EditDistance("abcd", "badc", 9), 2U);
}

TEST(EditDistance, GivesUpPastItsLimit) {
  EXPECT_EQ(EditDistance("abc", "xyz", 1), 2U);
  EXPECT_EQ(EditDistance("abc", "abcdefgh", 2), 3U);
}

TEST(NearestName, FindsASlipOfTheFinger) {
  constexpr std::array<std::string_view, 3> kNames = {"severity", "remediation", "params"};
  EXPECT_EQ(NearestName("severty", kNames), "severity");
  EXPECT_EQ(NearestName("param", kNames), "params");
  EXPECT_EQ(NearestName("zzz", kNames), std::nullopt);
  constexpr std::array<std::string_view, 1> kLetter = {"b"};
  EXPECT_EQ(NearestName("x", kLetter), std::nullopt);
}

TEST(EqualsIgnoringAsciiCase, LeavesOtherLettersAlone) {
  EXPECT_TRUE(EqualsIgnoringAsciiCase("PremiumV2_LRS", "premiumv2_lrs"));
  EXPECT_FALSE(EqualsIgnoringAsciiCase("\xC3\x89", "\xC3\xA9"));
}

TEST(TruncateUtf8, CutsNoCodePoint) {
  EXPECT_EQ(TruncateUtf8("abc", 3), "abc");
  EXPECT_EQ(TruncateUtf8("abc", 2), "ab");
  EXPECT_EQ(TruncateUtf8("a€c", 3), "a");
  EXPECT_EQ(TruncateUtf8("a€c", 4), "a€");
  EXPECT_EQ(TruncateUtf8("€", 0), "");
}

TEST(IsAscii, LooksAtEveryByte) {
  EXPECT_TRUE(IsAscii(""));
  EXPECT_TRUE(IsAscii("0123456789"));
  for (std::size_t i = 0; i < 20; ++i) {
    std::string text(20, 'a');
    text[i] = '\xC3';
    EXPECT_FALSE(IsAscii(text)) << i;
  }
}

}  // namespace
TEST(Text, Utf8LengthIsZeroForBytesThatStartNoSequence) {
  EXPECT_EQ(Utf8Length("a", 0), 1u);
  EXPECT_EQ(Utf8Length("x\xC3\xA9", 1), 2u);
  EXPECT_EQ(Utf8Length("\xF0\x9F\x98\x80", 0), 4u);
  EXPECT_EQ(Utf8Length("\xC3", 0), 0u);
  EXPECT_EQ(Utf8Length("\xED\xA0\x80", 0), 0u);
  EXPECT_EQ(Utf8Length("\xA9", 0), 0u);
}

}  // namespace restorable
