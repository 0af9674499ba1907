#include "base/base64.h"

#include <gtest/gtest.h>

namespace restorable {
namespace {

constexpr auto kRequired = Base64Padding::kRequired;
constexpr auto kOptional = Base64Padding::kOptional;

// The vectors of RFC 4648, section 10.
constexpr std::pair<std::string_view, std::string_view> kVectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Base64Test, EncodesAndDecodes) {
  for (const auto& [octets, text] : kVectors) {
    EXPECT_EQ(EncodeBase64(octets), text);
    EXPECT_EQ(DecodeBase64(text, kRequired), octets);
  }
}

TEST(Base64Test, TakesOctetsThatAreNoText) {
  EXPECT_EQ(EncodeBase64("\xff\xfe\xfd"), "//79");
  EXPECT_EQ(DecodeBase64("+/79", kRequired), "\xfb\xfe\xfd");
}

TEST(Base64Test, PaddingMayBeLeftOutWhereItIsOptional) {
  EXPECT_EQ(DecodeBase64("Zg", kOptional), "f");
  EXPECT_EQ(DecodeBase64("Zg", kRequired), std::nullopt);
  EXPECT_EQ(DecodeBase64("Zg=", kOptional), std::nullopt);
}

TEST(Base64Test, PassesOverEndsOfLines) {
  EXPECT_EQ(DecodeBase64("Zm9v\r\nYmFy\n", kRequired), "foobar");
}

TEST(Base64Test, RefusesWhatIsNotBase64) {
  for (const std::string_view text : {"Z", "Zm9v!", "Zg==Zg==", "Zm 9v", "=", "Zm9-"}) {
    EXPECT_EQ(DecodeBase64(text, kOptional), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace restorable
