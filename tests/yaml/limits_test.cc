// Every limit with a text made to break it, and a bound on the time that takes.

#include <chrono>
#include <functional>
#include <string>

#include "parsed.h"

namespace restorable::yaml {
namespace {

std::string Repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

struct LimitCase {
  std::string_view name;
  std::function<std::string()> text;
  std::string_view diagnostic;  // its id and, where the limit is the point, the message
};

void PrintTo(const LimitCase& c, std::ostream* out) { *out << c.name; }

class LimitTest : public testing::TestWithParam<LimitCase> {};

// Generous: a debug build on a loaded machine. Without its limit, each takes minutes.
constexpr auto kMost = std::chrono::seconds(20);

TEST_P(LimitTest, EndsSoonAndNamesTheLimit) {
  const std::string text = GetParam().text();
  const auto begin = std::chrono::steady_clock::now();
  const Parsed parsed(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kMost);
  EXPECT_THAT(parsed.Diagnostic(), testing::HasSubstr(GetParam().diagnostic));
}

std::string AliasBomb() {
  std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias +
            Repeat("," + alias, 8) + "]\n";
  }
  return text;
}

std::string AliasTower() {
  std::string text = "a0: &a0 []\n";
  for (int i = 1; i < 1000; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  return text;
}

std::string MergeBomb() {
  std::string text = "a: &a {";
  for (int i = 0; i < 1000; ++i) text += "k" + std::to_string(i) + ": 1,";
  return text + "}\nb:\n" + Repeat("- <<: *a\n", 1000);
}

std::string BlockTower(std::string_view open) {
  std::string text;
  for (std::size_t i = 0; i < 3000; ++i) text += Repeat(" ", i) + std::string(open) + "\n";
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Limits, LimitTest,
    testing::Values(
        LimitCase{"flow lists", [] { return std::string(100'000, '['); },
                  "1:65 yaml-flow-too-deep brackets nested deeper than the limit of 64"},
        LimitCase{"flow maps", [] { return Repeat("{a: ", 100'000); },
                  "yaml-flow-too-deep brackets nested deeper than the limit of 64"},
        LimitCase{"block lists on one line", [] { return Repeat("- ", 100'000); },
                  "1:401 yaml-too-deep nested deeper than the limit of 200"},
        LimitCase{"block maps", [] { return BlockTower("a:"); },
                  "201:201 yaml-too-deep nested deeper than the limit of 200"},
        LimitCase{"keys of keys", [] { return Repeat("? ", 100'000); }, "yaml-bad-key"},
        LimitCase{"items of one list", [] { return "[" + Repeat("a,", 2'000'000) + "]"; },
                  "yaml-too-many-nodes more values than the limit of 1000000"},
        LimitCase{"aliases of aliases", AliasBomb,
                  "yaml-too-many-alias-nodes the aliases stand for more values than the limit of "
                  "100000"},
        LimitCase{"height of aliases", AliasTower,
                  "yaml-alias-too-deep nested deeper than the limit of 200 through this alias"},
        LimitCase{"merges of merges", MergeBomb, "yaml-too-many-alias-nodes"},
        LimitCase{"directives", [] { return Repeat("%TAG !a! b\n", 100'000) + "---\na"; },
                  "65:1 yaml-too-many-directives more `%` lines than the limit of 64"},
        LimitCase{"documents", [] { return Repeat("--- a\n", 200'000); }, "yaml-bad-separator"},
        LimitCase{"empty documents", [] { return Repeat("---\n", 200'000); },
                  "100001:1 yaml-too-many-documents more documents than the limit of 100000"}));

// Nothing to report: what is measured is that they are not quadratic.
INSTANTIATE_TEST_SUITE_P(
    Long, LimitTest,
    testing::Values(
        LimitCase{"anchors",
                  [] {
                    std::string text;
                    for (int i = 0; i < 100'000; ++i) {
                      text += "- &a" + std::to_string(i) + " x\n- *a" + std::to_string(i) + "\n";
                    }
                    return text;
                  },
                  ""},
        LimitCase{"keys",
                  [] {
                    std::string text;
                    for (int i = 0; i < 200'000; ++i) text += "key" + std::to_string(i) + ": x\n";
                    return text;
                  },
                  ""},
        LimitCase{"one large and many small maps",
                  [] {
                    std::string text = "- {";
                    for (int i = 0; i < 100'000; ++i) text += "k" + std::to_string(i) + ": x,";
                    return text + "}\n" +
                           Repeat("- {a: 1,b: 1,c: 1,d: 1,e: 1,f: 1,g: 1,h: 1,i: 1}\n", 20'000);
                  },
                  ""},
        LimitCase{"one long word", [] { return std::string(8'000'000, 'a'); }, ""},
        LimitCase{"one long comment", [] { return "a: 1 #" + std::string(8'000'000, '#'); }, ""},
        LimitCase{"dashes", [] { return "a: " + std::string(8'000'000, '-'); }, ""},
        LimitCase{"dots", [] { return "a: " + std::string(8'000'000, '.'); }, ""},
        LimitCase{"letters beyond ASCII", [] { return Repeat("é: {ü: ö}\n...\n", 20'000); }, ""},
        LimitCase{"a list beyond ASCII", [] { return Repeat("- é\n", 300'000); }, ""},
        LimitCase{"blank lines", [] { return "a: |\n" + std::string(4'000'000, '\n') + "b"; },
                  ""}));

// As templates, in a chart.
class TemplateLimitTest : public LimitTest {};

TEST_P(TemplateLimitTest, EndsSoon) {
  const std::string text = GetParam().text();
  const auto begin = std::chrono::steady_clock::now();
  const Parsed parsed(text, {.in_chart_templates = true});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kMost);
}

INSTANTIATE_TEST_SUITE_P(
    Long, TemplateLimitTest,
    testing::Values(
        LimitCase{"actions", [] { return Repeat("{{ a }}\n", 300'000); }, ""},
        LimitCase{"actions on one line", [] { return Repeat("{{ a }}", 300'000); }, ""},
        LimitCase{"open braces", [] { return Repeat("{{", 2'000'000); }, ""},
        LimitCase{"open comments", [] { return Repeat("{{/* }}", 500'000); }, ""},
        LimitCase{"open strings", [] { return Repeat("{{ \" }}\n", 300'000); }, ""},
        LimitCase{"open raw strings", [] { return Repeat("{{ ` }}\n", 300'001); }, ""},
        LimitCase{"blocks", [] { return Repeat("{{ if a }}\n", 200'000) + "a: 1\n"; }, ""},
        LimitCase{
            "blocks over documents",
            [] { return Repeat("{{ if a }}\n", 20'000) + Repeat("---\na: {{ b }}\n", 20'000); },
            ""},
        LimitCase{"keys in branches", [] { return Repeat("{{ if a }}\na: 1\n", 100'000); }, ""}));

TEST(FileLimitTest, IsNamed) {
  const Parsed parsed("abcdef", {}, {.file_bytes = 5});
  EXPECT_EQ(parsed.Diagnostic(),
            "1:1 yaml-file-too-large the file is larger than the limit of 5 bytes");
  EXPECT_TRUE(parsed.stream.documents.empty());
}

TEST(NestingLimitTest, IsExact) {
  const auto nested = [](std::size_t depth) { return Repeat("- ", depth) + "x"; };
  EXPECT_EQ(Parsed(nested(200)).Diagnostic(), "");
  EXPECT_THAT(Parsed(nested(201)).Diagnostic(), testing::HasSubstr("yaml-too-deep"));
  const auto flow = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(Parsed(flow(64)).Diagnostic(), "");
  EXPECT_THAT(Parsed(flow(65)).Diagnostic(), testing::HasSubstr("yaml-flow-too-deep"));
}

}  // namespace
}  // namespace restorable::yaml
