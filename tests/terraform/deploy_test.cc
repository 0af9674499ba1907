// Every folder testdata/terraform/CASE is a root module; CASE/expected.resources is what it
// creates, with the steps by which values came to their places. RESTORABLE_UPDATE_GOLDEN=1 writes
// it anew.

#include "terraform/deploy.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "diagnostic_ids.h"
#include "value/json.h"

namespace restorable::terraform {
namespace {

namespace fs = std::filesystem;

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A tree of files: on disk below a directory, or in memory.
class FileTree {
 public:
  explicit FileTree(const fs::path& root) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.is_regular_file()) {
        Add(fs::relative(entry.path(), root).generic_string(), ReadText(entry.path()));
      }
    }
  }
  explicit FileTree(const std::map<std::string, std::string>& texts) {
    for (const auto& [path, text] : texts) Add(path, text);
  }

  [[nodiscard]] Files View() const {
    return {.list = [this](std::string_view directory) { return List(directory); },
            .read = [this](std::string_view path) -> const SourceFile* {
              const auto file = files_.find(path);
              return file == files_.end() ? nullptr : file->second.get();
            }};
  }
  [[nodiscard]] std::string Place(Range range) const {
    for (const auto& [path, file] : files_) {
      if (file->id() != range.file) continue;
      const Position at = file->PositionAt(range.begin);
      return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    return "nowhere";
  }

 private:
  void Add(const std::string& path, std::string text) {
    const auto id = static_cast<FileId>(files_.size());
    files_.emplace(path, std::make_unique<SourceFile>(id, path, std::move(text)));
  }
  [[nodiscard]] std::optional<std::vector<std::string>> List(std::string_view directory) const {
    const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
    std::vector<std::string> names;
    for (const auto& [path, file] : files_) {
      if (!path.starts_with(prefix)) continue;
      const std::string name = path.substr(prefix.size());
      if (name.find('/') == std::string::npos) names.push_back(name);
    }
    if (names.empty()) return std::nullopt;
    return names;
  }

  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
};

struct Outcome {
  explicit Outcome(FileTree tree, Inputs inputs = {}, const Limits& limits = {})
      : files(std::move(tree)),
        view(files.View()),
        bounds(limits),
        library(view, bounds),
        deployed(Deploy(inputs, library, arena, origins)) {
    for (Diagnostic& d : library.TakeDiagnostics()) deployed.diagnostics.push_back(std::move(d));
    std::ranges::stable_sort(deployed.diagnostics, {},
                             [](const Diagnostic& d) { return std::pair(d.range, d.kind->id); });
  }

  [[nodiscard]] std::string Describe() const;
  [[nodiscard]] const Instance* Find(std::string_view address) const {
    const auto found = std::ranges::find(deployed.instances, address, &Instance::address);
    return found == deployed.instances.end() ? nullptr : &*found;
  }
  // The value of a top-level entry of an instance's body, as JSON.
  [[nodiscard]] std::string Get(std::string_view address, std::string_view name) const {
    const Instance* const instance = Find(address);
    if (instance == nullptr) return "no instance";
    const Value* const value = instance->body.Find(name);
    return value == nullptr ? "absent" : ToJson(*value);
  }

  FileTree files;
  Files view;
  Limits bounds;
  Library library;
  Arena arena;
  OriginTable origins;
  Deployed deployed;
};

std::string Outcome::Describe() const {
  std::string out;
  for (const Instance& instance : deployed.instances) {
    out.append(instance.address);
    if (instance.kind == Instance::Kind::kModuleCall) out.append(" = ").append(instance.type);
    if (instance.certainty == Certainty::kConditional) out += " (conditional)";
    if (instance.certainty == Certainty::kAnyNumber) out += " (any number)";
    out += " @" + files.Place(instance.name_range) + "\n";
    for (const Note& call : instance.calls)
      out += "  " + call.text + " @" + files.Place(call.range) + "\n";
    for (const MapEntry& entry : instance.body.AsMap()) {
      out += "  " + std::string(entry.key.AsString()) + " = " + ToJson(entry.value) + " @" +
             files.Place(entry.value.range()) + "\n";
      for (const Note& step : origins.Chain(entry.value.via())) {
        out += "    through " + step.text + " @" + files.Place(step.range) + "\n";
      }
    }
  }
  for (const Diagnostic& d : deployed.diagnostics) {
    out += "! " + files.Place(d.range) + " " + std::string(d.kind->id) + " " + Message(d) + "\n";
  }
  return out;
}

fs::path Root() { return fs::path(RESTORABLE_SOURCE_DIR) / "testdata/terraform"; }

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry : fs::directory_iterator(Root())) {
    if (entry.is_directory()) cases.push_back(entry.path().filename().string());
  }
  std::ranges::sort(cases);
  return cases;
}

class DeployGolden : public testing::TestWithParam<std::string> {};

TEST_P(DeployGolden, Resources) {
  const fs::path root = Root() / GetParam();
  const Outcome run{FileTree(root)};
  const std::string actual = run.Describe();
  const fs::path expected = root / "expected.resources";
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadText(expected));
}

INSTANTIATE_TEST_SUITE_P(Testdata, DeployGolden, testing::ValuesIn(Cases()),
                         [](const auto& folder) { return folder.param; });

using Texts = std::map<std::string, std::string>;

TEST(Deploy, SaysThatThereIsNoModule) {
  EXPECT_FALSE(Outcome(FileTree(Texts{{"readme.md", "x"}})).deployed.found);
}

TEST(Deploy, TakesValuesFromTheStrongestSource) {
  const Texts texts = {
      {"main.tf",
       "variable \"a\" { default = 0 }\nvariable \"b\" {}\nvariable \"c\" {}\n"
       "variable \"d\" {}\nvariable \"e\" { type = list(string) }\n"
       "resource \"t\" \"r\" {\n  a = var.a\n  b = var.b\n  c = var.c\n  d = var.d\n"
       "  e = var.e\n}\n"},
      {"terraform.tfvars", "a = 1\nb = 1\nc = 1\nd = 1\n"},
      {"terraform.tfvars.json", R"({"b": 2, "c": 2, "d": 2})"},
      {"x.auto.tfvars", "c = 3\nd = 3\n"},
      {"prod.tfvars", "d = 4\n"},
      {"other.tfvars", "a = 9\n"}};
  const Outcome run(FileTree(texts), {.directory = "",
                                      .environment = {{"a", "env"}},
                                      .given = {{.path = "prod.tfvars", .name = {}, .text = {}},
                                                {.path = {}, .name = "e", .text = "[\"x\"]"}}});
  EXPECT_EQ(run.Get("t.r", "a"), "1");
  EXPECT_EQ(run.Get("t.r", "b"), "2");
  EXPECT_EQ(run.Get("t.r", "c"), "3");
  EXPECT_EQ(run.Get("t.r", "d"), "4");
  EXPECT_EQ(run.Get("t.r", "e"), R"(["x"])");
}

TEST(Deploy, CyclesAreReported) {
  const Outcome run(
      FileTree(Texts{{"main.tf",
                      "locals {\n  a = local.b\n  b = local.a\n}\nresource \"t\" \"r\" {\n"
                      "  x = local.a\n  y = t.s.x\n}\nresource \"t\" \"s\" {\n  x = t.r.y\n}\n"
                      "variable \"v\" { default = 1 }\n"}}));
  EXPECT_THAT(Ids(run.deployed.diagnostics),
              testing::Contains("terraform-cycle").Times(testing::Ge(2)));
  EXPECT_THAT(run.Get("t.r", "x"), testing::HasSubstr("eval-error"));
}

TEST(Deploy, AnErrorInAnUnusedLocalStopsNothing) {
  const Outcome run(FileTree(
      Texts{{"main.tf", "locals {\n  bad = nope()\n}\nresource \"t\" \"r\" {\n  x = 1\n}\n"}}));
  EXPECT_THAT(Ids(run.deployed.diagnostics), testing::IsEmpty());
  EXPECT_EQ(run.Get("t.r", "x"), "1");
}

TEST(Deploy, ModulesThatCallEachOtherEnd) {
  const Outcome run(FileTree(Texts{{"main.tf", "module \"a\" { source = \"./a\" }\n"},
                                   {"a/main.tf", "module \"b\" { source = \"../b\" }\n"},
                                   {"b/main.tf", "module \"a\" { source = \"../a\" }\n"}}));
  EXPECT_THAT(Ids(run.deployed.diagnostics), testing::ElementsAre("terraform-module-depth"));
}

TEST(Deploy, InstancesAreBounded) {
  const Outcome many(
      FileTree(Texts{{"main.tf", "resource \"t\" \"r\" {\n  count = 1e9\n  x = 1\n}\n"}}));
  EXPECT_THAT(Ids(many.deployed.diagnostics), testing::ElementsAre("terraform-limit"));
  ASSERT_EQ(many.deployed.instances.size(), 1U);
  EXPECT_EQ(many.deployed.instances[0].certainty, Certainty::kAnyNumber);

  std::string doubling = "module \"a\" {\n  source = \"./\"\n  count = 2\n}\n";
  const Outcome modules(FileTree(Texts{{"main.tf", doubling}}));
  EXPECT_THAT(Ids(modules.deployed.diagnostics), testing::Contains("terraform-limit"));
}

TEST(Deploy, NullIsNoValueOfAVariableThatIsNotNullable) {
  const Outcome run(FileTree(Texts{
      {"main.tf", "module \"m\" {\n  source = \"./m\"\n  a = null\n  b = null\n  c = null\n}\n"},
      {"m/main.tf",
       "variable \"a\" {\n  nullable = false\n}\n"
       "variable \"b\" {\n  nullable = false\n  default = 1\n}\n"
       "variable \"c\" {\n  default = 1\n}\n"
       "resource \"t\" \"r\" {\n  a = var.a\n  b = var.b\n  c = var.c\n}\n"}}));
  EXPECT_THAT(Ids(run.deployed.diagnostics), testing::Contains("terraform-variable-value"));
  EXPECT_THAT(run.Get("module.m.t.r", "a"), testing::HasSubstr("does not take null"));
  EXPECT_EQ(run.Get("module.m.t.r", "b"), "1");
  EXPECT_EQ(run.Get("module.m.t.r", "c"), "absent");
}

TEST(Deploy, ChoicesBetweenOneAndNoneAreBounded) {
  const auto certainty = [](std::string_view number) {
    const Outcome run(
        FileTree(Texts{{"main.tf", "variable \"open\" {}\nresource \"t\" \"r\" {\n  " +
                                       std::string(number) + "\n}\n"}}));
    return run.deployed.instances.at(0).certainty;
  };
  EXPECT_EQ(certainty("count = var.open ? 1 : 0"), Certainty::kConditional);
  EXPECT_EQ(certainty("for_each = var.open ? toset([\"a\"]) : toset([])"), Certainty::kConditional);
  EXPECT_EQ(certainty("for_each = var.open ? { a = 1 } : {}"), Certainty::kConditional);
  EXPECT_EQ(certainty("count = var.open ? 2 : 0"), Certainty::kAnyNumber);
  EXPECT_EQ(certainty("count = var.open ? 1 : var.open"), Certainty::kAnyNumber);
  EXPECT_EQ(certainty("count = var.open"), Certainty::kAnyNumber);
  EXPECT_EQ(certainty("for_each = var.open"), Certainty::kAnyNumber);
}

TEST(Deploy, LongChainsOfLocalsEnd) {
  std::string text = "locals {\n  a0 = 1\n";
  for (int i = 1; i < 5000; ++i) {
    text += "  a" + std::to_string(i) + " = local.a" + std::to_string(i - 1) + "\n";
  }
  const Outcome run(
      FileTree(Texts{{"main.tf", text + "}\nresource \"t\" \"r\" {\n  x = local.a4999\n}\n"}}));
  EXPECT_THAT(run.Get("t.r", "x"), testing::HasSubstr("limit"));
}

TEST(Deploy, ValuesThatDoubleEnd) {
  std::string text = "locals {\n  a0 = [1]\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "local.a" + std::to_string(i - 1);
    text += "  a" + std::to_string(i) + " = [" + before + ", " + before + "]\n";
  }
  const Outcome run(
      FileTree(Texts{{"main.tf", text + "}\nresource \"t\" \"r\" {\n  x = local.a59\n}\n"}}));
  EXPECT_THAT(run.Get("t.r", "x"), testing::HasSubstr("limit"));
}

TEST(Deploy, FilesOutsideAreNotRead) {
  const Outcome run(FileTree(
      Texts{{"main.tf",
             "resource \"t\" \"r\" {\n  a = file(\"../secret\")\n  b = file(\"/etc/passwd\")\n"
             "  c = file(\"${path.module}/x.txt\")\n}\n"},
            {"x.txt", "text"}}));
  EXPECT_THAT(run.Get("t.r", "a"), testing::HasSubstr("file-missing"));
  EXPECT_THAT(run.Get("t.r", "b"), testing::HasSubstr("file-missing"));
  EXPECT_EQ(run.Get("t.r", "c"), "\"text\"");
}

TEST(Deploy, OutputsOfAModuleDoNotWaitForEachOther) {
  const Outcome run(FileTree(Texts{{"main.tf",
                                    "module \"m\" {\n  source = \"./m\"\n  b = module.m.a\n}\n"
                                    "resource \"t\" \"r\" {\n  x = module.m.c\n}\n"},
                                   {"m/main.tf",
                                    "variable \"b\" {}\noutput \"a\" { value = 1 }\n"
                                    "output \"c\" { value = var.b + 1 }\n"}}));
  EXPECT_THAT(Ids(run.deployed.diagnostics), testing::IsEmpty());
  EXPECT_EQ(run.Get("t.r", "x"), "2");
}

TEST(Deploy, ReadsModulesThatInitHasPutOnDisk) {
  const Outcome run(FileTree(Texts{
      {"main.tf",
       "module \"aks\" {\n  source  = \"Azure/aks/azurerm\"\n  version = \"~> 9\"\n  n = 3\n}\n"},
      {".terraform/modules/modules.json",
       R"({"Modules":[{"Key":"","Source":"","Dir":"."},)"
       R"({"Key":"aks","Source":"registry.terraform.io/Azure/aks/azurerm","Dir":".terraform/modules/aks"}]})"},
      {".terraform/modules/aks/main.tf",
       "variable \"n\" {}\nresource \"t\" \"r\" {\n  n = var.n\n}\n"}}));
  EXPECT_EQ(run.Get("module.aks.t.r", "n"), "3");
}

TEST(Deploy, NamesTheProvidersThatTheRootRequires) {
  const Outcome run(
      FileTree(Texts{{"main.tf",
                      "terraform {\n  required_providers {\n    azurerm = {\n      source = "
                      "\"hashicorp/azurerm\"\n      version = \"~> 4.0\"\n    }\n    azapi = \">= "
                      "2\"\n  }\n}\n"}}));
  ASSERT_EQ(run.deployed.providers.size(), 2U);
  EXPECT_EQ(run.deployed.providers[0].version.AsString(), "~> 4.0");
  EXPECT_EQ(run.deployed.providers[1].version.AsString(), ">= 2");
}

// Its own share of the steps is all that one expression can spend.
TEST(Deploy, WhatIsDearLeavesTheRestToBeRead) {
  std::string text = "locals {\n";
  for (int i = 0; i < 4; ++i) {
    text += "  dear" + std::to_string(i) +
            " = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]\n";
  }
  text += "}\nresource \"t\" \"dear\" {\n";
  for (int i = 0; i < 4; ++i) {
    text += "  x" + std::to_string(i) + " = local.dear" + std::to_string(i) + "\n";
  }
  Limits limits;
  limits.evaluation_steps = 200'000;
  const Outcome run(
      FileTree(
          Texts{{"main.tf", text + "}\nresource \"t\" \"fine\" {\n  x = [for a in [1] : a]\n}\n"}}),
      {}, limits);
  EXPECT_THAT(run.Get("t.dear", "x0"), testing::HasSubstr("limit"));
  EXPECT_THAT(run.Get("t.dear", "x3"), testing::HasSubstr("limit"));
  EXPECT_EQ(run.Get("t.fine", "x"), "[1]");
}

TEST(Deploy, TemplatesDoNotRenderTemplates) {
  const Outcome run(
      FileTree(Texts{{"main.tf", "resource \"t\" \"r\" {\n  x = templatefile(\"t.txt\", {})\n}\n"},
                     {"t.txt", "${templatefile(\"t.txt\", {})}${templatefile(\"t.txt\", {})}"}}));
  EXPECT_THAT(run.Get("t.r", "x"), testing::HasSubstr("within a template"));
}

TEST(Deploy, LongTextsEnd) {
  std::string text = "locals {\n  a0 = \"0123456789abcdef\"\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "${local.a" + std::to_string(i - 1) + "}";
    text += "  a" + std::to_string(i) + " = \"" + before + before + "\"\n";
  }
  text += "  b = formatlist(\"%9999s\", range(1000))\n";
  text += "  c = replace(local.a12, \"/(0.*z|0)/\", local.a12)\n";
  Limits limits;
  limits.evaluation_steps = 200'000;
  const Outcome run(
      FileTree(
          Texts{{"main.tf", text + "}\nresource \"t\" \"r\" {\n  a = local.a59\n  b = local.b\n"
                                   "  c = local.c\n  d = 1\n}\n"}}),
      {}, limits);
  for (const std::string_view name : {"a", "b", "c"}) {
    EXPECT_THAT(run.Get("t.r", name), testing::HasSubstr("limit")) << name;
  }
  EXPECT_EQ(run.Get("t.r", "d"), "1");
}

TEST(Deploy, ListsTheFilesOfOneDirectory) {
  const Outcome run(
      FileTree(Texts{{"main.tf",
                      "resource \"t\" \"r\" {\n  a = fileset(path.module, \"m/*.{yaml,yml}\")\n"
                      "  b = fileset(\"m\", \"[ab]?.yaml\")\n  c = fileset(\".\", \"**/*.yaml\")\n"
                      "  d = fileset(\"..\", \"*\")\n}\n"},
                     {"m/a1.yaml", ""},
                     {"m/b2.yaml", ""},
                     {"m/c.yml", ""},
                     {"m/d.txt", ""}}));
  EXPECT_EQ(run.Get("t.r", "a"), R"(["m/a1.yaml","m/b2.yaml","m/c.yml"])");
  EXPECT_EQ(run.Get("t.r", "b"), R"(["a1.yaml","b2.yaml"])");
  EXPECT_THAT(run.Get("t.r", "c"), testing::HasSubstr("environment"));
  EXPECT_THAT(run.Get("t.r", "d"), testing::HasSubstr("file-missing"));
}

TEST(Deploy, KnowsTheVersionsThatInitHasChosen) {
  const Outcome run(FileTree(Texts{
      {"main.tf",
       "terraform {\n  required_providers {\n    azurerm = {\n      source = "
       "\"hashicorp/azurerm\"\n"
       "      version = \"~> 4.0\"\n    }\n  }\n}\nmodule \"m\" { source = \"./m\" }\n"},
      {"m/main.tf", "terraform {\n  required_providers {\n    azurerm = \">= 4.1\"\n  }\n}\n"},
      {".terraform.lock.hcl",
       "provider \"registry.terraform.io/hashicorp/azurerm\" {\n  version = \"4.14.0\"\n}\n"
       "provider \"registry.terraform.io/hashicorp/random\" {\n  version = \"3.6.3\"\n}\n"}}));
  ASSERT_EQ(run.deployed.providers.size(), 3U);
  EXPECT_EQ(run.deployed.providers[0].locked.AsString(), "4.14.0");
  EXPECT_EQ(run.deployed.providers[1].directory, "m");
  EXPECT_EQ(run.deployed.providers[1].version.AsString(), ">= 4.1");
  EXPECT_EQ(run.deployed.providers[1].locked.AsString(), "4.14.0");
  EXPECT_EQ(run.deployed.providers[2].name, "random");
  EXPECT_TRUE(run.deployed.providers[2].version.IsNull());
}

TEST(Deploy, AnOverrideFileReplacesARequirement) {
  const Outcome run(FileTree(Texts{
      {"main.tf", "terraform {\n  required_providers {\n    azurerm = \"~> 3.0\"\n  }\n}\n"},
      {"override.tf", "terraform {\n  required_providers {\n    azurerm = \"~> 4.0\"\n  }\n}\n"}}));
  ASSERT_EQ(run.deployed.providers.size(), 1U);
  EXPECT_EQ(run.deployed.providers[0].version.AsString(), "~> 4.0");
}

}  // namespace
}  // namespace restorable::terraform
