#include "cel/semver.h"

#include <gtest/gtest.h>

#include <string>

namespace restorable::cel {
namespace {

using enum SemverForm;

std::string Read(std::string_view text, SemverForm form) {
  const auto version = ParseSemver(text, form);
  return version ? version->ToString() : "nothing";
}

TEST(Semver, ReadsStrictly) {
  for (const char* text :
       {"0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x-y.z",
        "1.0.0+20130313144700", "1.0.0-beta+exp.sha.5114f85", "1.0.0+001", "1.0.0-a+b-c",
        "9223372036854775807.0.0"}) {
    EXPECT_EQ(Read(text, kStrict), text);
  }
}

TEST(Semver, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "1",
                           "1.2",
                           "1.2.3.4",
                           "v1.2.3",
                           "01.2.3",
                           "1.02.3",
                           "1.2.03",
                           "1.2.",
                           "1.2.3.",
                           ".1.2",
                           "1..2",
                           "1.2.x",
                           "1.2.3-",
                           "1.2.3+",
                           "1.2.3-a..b",
                           "1.2.3-01",
                           "1.2.3-a_b",
                           "1.2.3+a+b",
                           "-1.2.3",
                           "1.2.3 ",
                           " 1.2.3",
                           "9223372036854775808.0.0",
                           "1.2.3-é"}) {
    EXPECT_EQ(Read(text, kStrict), "nothing") << text;
  }
}

TEST(Semver, ReadsLeniently) {
  EXPECT_EQ(Read("v1.2.3", kLenient), "1.2.3");
  EXPECT_EQ(Read("1", kLenient), "1.0.0");
  EXPECT_EQ(Read("v1.2", kLenient), "1.2.0");
  EXPECT_EQ(Read("01.002.3", kLenient), "1.2.3");
  EXPECT_EQ(Read("1.2-rc.1", kLenient), "1.2.0-rc.1");
  for (const char* text : {"", "v", "vv1", "V1", "1.2.3.4", "1.", "1.2.", "1.x", "-rc"}) {
    EXPECT_EQ(Read(text, kLenient), "nothing") << text;
  }
}

TEST(Semver, OrdersByPrecedence) {
  const char* const ascending[] = {"1.0.0-1",     "1.0.0-2",       "1.0.0-10",
                                   "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                   "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                                   "1.0.0-rc.1",  "1.0.0",         "1.0.1",
                                   "1.2.0",       "1.10.0",        "2.0.0"};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    EXPECT_LT(*ParseSemver(ascending[i - 1], kStrict), *ParseSemver(ascending[i], kStrict))
        << ascending[i];
  }
  EXPECT_EQ(*ParseSemver("1.0.0+a", kStrict), *ParseSemver("1.0.0+b", kStrict));
  EXPECT_LT(*ParseSemver("1.0.0-99999999999999999999", kStrict),
            *ParseSemver("1.0.0-100000000000000000000", kStrict));
}

}  // namespace
}  // namespace restorable::cel
