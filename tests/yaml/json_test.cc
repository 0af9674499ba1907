// JSON is YAML, nearly: where both readers take a text, they give the same value.

#include <string>

#include "json/parse.h"
#include "parsed.h"

namespace restorable::yaml {
namespace {

class JsonAsYamlTest : public testing::TestWithParam<std::string_view> {};

TEST_P(JsonAsYamlTest, GivesTheSameValue) {
  const Parsed parsed{std::string(GetParam())};
  ASSERT_EQ(parsed.document().state, DocumentState::kParsed) << parsed.Diagnostic();
  Arena arena;
  const json::ParseResult result = json::Parse(parsed.file, arena, Limits());
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(parsed.Json(), ToJson(result.root));
  EXPECT_EQ(parsed.root().range(), result.root.range());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonAsYamlTest,
    testing::Values("null", "true", "12", "-3", "1.5", "18446744073709551615", "\"a\"", "[]", "{}",
                    "[1, \"2\", [3], {\"a\": null}]", R"({"a": {"b": [true, false]}, "c": ""})",
                    R"({"esc": "\"\\\/\b\f\n\r\t\u00e9\u20AC"})", R"({"a":1,"b":[{"c":-0.5e-3}]})",
                    "{\n  \"kind\": \"PersistentVolume\",\n  \"spec\": {\n    \"capacity\": 10\n  "
                    "}\n}",
                    R"({"ü": "é😀"})", R"({"a": 1, "b": 2, "a": 3})"));

}  // namespace
}  // namespace restorable::yaml
