#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "deployment.h"

namespace restorable::bicep {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Texts = std::map<std::string, std::string>;

std::vector<std::string> Messages(const std::string& text) {
  return Outcome(Texts{{"main.bicep", text}}).Messages();
}

TEST(Translate, EndsAChainOfSafeMembersAtItsParentheses) {
  const std::string declarations = "param a object?\nvar b = { c: null }";
  EXPECT_EQ(Evaluated("a.?b.c.d ?? 1", declarations), "1");
  EXPECT_EQ(Evaluated("(b.?x.y) ?? 2", declarations), "2");
  EXPECT_THAT(Evaluated("(b.?x).y ?? 3", declarations), HasSubstr("eval-error"));
}

TEST(Translate, TurnsValuesToTextAsBicepDoes) {
  EXPECT_EQ(Evaluated("'${true}-${1}-${'x'}'"), R"("True-1-x")");
  EXPECT_EQ(Evaluated("$$'''\n${a} $${1 + 1}'''"), R"("${a} 2")");
  EXPECT_EQ(Evaluated("'[resourceGroup().id]'"), R"("[resourceGroup().id]")");
}

TEST(Translate, KnowsOperatorsAndTheirOrder) {
  EXPECT_EQ(Evaluated("1 + 2 * 3 - 7 / 2 % 2"), "6");
  EXPECT_EQ(Evaluated("-2 < 1 == true && 'a' =~ 'A' ? [1][^1] : 2"), "1");
  EXPECT_EQ(Evaluated("{ a: 1, ...{ a: 2, b: [...[1], 2] } }"), R"({"a":2,"b":[1,2]})");
  EXPECT_EQ(Evaluated("{ '${'k'}': 1 }"), R"({"k":1})");
}

TEST(Translate, ResolvesTheNearestName) {
  EXPECT_EQ(Evaluated("map([1, 2], x => map([x], x => x + 1))", "var x = 'outer'"), "[[2],[3]]");
  EXPECT_EQ(Evaluated("sys.concat('a', az.subscription().id == '' ? 'b' : 'b')"), R"("ab")");
  EXPECT_EQ(Evaluated("f(2)", "var a = 'outer'\nfunc f(a int) int => a * 2"), "4");
  EXPECT_EQ(Evaluated("concat(concat, 'b')", "var concat = 'a'"), R"("ab")");
}

TEST(Translate, ReportsNamesThatAreNotThere) {
  EXPECT_THAT(Messages("var location = 1\noutput a int = locaton"),
              ElementsAre("main.bicep:2:16 bicep-unknown-name there is no `locaton` here; did you "
                          "mean `location`?"));
  EXPECT_THAT(
      Messages("var a = 1\nparam a int"),
      ElementsAre("main.bicep:2:7 bicep-duplicate-name `a` is declared twice in this file"));
  EXPECT_THAT(Messages("targetScope = 'group'"),
              ElementsAre(HasSubstr("main.bicep:1:15 bicep-target-scope `group` is no scope")));
  EXPECT_THAT(Messages("resource r 'A.B/c' = {\n  name: 'n'\n}"),
              ElementsAre(HasSubstr("main.bicep:1:12 bicep-resource-type")));
  // Outputs have names of their own, and so have metadata.
  EXPECT_THAT(Messages("param a int = 1\nmetadata a = 'x'\noutput a int = a"), IsEmpty());
}

TEST(Translate, ReportsNoNamesWhereTheSyntaxIsNotComplete) {
  EXPECT_THAT(Messages("param wrong strnig = = 1\nvar a = unknown"),
              ElementsAre(HasSubstr("bicep-expected-expression")));
}

TEST(Translate, GivesParametersTheirTypes) {
  const auto output = [](const std::string& declarations, const std::string& value) {
    return Evaluated(value, declarations);
  };
  EXPECT_EQ(output("param p string?", "p ?? 'none'"), R"("none")");
  EXPECT_EQ(output("type t = string?\nparam p t", "p ?? 'none'"), R"("none")");
  EXPECT_EQ(output("type t = { a: int? }\nparam p t.a", "p ?? 1"), "1");
  EXPECT_EQ(output("param p late.a\ntype late = { a: int? }", "p ?? 1"), "1");
  EXPECT_EQ(output("type t = u.a\ntype u = { a: v }\ntype v = int?\nparam p t", "p ?? 1"), "1");
  EXPECT_EQ(output("param p 'a' | null", "p ?? 'b'"), R"("b")");
  EXPECT_EQ(output("@secure()\nparam p string = 'x'", "p"), "\"(sensitive)\"");
  EXPECT_THAT(output("param p resourceInput<'A.B/c@1'>", "p"), HasSubstr("no-default"));
  EXPECT_THAT(output("type t = t.a\ntype u = { a: u.a }\nparam p t\nparam q u", "[p, q]"),
              HasSubstr("no-default"));
}

TEST(Translate, TakesResourcesOfExtensionsForTheirs) {
  const Outcome run(Texts{{"main.bicep",
                           "extension kubernetes with { kubeConfig: '' } as k8s\n"
                           "extension microsoftGraphV1\n"
                           "resource claim 'core/PersistentVolumeClaim@v1' = {\n"
                           "  metadata: { name: 'data' }\n}\n"
                           "resource group 'Microsoft.Graph/groups@v1.0' = {\n"
                           "  uniqueName: 'g'\n}\n"
                           "resource named 'k8s:core/Secret@v1' = {\n"
                           "  metadata: { name: 's' }\n}\n"
                           "resource disk 'Microsoft.Compute/disks@2024-03-02' = {\n"
                           "  name: 'd'\n}\n"}});
  std::vector<std::string_view> extensions;
  for (const arm::Instance& instance : run.deployed.instances) {
    extensions.push_back(instance.extension);
  }
  EXPECT_THAT(extensions, ElementsAre("k8s", "microsoftGraphV1", "k8s", ""));
  EXPECT_THAT(run.Messages(), IsEmpty());
}

TEST(Translate, LeavesOpenWhatIsNotOnDisk) {
  const std::string import =
      "import { a } from 'br/public:common:1'\n"
      "import * as b from 'br/public:common:1'\n"
      "param p b.type?\n";
  EXPECT_EQ(Evaluated("[a, b.c, a(), b.d(), p]", import),
            R"([{"$unknown":"module-not-on-disk import a"},)"
            R"({"$unknown":"module-not-on-disk import b"},)"
            R"({"$unknown":"module-not-on-disk import a"},)"
            R"({"$unknown":"module-not-on-disk import b"},null])");
  EXPECT_THAT(Evaluated("a", "import { a } from 'none.bicep'"),
              HasSubstr("bicep-file-missing `none.bicep` is not among the files"));
}

TEST(Translate, ReportsWhatAFileDoesNotExport) {
  EXPECT_THAT(
      Outcome(Texts{{"main.bicep", "import { a } from 'b.bicep'"}, {"b.bicep", ""}}).Messages(),
      ElementsAre("main.bicep:1:10 bicep-not-exported `b.bicep` exports no `a`"));
}

TEST(Translate, BoundsTheDepthOfImports) {
  Texts texts{{"main.bicep", "import { v } from 'f0.bicep'\noutput value object = v"}};
  for (int i = 0; i < 200; ++i) {
    texts["f" + std::to_string(i) + ".bicep"] =
        "import { v as w } from 'f" + std::to_string(i + 1) + ".bicep'\nvar v = w";
  }
  EXPECT_THAT(Outcome(texts).Output("value"), HasSubstr("$unknown"));
}

TEST(Translate, BoundsTheDepthOfExpressions) {
  const std::string open(5000, '(');
  const std::string close(5000, ')');
  EXPECT_THAT(Messages("var a = " + open + "1" + close),
              ElementsAre(HasSubstr("bicep-too-deep more than 250 expressions")));
  std::string chain = "var a = b";
  for (int i = 0; i < 5000; ++i) chain += ".c";
  EXPECT_THAT(Messages(chain), ElementsAre(HasSubstr("bicep-too-deep")));
  std::string type = "type a = b";
  for (int i = 0; i < 5000; ++i) type += "[]";
  EXPECT_THAT(Messages(type), ElementsAre(HasSubstr("bicep-too-deep more than 250 types")));
  std::string holes;
  for (int i = 0; i < 5000; ++i) holes += "'${";
  EXPECT_THAT(Messages("var a = " + holes), testing::Not(IsEmpty()));
}

TEST(Translate, ReadsAParameterFileWithoutATemplate) {
  const Outcome run(
      Texts{{"main.bicep", "param a int\noutput value int = a"},
            {"main.bicepparam", "using none\nvar b = 1\nparam a = b + c\nparam c = 2"}});
  EXPECT_THAT(run.Output("value"), "3");
}

}  // namespace
}  // namespace restorable::bicep
