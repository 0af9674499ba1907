#include "kubernetes/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "yaml/parse.h"

namespace restorable::kubernetes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadTest : public testing::Test {
 protected:
  ReadResult ReadText(std::string text, bool in_chart = false) {
    const SourceFile& file = files_.emplace_back(FileId{0}, "test.yaml", std::move(text));
    const yaml::Stream stream =
        yaml::Parse(file, arena_, origins_, Limits{},
                    {.drop_null_entries = true, .in_chart_templates = in_chart});
    ReadResult all;
    for (const yaml::Document& document : stream.documents) {
      ReadResult one = Read(document, arena_);
      for (auto& resource : one.resources) all.resources.push_back(resource);
      for (auto& skipped : one.skipped) all.skipped.push_back(skipped);
      for (auto& diagnostic : one.diagnostics) all.diagnostics.push_back(diagnostic);
    }
    return all;
  }
  // What the only resource is called, or why there is none.
  std::string Address(std::string text) {
    const ReadResult result = ReadText(std::move(text));
    if (!result.diagnostics.empty()) {
      return Message(result.diagnostics[0]) + " at " + Text(result.diagnostics[0].range);
    }
    if (!result.skipped.empty()) return "skipped: " + std::string(result.skipped[0].reason);
    return std::string(result.resources.at(0).address);
  }
  std::string Text(Range range) const { return std::string(files_.back().Text(range)); }

  std::deque<SourceFile> files_;
  Arena arena_;
  OriginTable origins_;
};

TEST_F(ReadTest, SplitsGroupVersionAndKind) {
  const ReadResult result = ReadText(
      "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n");
  ASSERT_EQ(result.resources.size(), 2U);
  const Resource& storage_class = result.resources[0];
  EXPECT_EQ(storage_class.group, "storage.k8s.io");
  EXPECT_EQ(storage_class.version, "v1");
  EXPECT_EQ(storage_class.kind, "StorageClass");
  EXPECT_EQ(TypeName(storage_class), "storage.k8s.io/v1/StorageClass");
  EXPECT_EQ(storage_class.address, "StorageClass/fast");
  const Resource& pod = result.resources[1];
  EXPECT_EQ(pod.group, "");
  EXPECT_EQ(TypeName(pod), "v1/Pod");
  EXPECT_EQ(pod.namespace_, "shop");
  EXPECT_EQ(pod.address, "Pod/shop/web");
  EXPECT_EQ(Text(pod.name_range), "web");
}

TEST_F(ReadTest, NamesWhatTheServerWillName) {
  EXPECT_EQ(Address("apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-, namespace: shop}\n"),
            "Pod/shop/web-*");
}

TEST_F(ReadTest, PointsToTheKindOfWhatHasNoName) {
  const ReadResult result = ReadText("apiVersion: v1\nkind: Pod\n");
  ASSERT_EQ(result.resources.size(), 1U);
  EXPECT_EQ(result.resources[0].address, "Pod");
  EXPECT_EQ(Text(result.resources[0].name_range), "Pod");
}

TEST_F(ReadTest, SkipsFilesOfOtherTools) {
  for (const char* text : {"services: {web: {image: nginx}}\n", "- a\n- b\n", "text\n",
                           "apiVersion: v2\nname: chart\nversion: 1.0.0\n",  // a chart
                           "kind: pipeline\nsteps: []\n",
                           "apiVersion: github.com/microsoft/PSRule/v1\nkind: Baseline\n"}) {
    EXPECT_EQ(Address(text), "skipped: not a Kubernetes object") << text;
  }
  EXPECT_EQ(Address("apiVersion: restorable.dev/v1\nkind: Rule\nmetadata: {id: A1}\n"),
            "skipped: a file of restorable's own");
}

TEST_F(ReadTest, SaysThatTheKindIsMissing) {
  EXPECT_EQ(Address("apiVersion: v1\nmetadata: {name: a}\n"),
            "the object has an `apiVersion` and no `kind` at apiVersion");
  EXPECT_EQ(Address("kind: Pod\nmetadata: {name: a}\n"),
            "the object has a `kind` and no `apiVersion` at kind");
}

TEST_F(ReadTest, SaysWhatIsNoString) {
  EXPECT_EQ(Address("apiVersion: 1\nkind: Pod\n"),
            "`apiVersion` must be a string, this is a number at 1");
  EXPECT_EQ(Address("apiVersion: v1\nkind: [Pod]\n"),
            "`kind` must be a string, this is a list at [Pod]");
  EXPECT_EQ(Address("apiVersion: v1\nkind: Pod\nmetadata: {name: 123}\n"),
            "`metadata.name` must be a string, this is a number at 123");
  EXPECT_EQ(Address("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: {}}\n"),
            "`metadata.namespace` must be a string, this is a map at {}");
}

TEST_F(ReadTest, SaysThatMetadataIsNoMap) {
  EXPECT_EQ(Address("apiVersion: v1\nkind: Pod\nmetadata: web\n"),
            "`metadata` must be a map, this is a string at web");
}

TEST_F(ReadTest, RefusesMalformedApiVersions) {
  for (const char* version : {"/v1", "apps/", "\"\""}) {
    const std::string text = std::string("apiVersion: ") + version + "\nkind: Pod\n";
    EXPECT_THAT(Address(text), testing::HasSubstr("is no `apiVersion`")) << version;
  }
}

TEST_F(ReadTest, UnwrapsLists) {
  const ReadResult result = ReadText(
      "apiVersion: v1\nkind: List\nitems:\n"
      "  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n"
      "  - apiVersion: v1\n    kind: List\n    items:\n"
      "      - {apiVersion: v1, kind: Secret, metadata: {name: b}}\n");
  ASSERT_EQ(result.resources.size(), 2U);
  EXPECT_EQ(result.resources[0].address, "Pod/a");
  EXPECT_EQ(Text(result.resources[0].range), "{apiVersion: v1, kind: Pod, metadata: {name: a}}");
  EXPECT_EQ(result.resources[1].address, "Secret/b");
}

TEST_F(ReadTest, GivesItemsOfTypedListsTheirKind) {
  const ReadResult result =
      ReadText("apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: a}}]\n");
  ASSERT_EQ(result.resources.size(), 1U);
  EXPECT_EQ(TypeName(result.resources[0]), "v1/Pod");
  EXPECT_EQ(result.resources[0].body.Find("kind")->AsString(), "Pod");
}

TEST_F(ReadTest, TakesAKindThatOnlyEndsLikeAListForWhatItIs) {
  EXPECT_EQ(Address("apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\n"),
            "AllowList/a");
}

TEST_F(ReadTest, SaysWhatIsWrongWithItems) {
  EXPECT_EQ(Address("apiVersion: v1\nkind: List\nitems: 3\n"),
            "`items` must be a list, this is a number at 3");
  EXPECT_EQ(Address("apiVersion: v1\nkind: List\nitems: [3]\n"),
            "an item of a list must be an object, this is a number at 3");
}

TEST_F(ReadTest, BoundsListsWithinLists) {
  std::string text = "{apiVersion: v1, kind: Pod}";
  for (int i = 0; i < 12; ++i) text = "{apiVersion: v1, kind: List, items: [" + text + "]}";
  EXPECT_THAT(Address(text), testing::HasSubstr("nested deeper than 8"));
}

TEST_F(ReadTest, LetsOneBadItemNotHideTheOthers) {
  const ReadResult result = ReadText(
      "apiVersion: v1\nkind: List\nitems:\n"
      "  - {apiVersion: v1, kind: Pod, metadata: 1}\n"
      "  - {apiVersion: v1, kind: Pod, metadata: {name: b}}\n");
  EXPECT_EQ(result.diagnostics.size(), 1U);
  ASSERT_EQ(result.resources.size(), 1U);
  EXPECT_EQ(result.resources[0].address, "Pod/b");
}

TEST_F(ReadTest, TakesWhatATemplateMayLeaveOutForConditional) {
  const ReadResult result = ReadText(
      "{{- if .Values.persistence }}\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "{{- end }}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n",
      true);
  ASSERT_EQ(result.resources.size(), 2U);
  EXPECT_EQ(result.resources[0].presence, Presence::kConditional);
  ASSERT_TRUE(result.resources[0].condition.IsUnknown());
  EXPECT_EQ(result.resources[0].condition.AsUnknown().causes[0].what,
            "the template's condition on Pod/a");
  EXPECT_EQ(result.resources[1].presence, Presence::kCertain);
}

TEST_F(ReadTest, LeavesNamesThatATemplateMakesOpen) {
  const ReadResult result =
      ReadText("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\n", true);
  ASSERT_EQ(result.resources.size(), 1U);
  EXPECT_EQ(result.resources[0].name, "");
  EXPECT_EQ(result.resources[0].address, "Pod");
}

TEST_F(ReadTest, SkipsWhatATemplateGivesItsKind) {
  const ReadResult result = ReadText("apiVersion: v1\nkind: {{ .Values.kind }}\n", true);
  EXPECT_THAT(result.resources, IsEmpty());
  ASSERT_EQ(result.skipped.size(), 1U);
  EXPECT_EQ(result.skipped[0].reason, "a template fills in its apiVersion or kind");
}

}  // namespace
}  // namespace restorable::kubernetes
