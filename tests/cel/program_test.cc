#include "cel/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "base/diagnostic.h"
#include "cel/cost.h"
#include "cel/definition.h"
#include "value/json.h"
#include "workbench.h"

namespace restorable::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Program Compiled(const Environment& environment, std::string_view text) {
  CompileResult result = Compile(environment, text, Limits{});
  EXPECT_TRUE(result.program) << text << ": "
                              << (result.diagnostics.empty() ? "" : Message(result.diagnostics[0]));
  return std::move(*result.program);
}

// --- Variables that are programs -----------------------------------------------------------------

class LazyTest : public testing::Test {
 protected:
  std::string Run(const Program& program, Activation& activation) {
    const Value value = program.Evaluate(activation, arena_, budget_);
    return value.IsError() ? "error: " + std::string(value.AsError().message) : ToJson(value);
  }

  Environment environment_;
  Arena arena_;
  Budget budget_{.limit = 1'000'000};
};

TEST_F(LazyTest, AreEvaluatedOnceAndPaidOnce) {
  const SlotId object = environment_.AddVariable("object", {});
  const SlotId sku = environment_.AddVariable("variables.sku", {});
  const Program variable = Compiled(environment_, "object.a.b");
  const Program user = Compiled(environment_, "variables.sku == 'x' || variables.sku == 'y'");
  Activation activation(environment_);
  activation.Set(object, Value::Map(arena_, {}));
  activation.SetLazy(sku, variable);
  EXPECT_EQ(activation.Known(sku), nullptr);
  EXPECT_EQ(Run(user, activation), "error: in `variables.sku`: no such key: `a`");
  ASSERT_NE(activation.Known(sku), nullptr);
  EXPECT_TRUE(activation.Known(sku)->IsError());
  const std::uint64_t once = budget_.used;
  budget_.used = 0;
  EXPECT_EQ(Run(user, activation), "error: in `variables.sku`: no such key: `a`");
  EXPECT_LT(budget_.used, once);
}
TEST_F(LazyTest, UnusedOnesAreNotEvaluated) {
  const SlotId sku = environment_.AddVariable("sku", {});
  const Program variable = Compiled(environment_, "[1][5]");
  const Program user = Compiled(environment_, "true || sku == 1");
  Activation activation(environment_);
  activation.SetLazy(sku, variable);
  EXPECT_EQ(Run(user, activation), "true");
  EXPECT_EQ(activation.Known(sku), nullptr);
}
TEST_F(LazyTest, UnknownsAreKept) {
  const SlotId a = environment_.AddVariable("a", {});
  const SlotId b = environment_.AddVariable("b", {});
  const Program variable = Compiled(environment_, "b.c");
  const Program user = Compiled(environment_, "a && false");
  Activation activation(environment_);
  activation.Set(b, Value::Unknown(arena_, {.reason = UnknownReason::kNoDefault, .what = "var.b"}));
  activation.SetLazy(a, variable);
  EXPECT_EQ(Run(user, activation), "false");
  ASSERT_NE(activation.Known(a), nullptr);
  EXPECT_TRUE(activation.Known(a)->IsUnknown());
}
TEST_F(LazyTest, CyclesAreErrors) {
  const SlotId a = environment_.AddVariable("a", {});
  const SlotId b = environment_.AddVariable("b", {});
  const Program of_a = Compiled(environment_, "b + 1");
  const Program of_b = Compiled(environment_, "a + 1");
  Activation activation(environment_);
  activation.SetLazy(a, of_a);
  activation.SetLazy(b, of_b);
  EXPECT_EQ(Run(Compiled(environment_, "a"), activation),
            "error: in `a`: in `b`: `a` depends on itself");
}
TEST_F(LazyTest, LongChainsOfVariablesEndInAnError) {
  std::vector<Program> programs;
  std::vector<SlotId> slots;
  constexpr int kVariables = 3000;
  for (int i = 0; i < kVariables; ++i) {
    slots.push_back(environment_.AddVariable("v" + std::to_string(i), {}));
  }
  Activation activation(environment_);
  programs.reserve(kVariables);
  for (int i = 0; i + 1 < kVariables; ++i) {
    programs.push_back(Compiled(environment_, "v" + std::to_string(i + 1) + " + 1"));
    activation.SetLazy(slots[static_cast<std::size_t>(i)], programs.back());
  }
  activation.Set(slots.back(), Value::Int(0));
  const Value value =
      Compiled(environment_, "v0 == 1 || true").Evaluate(activation, arena_, budget_);
  ASSERT_TRUE(value.IsError());
  EXPECT_TRUE(value.AsError().absolute);
}
TEST_F(LazyTest, AnUnsetVariableIsAnErrorThatCanBeAbsorbed) {
  environment_.AddVariable("a", {});
  Activation activation(environment_);
  EXPECT_EQ(Run(Compiled(environment_, "a == 1"), activation), "error: unbound variable `a`");
  EXPECT_EQ(Run(Compiled(environment_, "a == 1 || true"), activation), "true");
}

// --- What a program knows of itself --------------------------------------------------------------

TEST(ProgramTest, ReadsNameEachVariableOnce) {
  Environment environment;
  const SlotId a = environment.AddVariable("a", {});
  environment.AddVariable("b", {});
  const SlotId c = environment.AddVariable("c.d", {});
  EXPECT_THAT(Compiled(environment, "c.d + a + a.x + [1].map(b, b)[0]").reads(), ElementsAre(a, c));
  EXPECT_EQ(environment.FindVariable("c.d"), c);
  EXPECT_EQ(environment.VariableName(c), "c.d");
}

Value Answer(CallContext& call) { return Value::Bool(call.host() != nullptr); }
constexpr Builtin kHostRows[] = {
    {"resources.list(string) -> list(dyn)", nullptr, Cost::kOne, Strictness::kStrict, true},
    {"answer() -> bool", Answer, Cost::kOne, Strictness::kStrict, true},
};
struct TestHost : Host {};

TEST(ProgramTest, CallsOfLibraryFunctionsAndTheirLiterals) {
  Environment environment;
  environment.AddLibrary({"host", kHostRows});
  environment.AddVariable("kind", {});
  std::vector<Diagnostic> diagnostics;
  environment.AddDefinition("classes", {}, "resources.list('StorageClass')", diagnostics);
  ASSERT_THAT(diagnostics, IsEmpty());
  const Program program =
      Compiled(environment, "size(classes()) + size(resources.list(kind)) > 0 && answer()");
  ASSERT_EQ(program.calls().size(), 3U);
  EXPECT_EQ(program.calls()[0].function, "resources.list");
  EXPECT_EQ(program.calls()[0].literal, "StorageClass");
  EXPECT_EQ(program.text().substr(program.calls()[0].range.begin, 9), "classes()");
  EXPECT_EQ(program.calls()[1].literal, std::nullopt);
  EXPECT_EQ(program.calls()[2].function, "answer");
}
TEST(ProgramTest, FunctionsOfAHostSeeIt) {
  Environment environment;
  environment.AddLibrary({"host", kHostRows});
  const Program program = Compiled(environment, "answer()");
  TestHost host;
  Activation with(environment, &host);
  Activation without(environment);
  Arena arena;
  Budget budget{.limit = 100};
  EXPECT_TRUE(program.Evaluate(with, arena, budget).IsTrue());
  EXPECT_TRUE(program.Evaluate(without, arena, budget).IsFalse());
}

// Counts how often it is asked, and keeps what `all` gives.
struct CountingHost : Host {
  int asked = 0;
  Arena arena;
  std::optional<Value> kept;

  std::optional<Value> Recall(const Definition& definition, const Evaluate& evaluate) override {
    if (definition.name != "all") return std::nullopt;
    Budget budget{.limit = 100};
    if (!kept) kept = evaluate(arena, budget);
    return kept;
  }
};
Value Ask(CallContext& call) {
  ++static_cast<CountingHost*>(call.host())->asked;
  return call[0];
}
constexpr Builtin kAskRows[] = {{"ask(dyn) -> dyn", Ask, Cost::kOne, Strictness::kStrict, true}};

class KeepingTest : public testing::Test {
 protected:
  KeepingTest() {
    environment_.AddLibrary({"host", kAskRows});
    variable_ = environment_.AddVariable("x", {});
    const std::string parameters[] = {"of"};
    std::vector<Diagnostic> diagnostics;
    environment_.AddDefinition("all", {}, "[1, 2].map(i, ask(i))", diagnostics);
    environment_.AddDefinition("some", {}, "[1, 2].map(i, ask(i))", diagnostics);
    environment_.AddDefinition("deep", parameters, "[1, 2].map(i, ask(of.a + i))", diagnostics);
    EXPECT_THAT(diagnostics, IsEmpty());
  }

  std::string Evaluate(std::string_view text) {
    return ToJson(Compiled(environment_, text).Evaluate(activation_, arena_, budget_));
  }

  Environment environment_;
  SlotId variable_{};
  CountingHost host_;
  Activation activation_{8, &host_};
  Arena arena_;
  Budget budget_{.limit = 1'000};
};

TEST_F(KeepingTest, AHostRecallsDefinitionsWithoutParameters) {
  EXPECT_EQ(Evaluate("all() + all()"), "[1,2,1,2]");
  EXPECT_EQ(host_.asked, 2);
  EXPECT_EQ(Evaluate("some() + some()"), "[1,2,1,2]");
  EXPECT_EQ(host_.asked, 6);
}

TEST_F(KeepingTest, AnActivationRemembersDefinitionsOfOneParameter) {
  const MapEntry one[] = {{Value::String("a"), Value::Int(1)}};
  const Value map = Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(one)));
  activation_.Set(variable_, map);
  EXPECT_EQ(Evaluate("deep(x) + deep(x)"), "[2,3,2,3]");
  EXPECT_EQ(host_.asked, 4);
  activation_.Remember();
  EXPECT_EQ(Evaluate("deep(x) + deep(x)"), "[2,3,2,3]");
  EXPECT_EQ(Evaluate("deep(x)"), "[2,3]");
  EXPECT_EQ(host_.asked, 6);
  // An equal value elsewhere is another one, and all is forgotten with the next call.
  activation_.Set(variable_, Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(one))));
  EXPECT_EQ(Evaluate("deep(x)"), "[2,3]");
  EXPECT_EQ(host_.asked, 8);
  activation_.Remember();
  EXPECT_EQ(Evaluate("deep(x)"), "[2,3]");
  EXPECT_EQ(host_.asked, 10);
}

TEST(ProgramTest, DeclaredFunctionsCannotBeEvaluated) {
  Environment environment;
  environment.AddLibrary({"host", kHostRows});
  Activation activation(environment);
  Arena arena;
  Budget budget{.limit = 100};
  const Value value =
      Compiled(environment, "resources.list('x')").Evaluate(activation, arena, budget);
  ASSERT_TRUE(value.IsError());
  EXPECT_EQ(value.AsError().message, "the function `resources.list` cannot be evaluated here");
}

TEST(ProgramTest, FeaturesTellWhichApiServersUnderstandIt) {
  Workbench cel;
  cel.Declare("object");
  const auto features = [&](std::string_view text) {
    std::string lines;
    const Program program = Compiled(cel.environment(), text);
    for (const Program::Feature& feature : program.features()) {
      lines += std::string(feature.name) + " " + std::to_string(feature.kubernetes_minor) + "\n";
    }
    return lines;
  };
  EXPECT_EQ(features("object.spec.x == 'a' && object.l.all(x, x.matches('a'))"), "");
  EXPECT_EQ(features("object.?spec.orValue({}).size() > 0"), "optional selection 28\norValue 28\n");
  EXPECT_EQ(features("object.all(k, v, v)"), "all 32\n");
  EXPECT_EQ(features("cel.bind(x, 1, x) == 1"), "cel.bind -1\n");
  EXPECT_EQ(features("quantity(object.q).isInteger()"), "quantity 28\nisInteger 28\n");
  EXPECT_EQ(features("math.abs(object.x) == 1"), "math.abs -1\n");
  cel.Define("f", {"x"}, "sets.contains(x, [1])");
  EXPECT_EQ(features("f(object.l)"), "sets.contains 29\n");
}

// --- Definitions ---------------------------------------------------------------------------------

TEST(DefinitionTest, AreCalledLikeFunctions) {
  Workbench cel;
  cel.Define("double_of", {"x"}, "x + x");
  cel.Define("k8s.quad", {"x"}, "double_of(double_of(x))");
  EXPECT_EQ(cel.Run("k8s.quad(3)"), "12");
}
TEST(DefinitionTest, SeeTheirParametersAndTheEnvironmentOnly) {
  Workbench cel;
  cel.Set("global", Value::Int(100));
  cel.Define("f", {"x"}, "x + global");
  EXPECT_EQ(cel.Run("[1].map(global, f(global))"), "[101]");
  std::vector<Diagnostic> diagnostics;
  const std::vector<std::string> parameters = {"x"};
  cel.environment().AddDefinition("g", parameters, "x + missing", diagnostics);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(Message(diagnostics[0]), "undeclared variable `missing`");
  EXPECT_NE(cel.Check("g(1)"), "");
}
TEST(DefinitionTest, ArgumentsAreEvaluatedAtMostOnce) {
  Workbench cel;
  cel.Define("pick", {"c", "a", "b"}, "c ? a + a : b");
  EXPECT_EQ(cel.Run("pick(true, 2, 1 / 0)"), "4");
  cel.Set("s", Value::String("abc"));
  EXPECT_EQ(cel.CostOf("pick(true, s + s, '')"),
            cel.CostOf("cel.bind(a, s + s, true ? a + a : '')") + 1);
}
TEST(DefinitionTest, ErrorsAreToldAtTheCall) {
  Workbench cel;
  cel.Define("first", {"l"}, "l[0]");
  EXPECT_EQ(cel.Run("1 + first([])"),
            "error: in `first`: index 0 is out of range, the list has 0 elements");
  EXPECT_EQ(cel.ErrorText("1 + first([])"), "first([])");
}
TEST(DefinitionTest, TheirTypesAreKnown) {
  Workbench cel;
  cel.Define("claims", {"l"}, "l.map(x, string(x.name))");
  EXPECT_EQ(cel.TypeOf("claims([])"), "list(string)");
  EXPECT_EQ(cel.Check("claims()"),
            "[claims] `claims` does not take 0 arguments; there is `claims(l)`");
  EXPECT_EQ(cel.Check("claim([])"), "[claim] undeclared function `claim`; did you mean `claims`?");
}
TEST(DefinitionTest, NamesAreChecked) {
  Environment environment;
  std::vector<Diagnostic> diagnostics;
  const std::vector<std::string> parameters = {"a.b"};
  environment.AddDefinition("x-y", parameters, "1", diagnostics);
  ASSERT_EQ(diagnostics.size(), 2U);
  EXPECT_EQ(Message(diagnostics[0]), "`x-y` cannot name a function");
  EXPECT_EQ(Message(diagnostics[1]), "`a.b` cannot name a parameter");
}
TEST(DefinitionTest, UnfoldingDoesNotExplode) {
  Workbench cel;
  cel.Define("f0", {"x"}, "x");
  for (int i = 1; i < 60; ++i) {
    const std::string before = "f" + std::to_string(i - 1);
    cel.Define("f" + std::to_string(i), {"x"}, before + "(x) + " + before + "(x)");
  }
  EXPECT_EQ(cel.Run("f10(1)"), "1024");
  // Only the cost of evaluating it is out of bounds.
  EXPECT_THAT(cel.Run("f59(1)"), testing::HasSubstr("costs more than"));
}

// --- Places --------------------------------------------------------------------------------------

class LocateTest : public testing::Test {
 protected:
  LocateTest() {
    const auto key = [](std::string_view text, std::uint32_t at) {
      return Value::String(text).At({FileId{3}, at, at + 1});
    };
    const Value spec =
        cel_.Map({{key("sku", 20), Value::String("x").At({FileId{3}, 21, 22})},
                  {key("list", 30), cel_.List({Value::Int(7).At({FileId{3}, 31, 32})})}});
    cel_.Set("object", cel_.Map({{key("spec", 10), spec}, {key("other", 40), cel_.Unknown("u")}}));
  }

  // "key value complete", as offsets; "nothing" if there is no place.
  std::string Locate(std::string_view text) {
    const CompileResult compiled = Compile(cel_.environment(), text, Limits{});
    Activation activation = cel_.MakeActivation();
    Budget budget{.limit = 1000};
    const auto place = compiled.program->Locate(activation, cel_.arena(), budget);
    if (!place) return "nothing";
    const std::string key = place->key.IsNone() ? "-" : std::to_string(place->key.begin);
    const Range range = place->value.range();
    const std::string value = range.IsNone() ? "-" : std::to_string(range.begin);
    return key + " " + value + (place->complete ? " all" : " part");
  }

  Workbench cel_;
};

TEST_F(LocateTest, AWholePath) { EXPECT_EQ(Locate("object.spec.sku"), "20 21 all"); }
TEST_F(LocateTest, TheLongestPrefixThatIsThere) {
  EXPECT_EQ(Locate("object.spec.zone.name"), "10 - part");
  EXPECT_EQ(Locate("object.spec.sku.x"), "20 21 part");
  EXPECT_EQ(Locate("object.nothing.at.all"), "- - part");
}
TEST_F(LocateTest, Indexes) {
  EXPECT_EQ(Locate("object['spec'].list[0]"), "- 31 all");
  EXPECT_EQ(Locate("object.spec.list[5]"), "30 - part");
  EXPECT_EQ(Locate("object.spec.list['x']"), "30 - part");
}
TEST_F(LocateTest, OptionalSelections) {
  EXPECT_EQ(Locate("object.?spec.?sku"), "20 21 all");
  EXPECT_EQ(Locate("object.?spec[?'none'].x"), "10 - part");
  EXPECT_EQ(Locate("optional.none().a"), "nothing");
}
TEST_F(LocateTest, TheChosenBranch) {
  EXPECT_EQ(Locate("has(object.spec.zone) ? object.spec.zone : object.spec.sku"), "20 21 all");
}
TEST_F(LocateTest, FromOtherExpressions) {
  EXPECT_EQ(Locate("[object].filter(o, true)[0].spec"), "10 - all");
  EXPECT_EQ(Locate("object"), "- - all");
}
TEST_F(LocateTest, NothingToStartFrom) {
  EXPECT_EQ(Locate("object.other"), "40 - all");
  EXPECT_EQ(Locate("object.other.x"), "40 - part");
  EXPECT_EQ(Locate("[object][3].spec"), "- - part");
  EXPECT_EQ(Locate("(1 / 0 == 1 ? object : object).spec"), "nothing");
}

// --- Cost and limits -----------------------------------------------------------------------------

class CostTest : public testing::Test {
 protected:
  CostTest() {
    cel_.Set("s", Value::String("abcdefghijklmnopqrstu"));  // 21 code points
    cel_.Set("t", Value::String("abcdefghijk"));            // 11
    cel_.Set("l", cel_.List({Value::Int(1), Value::Int(2), Value::Int(3)}));
    cel_.Set("m", cel_.Map({{Value::String("k"), Value::Int(1)}}));
    cel_.Set("b", Value::Bool(true));
  }
  std::uint64_t CostOf(std::string_view text) { return cel_.CostOf(text); }

  Workbench cel_;
};

TEST_F(CostTest, LiteralsAreFree) { EXPECT_EQ(CostOf("1"), 0U); }
TEST_F(CostTest, ReadsCostOne) {
  EXPECT_EQ(CostOf("b"), 1U);
  EXPECT_EQ(CostOf("m.k"), 2U);
  EXPECT_EQ(CostOf("m['k']"), 2U);
  EXPECT_EQ(CostOf("l[0]"), 2U);
}
TEST_F(CostTest, PresenceIsFree) { EXPECT_EQ(CostOf("has(m.k)"), 1U); }
TEST_F(CostTest, ContainersCost) {
  EXPECT_EQ(CostOf("[b]"), 11U);
  EXPECT_EQ(CostOf("{'a': b}"), 31U);
  EXPECT_EQ(CostOf("[1, 2]"), 10U);  // though it is computed once for all
}
TEST_F(CostTest, LogicIsFree) {
  EXPECT_EQ(CostOf("b && b"), 2U);
  EXPECT_EQ(CostOf("b ? b : l[0] == 1"), 2U);
}
TEST_F(CostTest, StringsCostByTheirSize) {
  EXPECT_EQ(CostOf("s == t"), 2U + 2U);             // a tenth of the shorter, rounded up
  EXPECT_EQ(CostOf("s + t"), 2U + 4U);              // a tenth of both
  EXPECT_EQ(CostOf("s.startsWith('a')"), 1U + 3U);  // a tenth of the receiver
  EXPECT_EQ(CostOf("s.contains(t)"), 2U + 3U * 2U);
  EXPECT_EQ(CostOf("s.matches('[a-z]+')"), 1U + 3U * 2U);
  EXPECT_EQ(CostOf("s.replace('a', 'b')"), 1U + 5U);
}
TEST_F(CostTest, ListsCostByTheirLength) {
  EXPECT_EQ(CostOf("2 in l"), 1U + 3U);
  EXPECT_EQ(CostOf("l.sum()"), 1U + 3U);
  EXPECT_EQ(CostOf("sets.contains(l, l)"), 2U + 9U);
}
TEST_F(CostTest, EachRoundOfAMacroCosts) {
  EXPECT_EQ(CostOf("l.all(x, true)"), 1U + 3U * RoundCost(Macro::kAll));
  EXPECT_EQ(CostOf("l.map(x, x)"), 1U + 3U * (RoundCost(Macro::kMap) + 1U));
}

TEST(LimitTest, CostCannotBeAbsorbed) {
  Environment environment;
  const SlotId list = environment.AddVariable("l", {});
  Arena arena;
  std::vector<Value> items(1000, Value::Int(1));
  for (const std::string_view text :
       {"l.all(x, x == 1) || true", "true ? l.exists(x, x == 2) : true", "l.map(x, x) == l || true",
        "cel.bind(y, l.filter(x, true), y == l || true)", "l.exists_one(x, x == 2) || true"}) {
    Activation activation(environment);
    activation.Set(list, Value::List(items));
    Budget budget{.limit = 500};
    const Value value = Compiled(environment, text).Evaluate(activation, arena, budget);
    ASSERT_TRUE(value.IsError()) << text;
    EXPECT_TRUE(value.AsError().absolute);
    EXPECT_EQ(value.AsError().message, "the evaluation costs more than 500 units");
  }
}
TEST(LimitTest, AnExhaustedVariableMayBeTriedAgain) {
  Environment environment;
  const SlotId a = environment.AddVariable("a", {});
  const Program variable = Compiled(environment, "[1, 2, 3].map(x, x)");
  const Program user = Compiled(environment, "a[0]");
  Activation activation(environment);
  activation.SetLazy(a, variable);
  Arena arena;
  Budget small{.limit = 5};
  EXPECT_TRUE(user.Evaluate(activation, arena, small).IsError());
  Budget large{.limit = 1000};
  EXPECT_EQ(ToJson(user.Evaluate(activation, arena, large)), "1");
}
TEST(LimitTest, DeadlinesAreLookedAtInLoops) {
  Environment environment;
  const SlotId list = environment.AddVariable("l", {});
  Arena arena;
  std::vector<Value> items(1000, Value::Int(1));
  Activation activation(environment);
  activation.Set(list, Value::List(items));
  Budget budget{.limit = 1'000'000};
  budget.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const Value value =
      Compiled(environment, "l.all(x, true) || true").Evaluate(activation, arena, budget);
  ASSERT_TRUE(value.IsError());
  EXPECT_EQ(value.AsError().message, "the evaluation took too long");
}
TEST(LimitTest, MemoryIsBounded) {
  Environment environment;
  const SlotId list = environment.AddVariable("l", {});
  Arena arena;
  std::vector<Value> items(1000, Value::Int(1));
  Activation activation(environment);
  activation.Set(list, Value::List(items));
  std::string text = "l";
  for (int i = 0; i < 30; ++i) text = "cel.bind(x, " + text + ", x + x)";
  Budget budget{.limit = 1'000'000, .memory_bytes = std::size_t{4} << 20};
  const Value value = Compiled(environment, text).Evaluate(activation, arena, budget);
  ASSERT_TRUE(value.IsError());
  EXPECT_TRUE(value.AsError().absolute);
  EXPECT_LT(arena.reserved_bytes(), std::size_t{64} << 20);
}

}  // namespace
}  // namespace restorable::cel
