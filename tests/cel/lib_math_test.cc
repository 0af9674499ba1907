#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluation.h"

namespace restorable::cel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MathFunctions, GreatestAndLeastKeepTheKind) {
  EXPECT_THAT(
      NotTrue({"math.greatest(1, 3, 2) == 3", "math.least(1, 3, 2) == 1",
               "type(math.greatest(1, 3u, 2.5)) == uint", "type(math.least(1.0, 3u)) == double",
               "math.greatest([5.4, 10, 3u].map(x, dyn(x))) == 10", "math.least([2, 1]) == 1",
               "math.greatest(-1) == -1", "math.isNaN(math.least(0.0 / 0.0))",
               "math.greatest(dyn(1), dyn(2u)) == 2"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"math.greatest()", "math.greatest([])", "math.greatest(dyn('a'))",
                         "math.least(dyn([1, 'a']))", "math.least(dyn(1), dyn([1]))",
                         "math.greatest(1.0, 0.0 / 0.0)", "math.least(0.0 / 0.0, 1)"}),
              IsEmpty());
  EXPECT_THAT(Evaluated("math.greatest(1, u)"), HasSubstr("no-default u"));
}

TEST(MathFunctions, Rounding) {
  EXPECT_THAT(
      NotTrue({"math.ceil(-1.2) == -1.0", "math.floor(-1.2) == -2.0", "math.round(-1.5) == -2.0",
               "math.round(1.5) == 2.0", "math.round(0.49999999999999994) == 0.0",
               "math.trunc(-1.9) == -1.0", "math.isNaN(math.round(0.0 / 0.0))",
               "math.sqrt(81) == 9.0", "math.sqrt(4u) == 2.0", "math.isNaN(math.sqrt(-1.0))"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"math.ceil(dyn(1))", "math.round('1')"}), IsEmpty());
}

TEST(MathFunctions, AbsAndSign) {
  EXPECT_THAT(NotTrue({"math.abs(-11) == 11", "math.abs(1u) == 1u", "math.abs(-1.5) == 1.5",
                       "math.sign(-11) == -1", "math.sign(0) == 0", "type(math.sign(5u)) == uint",
                       "math.sign(-32.0) == -1.0", "math.sign(-0.0) == 0.0",
                       "math.isNaN(math.sign(0.0 / 0.0))"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"math.abs(-9223372036854775808)", "math.sign(dyn(true))"}), IsEmpty());
}

TEST(MathFunctions, Predicates) {
  EXPECT_THAT(NotTrue({"math.isInf(1.0 / 0.0)", "!math.isInf(0.0 / 0.0)", "math.isNaN(0.0 / 0.0)",
                       "math.isFinite(1.0)", "!math.isFinite(-1.0 / 0.0)"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"math.isInf(dyn(true))", "math.isNaN(dyn(1))"}), IsEmpty());
}

TEST(MathFunctions, Bits) {
  EXPECT_THAT(NotTrue({"math.bitAnd(6, 3) == 2", "math.bitOr(4, -2) == -2",
                       "math.bitXor(1u, 3u) == 2u", "math.bitNot(1) == -2",
                       "math.bitNot(0u) == 18446744073709551615u", "math.bitShiftLeft(1, 2) == 4",
                       "math.bitShiftLeft(-1, 64) == 0", "math.bitShiftLeft(1u, 200) == 0u",
                       "math.bitShiftLeft(1, 63) == -9223372036854775808",
                       "math.bitShiftRight(-1024, 3) == 2305843009213693824",
                       "math.bitShiftRight(-1, 64) == 0", "math.bitShiftRight(1024u, 2) == 256u"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"math.bitShiftLeft(1u, -1)", "math.bitShiftRight(1, -1)",
                         "math.bitOr(dyn(1.2), 1)", "math.bitAnd(dyn(1), dyn(1u))"}),
              IsEmpty());
}

TEST(EncoderFunctions, Base64) {
  EXPECT_THAT(
      NotTrue({"base64.encode(b'hello') == 'aGVsbG8='", "base64.encode(b'') == ''",
               "base64.decode('aGVsbG8=') == b'hello'", "base64.decode('aGVsbG8') == b'hello'",
               R"(base64.decode('/+8=') == b'\xff\xef')"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"base64.decode('a')", "base64.decode('aGVsbG8=a')",
                         "base64.decode('a-_b')", "base64.decode('aGVsbG8==')"}),
              IsEmpty());
}

}  // namespace
}  // namespace restorable::cel
