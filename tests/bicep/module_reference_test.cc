#include "bicep/module_reference.h"

#include <gtest/gtest.h>

namespace restorable::bicep {
namespace {

using Kind = ModuleReference::Kind;

Configuration WithAliases() {
  Configuration configuration;
  configuration.registries["mcr"] = {"mcr.microsoft.com", "bicep"};
  configuration.registries["own"] = {"contoso.azurecr.io", ""};
  configuration.template_specs["specs"] = {"sub", "Group"};
  return configuration;
}

TEST(ModuleReference, WritesEachModuleInOneWay) {
  struct Row {
    std::string_view written;
    Kind kind;
    std::string_view text;
  };
  constexpr Row kRows[] = {
      {"./net/main.bicep", Kind::kFile, "./net/main.bicep"},
      {"br/public:avm/res/x:1.0", Kind::kRegistry, "br/public:avm/res/x:1.0"},
      {"br:mcr.microsoft.com/bicep/avm/res/x:1.0", Kind::kRegistry, "br/public:avm/res/x:1.0"},
      {"br/mcr:avm/res/x:1.0", Kind::kRegistry, "br/public:avm/res/x:1.0"},
      {"br/own:net:v1", Kind::kRegistry, "br:contoso.azurecr.io/net:v1"},
      {"br/none:net:v1", Kind::kUnknownAlias, "br/none:net:v1"},
      {"ts:sub/group/name:1", Kind::kTemplateSpec, "ts:sub/group/name:1"},
      {"ts/specs:name:1", Kind::kTemplateSpec, "ts:sub/Group/name:1"},
      {"ts/none:name:1", Kind::kUnknownAlias, "ts/none:name:1"},
      {"branch/main.bicep", Kind::kFile, "branch/main.bicep"},
  };
  for (const Row& row : kRows) {
    const ModuleReference reference = ReadReference(row.written, WithAliases());
    EXPECT_EQ(reference.kind, row.kind) << row.written;
    EXPECT_EQ(reference.text, row.text) << row.written;
  }
}

TEST(ModuleReference, FindsTheCacheOfTheCompiler) {
  EXPECT_EQ(CachedPath("br/public:avm/res/x:1.0"),
            "br/mcr.microsoft.com/bicep$avm$res$x/1.0$/main.json");
  EXPECT_EQ(CachedPath("br:Localhost:5000/a:v2"), "br/localhost$5000/a/v2$/main.json");
  EXPECT_EQ(CachedPath("br:r.io/a:Beta1RC"), "br/r.io/a/Beta1RC$61/main.json");
  EXPECT_EQ(CachedPath("br:r.io/a@sha256:0f"), "br/r.io/a/sha256#0f/main.json");
  EXPECT_EQ(CachedPath("ts:Sub/Group/Name:V1"), "ts/sub/group/name/v1/main.json");
  EXPECT_EQ(CachedPath("br:r.io/a"), std::nullopt);
  EXPECT_EQ(CachedPath("br:nothing"), std::nullopt);
  EXPECT_EQ(CachedPath("ts:sub/group/name"), std::nullopt);
  EXPECT_EQ(CachedPath("./a.bicep"), std::nullopt);
}

}  // namespace
}  // namespace restorable::bicep
