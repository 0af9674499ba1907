#include "cel/quantity.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace restorable::cel {
namespace {

std::string Read(std::string_view text) {
  const auto quantity = Quantity::Parse(text);
  return quantity ? quantity->ToString() : "nothing";
}

struct Case {
  const char* text;
  const char* number;
};

TEST(Quantity, ReadsEverySuffix) {
  for (const auto& [text, number] : {
           Case{"1n", "0.000000001"},
           Case{"1u", "0.000001"},
           Case{"1m", "0.001"},
           Case{"1", "1"},
           Case{"1k", "1000"},
           Case{"1M", "1000000"},
           Case{"1G", "1000000000"},
           Case{"1T", "1000000000000"},
           Case{"1P", "1000000000000000"},
           Case{"1E", "1000000000000000000"},
           Case{"1Ki", "1024"},
           Case{"1Mi", "1048576"},
           Case{"1Gi", "1073741824"},
           Case{"1Ti", "1099511627776"},
           Case{"1Pi", "1125899906842624"},
           Case{"1Ei", "1152921504606846976"},
           Case{"1e3", "1000"},
           Case{"1E3", "1000"},
           Case{"1e+3", "1000"},
           Case{"15e-1", "1.5"},
       }) {
    EXPECT_EQ(Read(text), number) << text;
  }
}

TEST(Quantity, ReadsSignsAndFractions) {
  EXPECT_EQ(Read("-1.5"), "-1.5");
  EXPECT_EQ(Read("+.5"), "0.5");
  EXPECT_EQ(Read("5."), "5");
  EXPECT_EQ(Read("000.500"), "0.5");
  EXPECT_EQ(Read("-0"), "0");
  EXPECT_EQ(Read("1.5Gi"), "1610612736");
  EXPECT_EQ(Read("0.3Ki"), "307.2");
  EXPECT_EQ(Read("1.1e2"), "110");
}

TEST(Quantity, RefusesWhatIsNone) {
  for (const char* text :
       {"",    "+",     "-",   ".",    "Mi",    "1K",  "1i",  "1ki",
        "1 k", " 1",    "1 ",  "1,5",  "1.5.5", "--1", "1e",  "1e1.5",
        "1e+", "1e+-3", "1kk", "0x10", "1d",    "NaN", "Inf", "1e99999999999999999999"}) {
    const bool exa = std::string_view(text) == "1E";
    EXPECT_EQ(Read(text), exa ? "1000000000000000000" : "nothing") << text;
  }
}

TEST(Quantity, RoundsAwayFromZeroBeyondNanos) {
  EXPECT_EQ(Read("0.0000000001"), "0.000000001");
  EXPECT_EQ(Read("-0.0000000001"), "-0.000000001");
  EXPECT_EQ(Read("1e-99999999999999999999"), "0.000000001");
  EXPECT_EQ(Read("0e-99999999999999999999"), "0");
  EXPECT_EQ(Read("0.1n"), "0.000000001");
  EXPECT_EQ(Read("1." + std::string(40, '0') + "1"), "1.000000001");
  EXPECT_EQ(Read("1." + std::string(1000, '0')), "1");
}

TEST(Quantity, LargeNumbers) {
  EXPECT_EQ(Read("9999999999999999999999999999999999999G"), std::string(37, '9') + "000000000");
  EXPECT_EQ(Read("100Ei"), "9223372036854775807");
  EXPECT_EQ(Read("-" + std::string(200, '9') + "Ki"), "-9223372036854775807");
  EXPECT_EQ(Read("1e67"), "1" + std::string(67, '0'));
  EXPECT_EQ(Read("1e70"), "nothing");
  EXPECT_EQ(Read(std::string(100'000, '9')), "nothing");
  EXPECT_EQ(Read(std::string(100'000, '0') + "7"), "7");
}

TEST(Quantity, ConvertsToNumbers) {
  EXPECT_EQ(Quantity::Parse("-9223372036854775808")->AsInt(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Quantity::Parse("9223372036854775808")->AsInt(), std::nullopt);
  EXPECT_EQ(Quantity::Parse("1000m")->AsInt(), 1);
  EXPECT_EQ(Quantity::Parse("1001m")->AsInt(), std::nullopt);
  EXPECT_EQ(Quantity::Parse("0.1")->AsDouble(), 0.1);
  EXPECT_EQ(Quantity::Parse("-1e30")->AsDouble(), -1e30);
  EXPECT_EQ(Quantity::OfInt(std::numeric_limits<std::int64_t>::min()).ToString(),
            "-9223372036854775808");
}

TEST(Quantity, OrdersBySignAndSize) {
  const char* const ascending[] = {"-1e30", "-1Gi", "-1n", "0",   "1n",
                                   "999m",  "1",    "1M",  "1Mi", "1e60"};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    EXPECT_LT(*Quantity::Parse(ascending[i - 1]), *Quantity::Parse(ascending[i])) << ascending[i];
  }
  EXPECT_EQ(*Quantity::Parse("-0"), *Quantity::Parse("0k"));
}

TEST(Quantity, AddsAcrossZero) {
  const auto sum = [](std::string_view a, std::string_view b) {
    return Quantity::Parse(a)->Plus(*Quantity::Parse(b))->ToString();
  };
  EXPECT_EQ(sum("5", "-7"), "-2");
  EXPECT_EQ(sum("-5", "7"), "2");
  EXPECT_EQ(sum("-5", "-7"), "-12");
  EXPECT_EQ(sum("5", "-5"), "0");
  EXPECT_EQ(sum("18446744073709551615", "1"), "18446744073709551616");
  EXPECT_EQ(sum("18446744073709551616", "-1"), "18446744073709551615");
  const Quantity large = *Quantity::Parse("1e68");
  EXPECT_EQ(large.Plus(large), std::nullopt);
}

TEST(Quantity, MultipliesAndDivides) {
  using enum Quantity::Rounding;
  const Quantity seven = Quantity::OfInt(7);
  EXPECT_EQ(seven.Times(-3)->ToString(), "-21");
  EXPECT_EQ(Quantity::Parse("1e67")->Times(1'000'000), std::nullopt);
  EXPECT_EQ(seven.DividedBy(2, 0, kTowardZero)->ToString(), "3");
  EXPECT_EQ(seven.DividedBy(-2, 0, kTowardZero)->ToString(), "-3");
  EXPECT_EQ(seven.DividedBy(2, 0, kHalfAwayFromZero)->ToString(), "4");
  EXPECT_EQ(seven.DividedBy(-2, 0, kHalfAwayFromZero)->ToString(), "-4");
  EXPECT_EQ(seven.DividedBy(9, 2, kHalfAwayFromZero)->ToString(), "0.78");
  EXPECT_EQ(seven.DividedBy(3, 9, kHalfAwayFromZero)->ToString(), "2.333333333");
  EXPECT_EQ(seven.DividedBy(6, 9, kHalfAwayFromZero)->ToString(), "1.166666667");
  EXPECT_EQ(Quantity::Parse("1n")->DividedBy(2, 9, kHalfAwayFromZero)->ToString(), "0.000000001");
}

}  // namespace
}  // namespace restorable::cel
