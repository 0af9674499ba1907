#include "yaml/scalar.h"

#include <cmath>
#include <string>

#include "value/json.h"

namespace restorable::yaml {
namespace {

struct Case {
  std::string_view text;
  std::string_view json;  // what rules see
};

// gtest names each case by what is written.
void PrintTo(const Case& c, std::ostream* out) { *out << '`' << c.text << '`'; }

class PlainTest : public testing::TestWithParam<Case> {};

TEST_P(PlainTest, MeansWhatKubernetesSees) {
  EXPECT_EQ(ToJson(ThroughJson(ResolvePlain(GetParam().text))), GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(Null, PlainTest,
                         testing::Values(Case{"", "null"}, Case{"~", "null"}, Case{"null", "null"},
                                         Case{"Null", "null"}, Case{"NULL", "null"},
                                         Case{"nULL", "\"nULL\""}, Case{"~~", "\"~~\""}));

INSTANTIATE_TEST_SUITE_P(
    Bool, PlainTest,
    testing::Values(Case{"true", "true"}, Case{"True", "true"}, Case{"TRUE", "true"},
                    Case{"yes", "true"}, Case{"Yes", "true"}, Case{"YES", "true"},
                    Case{"y", "true"}, Case{"Y", "true"}, Case{"on", "true"}, Case{"On", "true"},
                    Case{"ON", "true"}, Case{"false", "false"}, Case{"False", "false"},
                    Case{"FALSE", "false"}, Case{"no", "false"}, Case{"No", "false"},
                    Case{"NO", "false"}, Case{"n", "false"}, Case{"N", "false"},
                    Case{"off", "false"}, Case{"Off", "false"}, Case{"OFF", "false"},
                    Case{"tRUE", "\"tRUE\""}, Case{"yEs", "\"yEs\""}, Case{"oN", "\"oN\""}));

INSTANTIATE_TEST_SUITE_P(
    Integer, PlainTest,
    testing::Values(Case{"12", "12"}, Case{"-12", "-12"}, Case{"+12", "12"}, Case{"0", "0"},
                    Case{"-0", "0"}, Case{"1_000", "1000"}, Case{"1__0", "10"}, Case{"10_", "10"},
                    Case{"_1", "\"_1\""}, Case{"0777", "511"}, Case{"0o777", "511"},
                    Case{"0O17", "15"}, Case{"-017", "-15"}, Case{"0o8", "\"0o8\""},
                    Case{"0x1F", "31"}, Case{"0X1f", "31"}, Case{"0b101", "5"}, Case{"-0b11", "-3"},
                    Case{"+0x10", "16"}, Case{"0x_F", "15"}, Case{"0x", "\"0x\""},
                    Case{"0b12", "\"0b12\""}, Case{"0x-1", "\"0x-1\""}, Case{"--1", "\"--1\""},
                    Case{"+-1", "\"+-1\""}, Case{"-", "\"-\""},
                    Case{"9223372036854775807", "9223372036854775807"},
                    Case{"-9223372036854775808", "-9223372036854775808"},
                    Case{"9223372036854775808", "9223372036854775808"},
                    Case{"18446744073709551615", "18446744073709551615"},
                    Case{"0xFFFFFFFFFFFFFFFF", "18446744073709551615"},
                    Case{"18446744073709551616", "1.8446744073709552e+19"},
                    Case{"+18446744073709551615", "1.8446744073709552e+19"},
                    Case{"0x1FFFFFFFFFFFFFFFF", "\"0x1FFFFFFFFFFFFFFFF\""}));

INSTANTIATE_TEST_SUITE_P(
    Float, PlainTest,
    testing::Values(Case{"08", "8"}, Case{"09.5", "9.5"}, Case{"1.5", "1.5"}, Case{"1.0", "1"},
                    Case{"1e3", "1000"}, Case{"1E+3", "1000"}, Case{"1.e3", "1000"},
                    Case{".5", "0.5"}, Case{"5.", "5"}, Case{"+.5", "0.5"}, Case{"-.5", "-0.5"},
                    Case{"12e03", "12000"}, Case{"1_0.5", "10.5"}, Case{".5_0", "0.5"},
                    Case{".5e1_0", "5000000000"}, Case{".5__0", "\".5__0\""},
                    Case{"._5", "\"._5\""}, Case{".5_", "\".5_\""}, Case{"-._5", "-0.5"},
                    Case{"1e-3", "0.001"}, Case{"1e-400", "0"}, Case{"-0.0", "0"},
                    Case{"1e400", "\"1e400\""}, Case{"-1e400", "\"-1e400\""}, Case{"1e", "\"1e\""},
                    Case{"1e+", "\"1e+\""}, Case{".", "\".\""}, Case{".e1", "\".e1\""},
                    Case{"1.2.3", "\"1.2.3\""}, Case{"10Gi", "\"10Gi\""},
                    Case{"0x1p-2", "\"0x1p-2\""}, Case{"Infinity", "\"Infinity\""},
                    Case{"nan", "\"nan\""}, Case{"inf", "\"inf\""}, Case{"-.nan", "\"-.nan\""}));

INSTANTIATE_TEST_SUITE_P(String, PlainTest,
                         testing::Values(Case{"1:30", "\"1:30\""},
                                         Case{"190:20:30", "\"190:20:30\""},
                                         Case{"2001-01-01", "\"2001-01-01\""},
                                         Case{"2001-12-14T21:59:43Z", "\"2001-12-14T21:59:43Z\""},
                                         Case{"=", "\"=\""}, Case{"10.0.0.0/16", "\"10.0.0.0/16\""},
                                         Case{"1-2", "\"1-2\""}, Case{"1 2", "\"1 2\""},
                                         Case{"é", "\"é\""}));

TEST(PlainTest, KeepsWhatJsonHasNoFormFor) {
  for (const std::string_view text : {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"}) {
    EXPECT_EQ(ResolvePlain(text).AsDouble(), HUGE_VAL) << text;
    EXPECT_FALSE(HasJsonForm(ResolvePlain(text))) << text;
  }
  for (const std::string_view text : {"-.inf", "-.Inf", "-.INF"}) {
    EXPECT_EQ(ResolvePlain(text).AsDouble(), -HUGE_VAL) << text;
  }
  for (const std::string_view text : {".nan", ".NaN", ".NAN"}) {
    EXPECT_TRUE(std::isnan(ResolvePlain(text).AsDouble())) << text;
  }
}

TEST(PlainTest, PointsIntoTheTextItIsGiven) {
  const std::string text = "Premium_LRS";
  EXPECT_EQ(ResolvePlain(text).AsString().data(), text.data());
}

struct TagCase {
  std::string_view tag;
  std::string_view text;
  std::string_view json;  // "" when the tag does not fit
};

void PrintTo(const TagCase& c, std::ostream* out) { *out << c.tag << " `" << c.text << '`'; }

class TagTest : public testing::TestWithParam<TagCase> {};

TEST_P(TagTest, DecidesTheKind) {
  Arena arena;
  std::string tag(GetParam().tag);
  if (tag.starts_with("!!")) tag.replace(0, 2, "tag:yaml.org,2002:");
  const std::optional<Value> value = ResolveTagged(tag, GetParam().text, arena);
  EXPECT_EQ(value ? ToJson(ThroughJson(*value)) : "", GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(
    Tags, TagTest,
    testing::Values(
        TagCase{"!!str", "12", "\"12\""}, TagCase{"!!str", "", "\"\""},
        TagCase{"!!int", "12", "12"}, TagCase{"!!int", "0x10", "16"}, TagCase{"!!int", "3.5", ""},
        TagCase{"!!int", "x", ""}, TagCase{"!!float", "3", "3"}, TagCase{"!!float", "3.5", "3.5"},
        TagCase{"!!float", "x", ""}, TagCase{"!!bool", "yes", "true"}, TagCase{"!!bool", "1", ""},
        TagCase{"!!null", "", "null"}, TagCase{"!!null", "~", "null"}, TagCase{"!!null", "x", ""},
        TagCase{"!!binary", "aGVsbG8=", "\"hello\""},
        TagCase{"!!binary", "aGVs\nbG8=", "\"hello\""}, TagCase{"!!binary", "aGVsbG8", ""},
        TagCase{"!!binary", "a*", ""}, TagCase{"!!binary", "/w==", "\"\xEF\xBF\xBD\""},
        TagCase{"!!timestamp", "2001-01-01", "\"2001-01-01\""}, TagCase{"!foo", "12", "\"12\""},
        TagCase{"!", "12", "\"12\""}));

struct KeyCase {
  std::string_view text;
  std::string_view key;  // "" when it is none
};

void PrintTo(const KeyCase& c, std::ostream* out) { *out << '`' << c.text << '`'; }

class KeyTest : public testing::TestWithParam<KeyCase> {};

TEST_P(KeyTest, BecomesAString) {
  Arena arena;
  const std::optional<Value> key = KeyOf(ResolvePlain(GetParam().text), arena);
  EXPECT_EQ(key ? key->AsString() : "", GetParam().key);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, KeyTest,
    testing::Values(KeyCase{"a", "a"}, KeyCase{"12", "12"}, KeyCase{"0x10", "16"},
                    KeyCase{"-0", "0"}, KeyCase{"y", "true"}, KeyCase{"on", "true"},
                    KeyCase{"n", "false"}, KeyCase{"1.10", "1.1"}, KeyCase{"1.0", "1"},
                    KeyCase{"1000000.0", "1e+06"}, KeyCase{"100000.0", "100000"},
                    KeyCase{"1234567.0", "1.234567e+06"}, KeyCase{"0.0001", "0.0001"},
                    KeyCase{"0.00001", "1e-05"}, KeyCase{"1e300", ".inf"},
                    KeyCase{"-1e300", "-.inf"}, KeyCase{".inf", ".inf"}, KeyCase{".nan", ".nan"},
                    KeyCase{"0.1", "0.1"}, KeyCase{"1e20", "1e+20"}, KeyCase{"", ""},
                    KeyCase{"~", ""}, KeyCase{"18446744073709551615", ""}));

}  // namespace
}  // namespace restorable::yaml
