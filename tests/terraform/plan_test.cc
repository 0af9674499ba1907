// testdata/terraform_plans/NAME.json is what `terraform show -json` prints; NAME.resources is what
// is read of it. RESTORABLE_UPDATE_GOLDEN=1 writes it anew.

#include "terraform/plan.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "base/source.h"
#include "json/parse.h"
#include "value/json.h"

namespace restorable::terraform {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string KindOf(const Instance& instance) {
  return instance.kind == Instance::Kind::kData          ? " (data)"
         : instance.certainty == Certainty::kConditional ? " (conditional)"
                                                         : "";
}

std::string Describe(const SourceFile& file, const Deployed& deployed) {
  const auto place = [&](Range range) {
    return " @" + std::to_string(file.PositionAt(range.begin).line);
  };
  std::string out;
  for (const Instance& instance : deployed.instances) {
    out += std::string(instance.address) + KindOf(instance) + " is " + std::string(instance.type);
    if (!instance.module.empty()) out += " in " + std::string(instance.module);
    out += place(instance.name_range) + "\n";
    if (instance.before) out += "  before: " + ToJson(*instance.before) + "\n";
    for (const MapEntry& entry : instance.body.AsMap()) {
      out += "  " + std::string(entry.key.AsString()) + " = " + ToJson(entry.value) +
             place(entry.value.range()) + "\n";
    }
  }
  for (const Provider& provider : deployed.providers) {
    out += "provider " + std::string(provider.name) + " " + ToJson(provider.source) + " " +
           ToJson(provider.version) + " [" + std::string(provider.directory) + "]\n";
  }
  for (const Diagnostic& d : deployed.diagnostics) {
    out += "!" + place(d.range) + " " + std::string(d.kind->id) + " " + Message(d) + "\n";
  }
  return out;
}

class PlanGolden : public testing::TestWithParam<std::string> {};

TEST_P(PlanGolden, Resources) {
  const std::string stem =
      std::string(RESTORABLE_SOURCE_DIR) + "/testdata/terraform_plans/" + GetParam();
  const SourceFile file(FileId{0}, "plan.json", ReadText(stem + ".json"));
  Arena arena;
  const Limits limits;
  const json::ParseResult parsed = json::Parse(file, arena, limits);
  ASSERT_TRUE(parsed.ok);
  EXPECT_TRUE(IsPlan(parsed.root));
  const std::string actual = Describe(file, ReadPlan(parsed.root, arena, limits));
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(stem + ".resources", std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadText(stem + ".resources"));
}

INSTANTIATE_TEST_SUITE_P(Testdata, PlanGolden, testing::Values("newer", "plan", "state"),
                         [](const auto& name) { return name.param; });

TEST(Plan, IsKnownByItsVersions) {
  const auto is_plan = [](const std::string& text) {
    const SourceFile file(FileId{0}, "x.json", text);
    Arena arena;
    return IsPlan(json::Parse(file, arena, Limits()).root);
  };
  EXPECT_TRUE(is_plan(R"({"format_version": "0.1", "terraform_version": "0.12.0"})"));
  EXPECT_FALSE(is_plan(R"({"format_version": "1.0"})"));
  EXPECT_FALSE(is_plan(R"({"format_version": 1, "terraform_version": "1.9.0"})"));
  EXPECT_FALSE(is_plan("[]"));
}

TEST(Plan, EndsAtTheLimits) {
  std::string text = R"({"format_version": "1.2", "terraform_version": "1.11.4",)"
                     R"("resource_changes": [{"address": "a.b", "change": {"actions": ["update"],)"
                     R"("before": {"x": [)";
  for (int i = 0; i < 100; ++i) text += "1, ";
  text += R"(1]}, "after": {"x": [)";
  for (int i = 0; i < 100; ++i) text += "1, ";
  text += "1]}}}]}";
  const SourceFile file(FileId{0}, "plan.json", text);
  Arena arena;
  Limits limits;
  const json::ParseResult parsed = json::Parse(file, arena, limits);
  limits.document_nodes = 50;
  const Deployed deployed = ReadPlan(parsed.root, arena, limits);
  ASSERT_EQ(deployed.instances.size(), 1U);
  EXPECT_TRUE(deployed.instances[0].body.IsUnknown());
  ASSERT_TRUE(deployed.instances[0].before.has_value());
  EXPECT_TRUE(deployed.instances[0].before->IsUnknown());
  ASSERT_EQ(deployed.diagnostics.size(), 1U);
  EXPECT_EQ(deployed.diagnostics[0].kind->id, "terraform-evaluation");
}

}  // namespace
}  // namespace restorable::terraform
