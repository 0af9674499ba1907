// What is accepted, and as which value, beside what nlohmann/json makes of the same text.

#include <nlohmann/json.hpp>
#include <string>

#include "json/parse.h"
#include "value/json.h"

namespace restorable::json {
namespace {

class OracleTest : public testing::TestWithParam<std::string_view> {};

TEST_P(OracleTest, Agrees) {
  const std::string text(GetParam());
  const SourceFile file(FileId{0}, "test.json", text);
  Arena arena;
  const ParseResult result = Parse(file, arena, Limits());
  const nlohmann::ordered_json expected = nlohmann::ordered_json::parse(text, nullptr, false);
  ASSERT_EQ(result.ok, !expected.is_discarded());
  if (!result.ok) return;
  // Through its reader once more: the two print numbers in their own ways.
  EXPECT_EQ(nlohmann::ordered_json::parse(ToJson(result.root)), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Accepted, OracleTest,
    testing::Values("0", "-1", "1.25", "1e5", "1E+5", "1e-5", "123456789012345678",
                    "-9223372036854775808", "18446744073709551615", "0.1", "1.7976931348623157e308",
                    "5e-324", "\"\"", "\"a b\"", "\"\\u00e9\"", "\"\\uD83D\\uDE00\"",
                    "\"\\\\\\\"\\/\"", "\"\x7F\"", "\"\xF0\x9F\x98\x80\"", "[]", "[ ]", "[[[]]]",
                    "[1,\"a\",null,true,false]", "{}", "{\"a\":{}}", "{\"a\":1,\"b\":[{\"c\":2}]}",
                    "\t[\r\n1 ]\n", "\xEF\xBB\xBF{}"));

INSTANTIATE_TEST_SUITE_P(
    Refused, OracleTest,
    testing::Values("", " ", "[", "]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "{", "{\"a\"}",
                    "{\"a\":}", "{\"a\":1,}", "{,}", "{1:2}", "{\"a\" 1}", "[1}", "tru", "True",
                    "nul", "nan", "Infinity", "-", "+1", "01", "-01", "1.", ".1", "1.e1", "1e",
                    "1e+", "0x1", "1_0", "1e999", "'a'", "\"", "\"\\\"", "\"\\x41\"", "\"\\u12\"",
                    "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800\\n\"", "\"\t\"", "\"\n\"", "\"\xFF\"",
                    "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF5\x80\x80\x80\"", "\xFE\xFF", "[1]x",
                    "1 2", "// c\n1", "/* c */1", "\xEF\xBB", "\xEF\xBB\xBF"));

}  // namespace
}  // namespace restorable::json
