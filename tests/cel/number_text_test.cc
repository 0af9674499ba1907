#include "cel/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace restorable::cel {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(NumberText, ReadsInts) {
  EXPECT_EQ(ParseInt("0"), 0);
  EXPECT_EQ(ParseInt("+7"), 7);
  EXPECT_EQ(ParseInt("-007"), -7);
  EXPECT_EQ(ParseInt("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ParseInt("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
}

TEST(NumberText, RefusesWhatIsNoInt) {
  for (const char* text : {"", "+", "-", "+-1", "--1", " 1", "1 ", "0x1", "1_0", "1.0", "1e3",
                           "9223372036854775808", "-9223372036854775809"}) {
    EXPECT_EQ(ParseInt(text), std::nullopt) << text;
  }
}

TEST(NumberText, ReadsUints) {
  EXPECT_EQ(ParseUint("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  for (const char* text : {"", "+1", "-1", "-0", "1u", "18446744073709551616"}) {
    EXPECT_EQ(ParseUint(text), std::nullopt) << text;
  }
}

TEST(NumberText, ReadsDoubles) {
  EXPECT_EQ(ParseDouble("1.5"), 1.5);
  EXPECT_EQ(ParseDouble("+1.5e+2"), 150.0);
  EXPECT_EQ(ParseDouble("-.5E-1"), -0.05);
  EXPECT_EQ(ParseDouble("5."), 5.0);
  EXPECT_EQ(ParseDouble("Infinity"), kInfinity);
  EXPECT_EQ(ParseDouble("-inf"), -kInfinity);
  EXPECT_TRUE(std::isnan(*ParseDouble("NaN")));
  EXPECT_TRUE(std::signbit(*ParseDouble("-0.0")));
  EXPECT_EQ(ParseDouble("4.9e-324"), std::numeric_limits<double>::denorm_min());
}

TEST(NumberText, DoublesTooSmallAreZeroAndTooLargeAreRefused) {
  EXPECT_EQ(ParseDouble("1e-400"), 0.0);
  EXPECT_EQ(ParseDouble("0.0000001e-399"), 0.0);
  EXPECT_EQ(ParseDouble("0.0" + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(ParseDouble("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(ParseDouble("1e400"), std::nullopt);
  EXPECT_EQ(ParseDouble("1" + std::string(400, '0')), std::nullopt);
  EXPECT_EQ(ParseDouble("1" + std::string(400, '0') + "e-10"), std::nullopt);
  EXPECT_EQ(ParseDouble("1e99999999999999999999"), std::nullopt);
  EXPECT_EQ(ParseDouble("0e99999999999999999999"), 0.0);
}

TEST(NumberText, RefusesWhatIsNoDouble) {
  for (const char* text : {"", ".", "+", "1.5x", "0x1p3", "nan(1)", "--1", "+-1", "1e", "1 ", "1,5",
                           "1e5.0", "infinit"}) {
    EXPECT_EQ(ParseDouble(text), std::nullopt) << text;
  }
}

TEST(NumberText, PrintsDoublesShortestAndReadable) {
  EXPECT_EQ(FormatDouble(0.0), "0");
  EXPECT_EQ(FormatDouble(-0.0), "-0");
  EXPECT_EQ(FormatDouble(0.1), "0.1");
  EXPECT_EQ(FormatDouble(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(FormatDouble(0.0001), "0.0001");
  EXPECT_EQ(FormatDouble(0.00001), "1e-05");
  EXPECT_EQ(FormatDouble(999999.5), "999999.5");
  EXPECT_EQ(FormatDouble(1000000), "1e+06");
  EXPECT_EQ(FormatDouble(1234567), "1.234567e+06");
  EXPECT_EQ(FormatDouble(-1e300), "-1e+300");
  EXPECT_EQ(FormatDouble(kInfinity), "+Inf");
  EXPECT_EQ(FormatDouble(-kInfinity), "-Inf");
  EXPECT_EQ(FormatDouble(std::nan("")), "NaN");
}

TEST(NumberText, CutsDoublesToIntegersThatFit) {
  EXPECT_EQ(ToInt(-7.9), -7);
  EXPECT_EQ(ToInt(9.2e18), 9'200'000'000'000'000'000);
  EXPECT_EQ(ToInt(0x1p63), std::nullopt);
  EXPECT_EQ(ToInt(-0x1p63), std::nullopt);
  EXPECT_EQ(ToInt(std::nan("")), std::nullopt);
  EXPECT_EQ(ToUint(1.9), 1U);
  EXPECT_EQ(ToUint(0x1p64), std::nullopt);
  EXPECT_EQ(ToUint(-1.0), std::nullopt);
  EXPECT_EQ(ToUint(kInfinity), std::nullopt);
}

}  // namespace
}  // namespace restorable::cel
