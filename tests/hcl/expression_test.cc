// What each form of expression becomes: one row a fact of the language.

#include <ostream>

#include "reading.h"

namespace restorable::hcl {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view tree;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

class Expression : public testing::TestWithParam<Row> {};

TEST_P(Expression, IsReadAs) {
  const Reading reading = ReadExpression(std::string(GetParam().text));
  EXPECT_EQ(reading.tree, GetParam().tree);
  EXPECT_THAT(reading.diagnostics, testing::IsEmpty());
}

constexpr Row kLiterals[] = {
    {"whole_number", "42", "42"},
    {"leading_zeros", "007", "7"},
    {"fraction", "1.50", "1.5"},
    {"exponent", "1e3", "1000"},
    {"exponent_with_sign", "25E-1", "2.5"},
    {"largest_int", "9223372036854775807", "9223372036854775807"},
    {"beyond_64_bits", "18446744073709551616", "1.8446744073709552e+19"},
    {"too_large", "10000000000000000000000001",
     R"({"$unknown":"limit a number of that many digits"})"},
    {"bools", "[true, false]", "tuple(true, false)"},
    {"null", "null", "null"},
    {"empty_string", R"("")", R"("")"},
    {"escapes", R"("\n\r\t\"\\")", R"("\n\r\t\"\\")"},
    {"unicode_escapes", R"("\u00e9\U0001F600")", "\"é😀\""},
    {"lone_marks", R"("a $ b % c $5 100%")", R"("a $ b % c $5 100%")"},
    {"escaped_marks", R"("$${a} %%{b}")", R"("${a} %{b}")"},
    {"three_marks", R"("$$${a}")", R"("$${a}")"},
};

constexpr Row kReferences[] = {
    {"variable", "x", "variable x"},
    {"dash_in_name", "local.a-b - 1", "binary -(attribute a-b(variable local), 1)"},
    {"dash_at_end", "a-", "variable a-"},
    {"unicode_name", "größe", "variable größe"},
    {"keyword_as_name", "for.if.in", "attribute in(attribute if(variable for))"},
    {"keyword_as_attribute", "a.true.null", "attribute null(attribute true(variable a))"},
    {"index", "a[0]", "index(variable a, key: 0)"},
    {"index_by_name", R"(a["k"].b)", R"(attribute b(index(variable a, key: "k")))"},
    {"index_over_lines", "a[\n0\n]", "index(variable a, key: 0)"},
    {"legacy_index", "a.0.b", "attribute b(legacy index(variable a, key: 0))"},
    {"splat", "a[*].b[0]", "splat [*](variable a, each: index(attribute b(item), key: 0))"},
    {"attribute_splat", "a.*.b[0]", "index(splat .*(variable a, each: attribute b(item)), key: 0)"},
    {"attribute_splat_legacy", "a.*.b.0",
     "splat .*(variable a, each: legacy index(attribute b(item), key: 0))"},
    {"splat_in_splat", "a[*].b[*].c",
     "splat [*](variable a, each: splat [*](attribute b(item), each: attribute c(item)))"},
    {"splat_alone", "a[*]", "splat [*](variable a, each: item)"},
    {"of_parenthesis", "(a).b", "attribute b(variable a)"},
    {"of_call", "f().b[0]", "index(attribute b(call f), key: 0)"},
};

constexpr Row kOperators[] = {
    {"multiplication_first", "1 + 2 * 3", "binary +(1, binary *(2, 3))"},
    {"left_to_right", "1 - 2 - 3", "binary -(binary -(1, 2), 3)"},
    {"parentheses", "(1 + 2) * 3", "binary *(binary +(1, 2), 3)"},
    {"comparison_before_equality", "a < b == c",
     "binary ==(binary <(variable a, variable b), variable c)"},
    {"and_before_or", "a || b && c", "binary ||(variable a, binary &&(variable b, variable c))"},
    {"equality_before_and", "a == 1 && b != 2",
     "binary &&(binary ==(variable a, 1), binary !=(variable b, 2))"},
    {"remainder", "7 % 3", "binary %(7, 3)"},
    {"not_binds_tightest", "!a == b", "binary ==(unary !(variable a), variable b)"},
    {"minus_takes_the_traversal", "-a.b", "unary -(attribute b(variable a))"},
    {"double_negation", "!!a", "unary !(unary !(variable a))"},
    {"conditional", "a ? b : c", "conditional(if: variable a, then: variable b, else: variable c)"},
    {"conditional_nests_to_the_right", "a ? 1 : b ? 2 : 3",
     "conditional(if: variable a, then: 1, else: conditional(if: variable b, then: 2, else: 3))"},
    {"conditional_over_lines", "(a ?\n b\n : c)",
     "conditional(if: variable a, then: variable b, else: variable c)"},
    {"all_comparisons", "[a<b, a<=b, a>b, a>=b]",
     "tuple(binary <(variable a, variable b), binary <=(variable a, variable b), "
     "binary >(variable a, variable b), binary >=(variable a, variable b))"},
};

constexpr Row kCollections[] = {
    {"empty_tuple", "[]", "tuple"},
    {"trailing_comma", "[1, 2,]", "tuple(1, 2)"},
    {"tuple_over_lines", "[\n1,\n\n2\n]", "tuple(1, 2)"},
    {"empty_object", "{}", "object"},
    {"equals_and_colon", "{a = 1, b : 2}", R"(object(key: "a", value: 1, key: "b", value: 2))"},
    {"lines_separate", "{\na = 1\nb = 2\n}", R"(object(key: "a", value: 1, key: "b", value: 2))"},
    {"comma_and_line", "{a = 1,\nb = 2,\n}", R"(object(key: "a", value: 1, key: "b", value: 2))"},
    {"word_is_a_string", "{true = 1, null = 2, if = 3}",
     R"(object(key: "true", value: 1, key: "null", value: 2, key: "if", value: 3))"},
    {"quoted_key", R"({"a b" = 1})", R"(object(key: "a b", value: 1))"},
    {"template_key", R"({"a-${b}" = 1})", R"(object(key: template("a-", variable b), value: 1))"},
    {"expression_key", "{(a.b) = 1}", "object(key: attribute b(variable a), value: 1)"},
    {"number_key", "{1 = 2}", "object(key: 1, value: 2)"},
    {"provider_key", "{azurerm.west = a}",
     "object(key: reference key(attribute west(variable azurerm)), value: variable a)"},
};

constexpr Row kCalls[] = {
    {"no_arguments", "f()", "call f"},
    {"trailing_comma", "f(1, 2,)", "call f(1, 2)"},
    {"over_lines", "f(\n1,\n2\n)", "call f(1, 2)"},
    {"expanded", "f(1, xs...)", "call f ...(1, variable xs)"},
    {"namespaced", "provider::x::f(1)", "call provider::x::f(1)"},
    {"in_each_other", "f(g(h()))", "call f(call g(call h))"},
};

constexpr Row kFors[] = {
    {"tuple", "[for v in xs : v]", "for v(in: variable xs, value: variable v)"},
    {"tuple_with_key", "[for k, v in xs : k]", "for k, v(in: variable xs, value: variable k)"},
    {"condition", "[for v in xs : v if v != null]",
     "for v(in: variable xs, value: variable v, if: binary !=(variable v, null))"},
    {"object", "{for k, v in xs : k => v}",
     "for k, v(in: variable xs, key: variable k, value: variable v)"},
    {"grouped", "{for v in xs : v.a => v... if v.b}",
     "for v ...(in: variable xs, key: attribute a(variable v), value: variable v, "
     "if: attribute b(variable v))"},
    {"over_lines", "{\n  for k, v in xs :\n  k => v\n}",
     "for k, v(in: variable xs, key: variable k, value: variable v)"},
    {"keywords_as_names", "[for in in for : in]", "for in(in: variable for, value: variable in)"},
    {"reference_root_as_name", "[for var in xs : var.a]",
     "for var(in: variable xs, value: attribute a(variable var))"},
};

constexpr Row kTemplates[] = {
    {"text_and_value", R"("a ${b} c")", R"(template("a ", variable b, " c"))"},
    {"value_alone", R"("${a}")", "wrap(variable a)"},
    {"two_values", R"("${a}${b}")", "template(variable a, variable b)"},
    {"quotes_in_quotes", R"("${f("x ${y}")}")", R"(wrap(call f(template("x ", variable y))))"},
    {"braces_in_code", R"("${{a = 1}.a}")", R"(wrap(attribute a(object(key: "a", value: 1))))"},
    {"lines_in_code", "\"${\n a\n}\"", "wrap(variable a)"},
    {"trimmed", R"("a  ${~ b ~}  c")", R"(template("a", variable b, "c"))"},
    {"trimmed_to_nothing", R"("  ${~ b ~}  ")", "template(variable b)"},
    {"if", R"(":%{ if a }yes%{ endif }")",
     R"(template(":", template if(if: variable a, then: "yes", else: "")))"},
    {"if_else", R"("%{ if a }yes%{ else }no%{ endif }")",
     R"(template(template if(if: variable a, then: "yes", else: "no")))"},
    {"if_number", R"("%{ if a }${1}%{ endif }")",
     R"(template(template if(if: variable a, then: template(1), else: "")))"},
    {"for", R"("%{ for v in xs }${v},%{ endfor }")",
     R"(template(template for v(in: variable xs, each: template(variable v, ","))))"},
    {"for_with_key", R"("%{ for k, v in xs }${k}%{ endfor }")",
     R"(template(template for k, v(in: variable xs, each: template(variable k))))"},
    {"directive_in_directive", R"("%{ for v in xs }%{ if v }a%{ endif }%{ endfor }")",
     R"(template(template for v(in: variable xs, each: template(template if(if: variable v, )"
     R"(then: "a", else: "")))))"},
    {"trimmed_directive", R"("a %{~ if b ~} c %{~ endif ~} d")",
     R"(template("a", template if(if: variable b, then: "c", else: ""), "d"))"},
};

constexpr Row kHeredocs[] = {
    {"plain", "<<EOT\na\n  b\nEOT\n", R"("a\n  b\n")"},
    {"empty", "<<EOT\nEOT\n", R"("")"},
    {"indented_marker_strips_nothing", "<<EOT\n  a\n  EOT\n", R"("  a\n")"},
    {"flush", "<<-EOT\n    a\n      b\n    EOT\n", R"("a\n  b\n")"},
    {"flush_ignores_empty_lines", "<<-EOT\n    a\n\n    b\n  EOT\n", R"("a\n\nb\n")"},
    {"flush_with_value_first", "<<-EOT\n  ${a}\n    b\n  EOT\n",
     R"(template(variable a, "\n  b\n"))"},
    {"flush_after_trim", "<<-EOT\n    a\n    %{~ if b }\n    c\n    %{ endif }\n  EOT\n",
     R"(template("    a\n", template if(if: variable b, then: "\n    c\n    ", else: ""), "\n"))"},
    {"no_escapes", "<<EOT\na\\n\"b\"\nEOT\n", R"("a\\n\"b\"\n")"},
    {"escaped_marks", "<<EOT\n$${a} %%{b}\nEOT\n", R"("${a} %{b}\n")"},
    {"value_is_text", "<<EOT\n${a}\nEOT\n", R"(template(variable a, "\n"))"},
    {"trim_eats_one_line_end", "<<EOT\n${a ~}\n  b\nEOT\n", R"(template(variable a, "  b\n"))"},
    {"marker_within_text", "<<EOT\nEOT a\nxEOT\nEOT\n", R"("EOT a\nxEOT\n")"},
    {"carriage_returns_stay", "<<EOT\r\n x\r\n  y\r\nEOT\r\n", R"(" x\r\n  y\r\n")"},
    {"in_call", "f(<<A\nx\nA\n, 1)", R"(call f("x\n", 1))"},
    {"in_list", "[<<A\nx\nA\n, <<B\ny\nB\n]", R"(tuple("x\n", "y\n"))"},
    {"in_template", "\"${<<A\nx\nA\n}\"", R"(wrap("x\n"))"},
    {"dash_in_marker", "<<-END-OF\na\nEND-OF\n", R"("a\n")"},
    {"at_end_of_text", "<<EOT\na\nEOT", R"("a\n")"},
};

std::string NameOf(const testing::TestParamInfo<Row>& info) { return std::string(info.param.name); }

INSTANTIATE_TEST_SUITE_P(Literals, Expression, testing::ValuesIn(kLiterals), NameOf);
INSTANTIATE_TEST_SUITE_P(References, Expression, testing::ValuesIn(kReferences), NameOf);
INSTANTIATE_TEST_SUITE_P(Operators, Expression, testing::ValuesIn(kOperators), NameOf);
INSTANTIATE_TEST_SUITE_P(Collections, Expression, testing::ValuesIn(kCollections), NameOf);
INSTANTIATE_TEST_SUITE_P(Calls, Expression, testing::ValuesIn(kCalls), NameOf);
INSTANTIATE_TEST_SUITE_P(Fors, Expression, testing::ValuesIn(kFors), NameOf);
INSTANTIATE_TEST_SUITE_P(Templates, Expression, testing::ValuesIn(kTemplates), NameOf);
INSTANTIATE_TEST_SUITE_P(Heredocs, Expression, testing::ValuesIn(kHeredocs), NameOf);

}  // namespace
}  // namespace restorable::hcl
