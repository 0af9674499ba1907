#include "admission/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/text.h"

namespace restorable::admission {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> Numbered(std::size_t count, const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count; ++i) lines.push_back(std::to_string(i) + text);
  return lines;
}

TEST(DenialMessage, HasALineForEachOfAFew) {
  EXPECT_EQ(DenialMessage({"AKB101: a", "AKB102: b"}), "AKB101: a\nAKB102: b");
}

TEST(DenialMessage, CountsWhatComesAfterTen) {
  const std::string message = DenialMessage(Numbered(13, " x"));
  EXPECT_EQ(std::ranges::count(message, '\n'), 10);
  EXPECT_THAT(message, EndsWith("9 x\nand 3 more"));
}

TEST(DenialMessage, StaysWithinFourKibibytes) {
  const std::string message = DenialMessage(Numbered(10, std::string(700, 'x')));
  EXPECT_LE(message.size(), kLongestDenial);
  EXPECT_THAT(message, EndsWith("\nand 5 more"));
  EXPECT_LE(DenialMessage({std::string(9000, 'y'), "z"}).size(), kLongestDenial);
}

TEST(Warnings, LoseDuplicates) {
  EXPECT_THAT(LimitWarnings({"a", "b", "a"}), ElementsAre("a", "b"));
}

TEST(Warnings, FifteenFitAndOfFortyTheLastCountsTheRest) {
  EXPECT_EQ(LimitWarnings(Numbered(15, "")).size(), 15U);
  const auto kept = LimitWarnings(Numbered(40, ""));
  ASSERT_EQ(kept.size(), kMostWarnings);
  EXPECT_EQ(kept.back(), "and 26 more");
}

TEST(Warnings, AreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "é";
  const auto kept = LimitWarnings({text});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(CodePointCount(kept[0]), kLongestWarning);
  EXPECT_THAT(kept[0], EndsWith("é…"));
  EXPECT_FALSE(FindInvalidUtf8(kept[0]));
}

TEST(Warnings, StayWithinTheirSum) {
  const auto kept = LimitWarnings(Numbered(15, std::string(500, 'x')));
  const std::size_t length = std::accumulate(
      kept.begin(), kept.end(), std::size_t{0},
      [](std::size_t sum, const std::string& text) { return sum + CodePointCount(text); });
  EXPECT_LE(length, kAllWarnings);
  EXPECT_EQ(kept.back(), "and 1 more");
}

TEST(Line, HasNoControlCharacters) {
  EXPECT_THAT(Line("AKB101", "a\nb\x1b[31m"), Not(testing::ContainsRegex("[\n\x1b]")));
}

TEST(Json, SaysNoStatusWhenItAllows) {
  EXPECT_EQ(ToJson({.uid = "u\"", .annotations = {{"decision", "allow"}}}),
            R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{)"
            R"("uid":"u\"","allowed":true,"auditAnnotations":{"decision":"allow"}}})");
}

TEST(Json, CutsAnnotations) {
  const std::string text = ToJson({.uid = "u", .annotations = {{"rules", std::string(5000, 'a')}}});
  EXPECT_LT(text.size(), 1300U);
  EXPECT_THAT(text, HasSubstr("a…\""));
}

}  // namespace
}  // namespace restorable::admission
