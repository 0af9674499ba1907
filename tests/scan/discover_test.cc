#include "scan/discover.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "diagnostic_ids.h"
#include "temporary_tree.h"

namespace restorable::scan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DiscoverTest : public testing::Test {
 protected:
  Discovery Find(std::initializer_list<std::string_view> names) {
    Options options;
    for (const std::string_view name : names) options.paths.push_back(tree_.path(name));
    return Discover(options);
  }

  // The paths of the files with the tree's own path cut off, those for reference in brackets.
  std::vector<std::string> Names(const Discovery& discovery) {
    std::vector<std::string> names;
    for (const InputFile& file : discovery.files) {
      const std::string name = file.system_path.substr(tree_.path().size() + 1);
      names.push_back(file.reported ? name : "[" + name + "]");
    }
    return names;
  }

  TemporaryTree tree_;
};

TEST_F(DiscoverTest, FindsYamlAndJsonInOrder) {
  tree_.Write("b/two.yml", "");
  tree_.Write("a.yaml", "");
  tree_.Write("b/one.json", "");
  tree_.Write("b/readme.md", "");
  tree_.Write("yaml", "");
  EXPECT_THAT(Names(Find({""})), ElementsAre("a.yaml", "b/one.json", "b/two.yml"));
}

TEST_F(DiscoverTest, LeavesOutWhatToolsKeepInATree) {
  tree_.Write(".git/config.yaml", "");
  tree_.Write("node_modules/x/a.yaml", "");
  tree_.Write(".terraform/modules/a.json", "");
  tree_.Write(".vscode/settings.json", "");
  tree_.Write(".github/workflows/ci.yaml", "");
  EXPECT_THAT(Names(Find({""})), ElementsAre(".github/workflows/ci.yaml"));
}

TEST_F(DiscoverTest, TakesEachFileOnceHoweverOftenItIsNamed) {
  tree_.Write("a.yaml", "");
  EXPECT_THAT(Names(Find({"", "a.yaml", "./a.yaml"})), ElementsAre("a.yaml"));
}

TEST_F(DiscoverTest, BringsTheTreeOfAFileAlongForReference) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("apps/claim.yaml", "");
  tree_.Write("storage/class.yaml", "");
  const Discovery found = Find({"apps/claim.yaml"});
  EXPECT_THAT(Names(found), ElementsAre("apps/claim.yaml", "[storage/class.yaml]"));
  EXPECT_EQ(found.files[0].deployment, found.files[1].deployment);
}

TEST_F(DiscoverTest, StopsAtTheChartOfAFile) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("chart/Chart.yaml", "");
  tree_.Write("chart/templates/claim.yaml", "");
  tree_.Write("chart/templates/class.yaml", "");
  tree_.Write("other/class.yaml", "");
  EXPECT_THAT(Names(Find({"chart/templates/claim.yaml"})),
              ElementsAre("[chart/Chart.yaml]", "chart/templates/claim.yaml",
                          "[chart/templates/class.yaml]"));
}

TEST_F(DiscoverTest, KeepsChartsApartFromTheRest) {
  tree_.Write("plain.yaml", "");
  tree_.Write("one/Chart.yaml", "");
  tree_.Write("one/templates/a.yaml", "");
  tree_.Write("one/charts/sub/Chart.yaml", "");
  tree_.Write("one/charts/sub/templates/b.yaml", "");
  const Discovery found = Find({""});
  std::map<std::string, InputFile> files;
  for (const InputFile& file : found.files) {
    files[file.system_path.substr(tree_.path().size() + 1)] = file;
  }
  EXPECT_NE(files["plain.yaml"].deployment, files["one/templates/a.yaml"].deployment);
  EXPECT_EQ(files["one/templates/a.yaml"].deployment,
            files["one/charts/sub/templates/b.yaml"].deployment);
  EXPECT_TRUE(files["one/templates/a.yaml"].in_chart_templates);
  EXPECT_FALSE(files["one/Chart.yaml"].in_chart_templates);
  EXPECT_THAT(found.charts, ElementsAre(tree_.path("one")));
}

TEST_F(DiscoverTest, KnowsAChartFromADirectoryWithinIt) {
  tree_.Write("chart/Chart.yaml", "");
  tree_.Write("chart/templates/a.yaml", "");
  const Discovery found = Find({"chart/templates"});
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_TRUE(found.files[0].in_chart_templates);
}

TEST_F(DiscoverTest, FindsKustomizations) {
  tree_.Write("base/kustomization.yaml", "");
  tree_.Write("overlays/prod/kustomization.yml", "");
  EXPECT_THAT(Find({""}).kustomizations,
              ElementsAre(tree_.path("base"), tree_.path("overlays/prod")));
}

TEST_F(DiscoverTest, ReadsNothingThroughSymbolicLinks) {
  tree_.Write("inside/a.yaml", "");
  tree_.Write("outside.yaml", "");
  ASSERT_EQ(symlink("../outside.yaml", tree_.path("inside/link.yaml").c_str()), 0);
  ASSERT_EQ(symlink("..", tree_.path("inside/loop").c_str()), 0);
  const Discovery found = Find({"inside"});
  EXPECT_THAT(Names(found), ElementsAre("inside/a.yaml"));
  ASSERT_EQ(found.skipped.size(), 2U);
  EXPECT_EQ(found.skipped[0].reason, "symbolic link");
  EXPECT_THAT(Ids(found.diagnostics), IsEmpty());
}

TEST_F(DiscoverTest, ReportsLinksThatLeadNowhere) {
  ASSERT_EQ(symlink("b.yaml", tree_.path("a.yaml").c_str()), 0);
  ASSERT_EQ(symlink("a.yaml", tree_.path("b.yaml").c_str()), 0);
  EXPECT_THAT(Ids(Find({""}).diagnostics), ElementsAre("scan-broken-link", "scan-broken-link"));
}

TEST_F(DiscoverTest, ReportsWhatIsNoFile) {
  ASSERT_EQ(mkfifo(tree_.path("pipe.yaml").c_str(), 0600), 0);
  ASSERT_EQ(mkfifo(tree_.path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(Ids(Find({""}).diagnostics), ElementsAre("scan-not-regular"));
  EXPECT_THAT(Ids(Find({"pipe"}).diagnostics), ElementsAre("scan-not-regular"));
}

TEST_F(DiscoverTest, ReportsWhatDoesNotExist) {
  const Discovery found = Find({"nothing.yaml"});
  ASSERT_EQ(found.diagnostics.size(), 1U);
  EXPECT_EQ(Message(found.diagnostics[0]),
            "cannot find `" + tree_.path("nothing.yaml") + "`: No such file or directory");
}

TEST_F(DiscoverTest, IsSilentAboutFaultsInATreeForReference) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("a.yaml", "");
  ASSERT_EQ(mkfifo(tree_.path("pipe.yaml").c_str(), 0600), 0);
  ASSERT_EQ(symlink("nowhere", tree_.path("broken.yaml").c_str()), 0);
  EXPECT_THAT(Ids(Find({"a.yaml"}).diagnostics), IsEmpty());
}

TEST_F(DiscoverTest, BoundsTheDepthOfDirectories) {
  std::string path = tree_.path();
  for (int i = 0; i < 300; ++i) {
    path += "/d";
    ASSERT_EQ(mkdir(path.c_str(), 0700), 0);
  }
  EXPECT_THAT(Ids(Find({""}).diagnostics), ElementsAre("scan-too-deep"));
}

TEST_F(DiscoverTest, LeavesOutWhatIsExcludedAndSaysSo) {
  tree_.Write("a.yaml", "");
  tree_.Write("vendor/deep/b.yaml", "");
  tree_.Write("charts/c.yaml", "");
  tree_.Write("charts/d.yaml", "");
  const std::vector<std::string> exclude = {tree_.path("vendor"), tree_.path("charts/c*"),
                                            tree_.path("*.json")};
  const Discovery all = Discover({.paths = {tree_.path()}}, exclude);
  EXPECT_THAT(Names(all), ElementsAre("a.yaml", "charts/d.yaml"));
  ASSERT_EQ(all.skipped.size(), 2u);
  EXPECT_EQ(all.skipped[0].path, tree_.path("charts/c.yaml"));
  EXPECT_EQ(all.skipped[1].path, tree_.path("vendor"));
  EXPECT_EQ(all.skipped[1].reason, "excluded by the configuration");

  const Discovery named = Discover({.paths = {tree_.path("charts/c.yaml")}}, exclude);
  EXPECT_THAT(named.skipped, testing::SizeIs(1)) << "also a file that is named";
}

TEST_F(DiscoverTest, NamesStandardInputAsItIsTold) {
  Options options;
  options.paths = {"-"};
  options.stdin_name = "deploy.yaml";
  const Discovery found = Discover(options);
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].path, "deploy.yaml");
}

}  // namespace
}  // namespace restorable::scan
