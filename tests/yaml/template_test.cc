#include <string>

#include "parsed.h"
#include "yaml/mask.h"

namespace restorable::yaml {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr Options kChart{.in_chart_templates = true};

// ---- Masking

struct MaskCase {
  std::string_view text;
  std::string_view masked;
};

void PrintTo(const MaskCase& c, std::ostream* out) { *out << c.text; }

class MaskTest : public testing::TestWithParam<MaskCase> {};

TEST_P(MaskTest, KeepsEveryPosition) {
  const Mask mask(FileId{0}, GetParam().text);
  EXPECT_EQ(mask.text(), GetParam().masked);
  EXPECT_EQ(mask.text().size(), GetParam().text.size());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MaskTest,
    testing::Values(
        MaskCase{"a: {{ .x }}-b", "a: xxxxxxxx-b"}, MaskCase{"{{ .k }}: v", "xxxxxxxx: v"},
        MaskCase{"a: {{ \"}}\" }}", "a: xxxxxxxxxx"}, MaskCase{"a: {{ `}}` }}b", "a: xxxxxxxxxxb"},
        MaskCase{"a: {{ \"\\\"}}\" }}", "a: xxxxxxxxxxxx"},
        MaskCase{"{{/* }} \" */}}\na", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\na"},
        MaskCase{"{{if x}}\na\n {{end}}\n", "\n\n\n\n\n\n\n\n\na\n\n\n\n\n\n\n\n\n\n"},
        MaskCase{" {{a}} {{b}} \n", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n"},
        MaskCase{"a: 1 {{/* c */}}", "a: 1            "},
        MaskCase{"a: {{ b | nindent 2 }}", "a:                    "},
        MaskCase{"a: {{ b | indent 2 }}", "a: xxxxxxxxxxxxxxxxxx"},
        MaskCase{"a: {{ don't }} b", "a: xxxxxxxxxxx b"}, MaskCase{"a: {{ b", "a: {{ b"},
        MaskCase{"{{", "{{"}, MaskCase{"a: {{ b\n  c }}", "a: xxxxxxxxxxx"}));

// ---- What comes of it

struct TemplateCase {
  std::string_view text;
  std::string_view json;
};

void PrintTo(const TemplateCase& c, std::ostream* out) { *out << c.text; }

class TemplateTest : public testing::TestWithParam<TemplateCase> {};

TEST_P(TemplateTest, IsUnknownWhereActionsFillIn) {
  const Parsed parsed(std::string(GetParam().text), kChart);
  EXPECT_EQ(parsed.Diagnostic(), "");
  EXPECT_EQ(parsed.document().state, DocumentState::kTemplate);
  EXPECT_EQ(parsed.Json(), GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(
    Scalars, TemplateTest,
    testing::Values(
        TemplateCase{"a: {{ b }}\nc: d", R"({"a":{"$unknown":"template {{ b }}"},"c":"d"})"},
        TemplateCase{"a: x-{{ b }}-y", R"({"a":{"$unknown":"template {{ b }}"}})"},
        TemplateCase{"a: \"{{ b }}\"", R"({"a":{"$unknown":"template {{ b }}"}})"},
        TemplateCase{"a: |\n  x {{ b }}\n", R"({"a":{"$unknown":"template {{ b }}"}})"},
        TemplateCase{"a: |\n{{ b | indent 2 }}\nc: d",
                     R"({"a":{"$unknown":"template {{ b | indent 2 }}"},"c":"d"})"},
        TemplateCase{"a: |\n  x\n{{ if b }}\nc: d\n{{ end }}", R"({"a":"x\n","c":"d"})"},
        TemplateCase{"a:\n  {{ b }}\nc: d", R"({"a":{"$unknown":"template {{ b }}"},"c":"d"})"},
        TemplateCase{"- {{ b }}\n- c", R"([{"$unknown":"template {{ b }}"},"c"])"},
        TemplateCase{"a: [{{ b }}, c]", R"({"a":[{"$unknown":"template {{ b }}"},"c"]})"}));

INSTANTIATE_TEST_SUITE_P(
    Containers, TemplateTest,
    testing::Values(
        TemplateCase{"{{ k }}: v\na: b", R"({"a":"b","$rest":{"$unknown":"template {{ k }}"}})"},
        TemplateCase{"a:\n  {{- b | nindent 2 }}\nc: d",
                     R"({"a":{"$unknown":"template {{- b | nindent 2 }}"},"c":"d"})"},
        TemplateCase{
            "a:\n  {{- b | nindent 2 }}\n  x: z\nc: d",
            R"({"a":{"x":"z","$rest":{"$unknown":"template {{- b | nindent 2 }}"}},"c":"d"})"},
        TemplateCase{
            "a:\n  x: z\n{{ b | indent 2 }}\nc: d",
            R"({"a":{"x":"z","$rest":{"$unknown":"template {{ b | indent 2 }}"}},"c":"d"})"},
        TemplateCase{"a: {{- b | nindent 2 }}\n  x: z\n",
                     R"({"a":{"x":"z","$rest":{"$unknown":"template {{- b | nindent 2 }}"}}})"},
        TemplateCase{"a:\n- x\n{{ b | indent 0 }}\nc: d",
                     R"({"a":["x",{"$unknown":"template {{ b | indent 0 }}"}],"c":"d"})"},
        TemplateCase{
            "a:\n- x: z\n  {{- b | nindent 2 }}\n- z",
            R"({"a":[{"x":"z","$rest":{"$unknown":"template {{- b | nindent 2 }}"}},"z"]})"},
        TemplateCase{"a:\n{{ b | indent 0 }}\nc: d",
                     R"({"a":{"$unknown":"template {{ b | indent 0 }}"},"c":"d",)"
                     R"("$rest":{"$unknown":"template {{ b | indent 0 }}"}})"},
        TemplateCase{"a:\n  x:\n    v: z\n  {{ b }}\nc: d",
                     R"({"a":{"x":{"v":"z","$rest":{"$unknown":"template {{ b }}"}},)"
                     R"("$rest":{"$unknown":"template {{ b }}"}},"c":"d"})"},
        TemplateCase{"{{ b }}", R"({"$unknown":"template {{ b }}"})"},
        TemplateCase{"{{ b }}\na: 1", R"({"a":1,"$rest":{"$unknown":"template {{ b }}"}})"},
        TemplateCase{"<<: {{ b }}\na: 1", R"({"a":1,"$rest":{"$unknown":"template {{ b }}"}})"}));

INSTANTIATE_TEST_SUITE_P(
    Branches, TemplateTest,
    testing::Values(TemplateCase{"{{ if b }}\na: 1\n{{ else }}\na: 2\n{{ end }}\nc: d",
                                 R"({"a":{"$unknown":"template {{ else }}"},"c":"d"})"},
                    TemplateCase{"{{ range b }}\n- a\n{{ end }}", R"(["a"])"},
                    TemplateCase{"a: &x {b: {{ c }}}\nd: *x",
                                 R"({"a":{"b":{"$unknown":"template {{ c }}"}},)"
                                 R"("d":{"b":{"$unknown":"template {{ c }}"}}})"}));

TEST(TemplateTest, NamesTheActionThatWouldDecide) {
  const Parsed parsed("sku: {{ .Values.sku }}\n", kChart);
  const UnknownSet& unknown = parsed.root().Find("sku")->AsUnknown();
  ASSERT_THAT(unknown.causes, SizeIs(1));
  EXPECT_EQ(unknown.causes.front().reason, UnknownReason::kTemplate);
  EXPECT_EQ(parsed.Text(unknown.causes.front().range), "{{ .Values.sku }}");
}

TEST(TemplateTest, ReportsRealDuplicates) {
  EXPECT_THAT(Parsed("a: 1\na: 2\nb: {{ c }}\n", kChart).Diagnostic(),
              HasSubstr("yaml-duplicate-key"));
}

// ---- What is conditional

TEST(ConditionalTest, ListsOutermostBlocksInOrder) {
  const Parsed parsed(
      "a: 1\n{{ if x }}\nb: 2\n{{ with y }}\nc: 3\n{{ end }}\n{{ end }}\n"
      "{{ range z }}\nd: 4\n{{ end }}\n",
      kChart);
  const Document& document = parsed.document();
  ASSERT_THAT(document.conditional, SizeIs(2));
  EXPECT_THAT(std::string(parsed.Text(document.conditional[0])), testing::StartsWith("{{ if x"));
  EXPECT_TRUE(document.conditional[0].Contains(parsed.root().Find("c")->range()));
  EXPECT_TRUE(document.conditional[1].Contains(parsed.root().Find("d")->range()));
  EXPECT_FALSE(document.is_conditional);
}

TEST(ConditionalTest, TellsWholeDocumentsFromTheirParts) {
  const Parsed parsed(
      "{{ if x }}\na: 1\n{{ if y }}\nb: 2\n{{ end }}\n---\nc: {{ z }}\n{{ end }}\n---\nd: {{ e "
      "}}\n",
      kChart);
  ASSERT_THAT(parsed.stream.documents, SizeIs(3));
  EXPECT_TRUE(parsed.document(0).is_conditional);
  ASSERT_THAT(parsed.document(0).conditional, SizeIs(1));
  EXPECT_TRUE(parsed.document(0).conditional[0].Contains(parsed.root(0).Find("b")->range()));
  EXPECT_TRUE(parsed.document(1).is_conditional);
  EXPECT_FALSE(parsed.document(2).is_conditional);
}

// ---- When a text is a template

TEST(DetectionTest, LeavesQuotedActionsAloneOutsideCharts) {
  const Parsed parsed("a: \"{{ b }}\"\n");
  EXPECT_EQ(parsed.document().state, DocumentState::kParsed);
  EXPECT_EQ(parsed.Json(), R"({"a":"{{ b }}"})");
}

TEST(DetectionTest, TakesWhatIsNoYamlForATemplate) {
  for (const std::string_view text : {"a: {{ b }}\n", "a: 1\n{{ if b }}\nc: d\n{{ end }}\n"}) {
    EXPECT_EQ(Parsed(std::string(text)).document().state, DocumentState::kTemplate) << text;
  }
}

TEST(DetectionTest, IsPerDocument) {
  const Parsed parsed("a: {{ b }}\n---\nc: \"{{ d }}\"\n---\ne: f\n");
  EXPECT_EQ(parsed.document(0).state, DocumentState::kTemplate);
  EXPECT_EQ(parsed.document(1).state, DocumentState::kParsed);
  EXPECT_EQ(parsed.document(2).state, DocumentState::kParsed);
}

TEST(DetectionTest, DropsDocumentsOfOnlyControlActions) {
  const Parsed parsed("{{ if x }}\n---\na: 1\n---\nb: {{ y }}\n...\n{{ end }}\n", kChart);
  ASSERT_THAT(parsed.stream.documents, SizeIs(2));
  EXPECT_EQ(parsed.Json(0), R"({"a":1})");
}

TEST(DetectionTest, SaysOfTheRestThatItIsNotChecked) {
  const Parsed parsed("a: 1\n---\n{{ b }} c\nd: e\n---\nf: 2\n", kChart);
  EXPECT_EQ(parsed.document(1).state, DocumentState::kBroken);
  EXPECT_EQ(parsed.Diagnostic(),
            "3:1 yaml-template-not-checked a template that is no YAML before it is rendered; not "
            "checked (use --render)");
  EXPECT_THAT(parsed.stream.diagnostics, SizeIs(1));
  EXPECT_EQ(parsed.Json(2), R"({"f":2})");
}

}  // namespace
}  // namespace restorable::yaml
