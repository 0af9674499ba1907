#include "base/number.h"

#include <cmath>

namespace restorable {
namespace {

TEST(ParseDecimalTest, ReadsNumbers) {
  EXPECT_EQ(ParseDecimal("1.5"), 1.5);
  EXPECT_EQ(ParseDecimal("-2e3"), -2000);
  EXPECT_EQ(ParseDecimal("5."), 5);
  EXPECT_EQ(ParseDecimal(".5"), 0.5);
}

TEST(ParseDecimalTest, RefusesEverythingElse) {
  for (const std::string_view text : {"", "-", "1x", "inf", "nan", "0x1", "1 ", "+1", "1e"}) {
    EXPECT_EQ(ParseDecimal(text), std::nullopt) << text;
  }
}

TEST(ParseDecimalTest, TellsTooSmallFromTooLarge) {
  for (const std::string_view text :
       {"1e-999", "0.1e-400", "1e-99999999999999999999", "4e-325", "0.00001e-320"}) {
    EXPECT_EQ(ParseDecimal(text), 0.0) << text;
  }
  for (const std::string_view text :
       {"1e999", "-1e999", "0.001e400", "1e99999999999999999999", "2e308"}) {
    EXPECT_EQ(ParseDecimal(text), std::nullopt) << text;
  }
  EXPECT_TRUE(std::signbit(ParseDecimal("-1e-999").value()));
  EXPECT_EQ(ParseDecimal(std::string(400, '9')), std::nullopt);
  EXPECT_EQ(ParseDecimal("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(ParseDecimal("1e-400000000000000000000000").value(), 0.0);
}

}  // namespace
}  // namespace restorable
