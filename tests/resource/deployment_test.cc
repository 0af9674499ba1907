#include "resource/deployment.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "value/json.h"

namespace restorable {
namespace {

class DeploymentTest : public testing::Test {
 protected:
  FileId File(std::string path) {
    paths_.push_back(std::move(path));
    return static_cast<FileId>(paths_.size() - 1);
  }

  Value Map(const std::vector<MapEntry>& entries) {
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }
  Value Unknown(std::string_view what) {
    return Value::Unknown(arena_, {UnknownReason::kTemplate, what, {}});
  }

  // An object whose body says its name and what makes it differ.
  Resource& Add(FileId file, std::string_view name, std::string_view content,
                std::string_view namespace_ = "") {
    Resource resource;
    resource.group = "storage.k8s.io";
    resource.version = "v1";
    resource.kind = "StorageClass";
    resource.name = name;
    resource.namespace_ = namespace_;
    resource.address = arena_.Copy("StorageClass/" + std::string(name));
    resource.range = {file, begin_, begin_ + 1};
    ++begin_;
    resource.body = Map({{Value::String("is"), Value::String(content)}});
    resources_.push_back(resource);
    return resources_.back();
  }
  void AddAzure(std::string_view name, Value parent) {
    Resource& resource = Add(FileId{0}, name, name);
    resource.schema = Schema::kAzure;
    resource.group = {};
    resource.kind = "Microsoft.Compute/disks";
    resource.body =
        Map({{Value::String("name"), Value::String(name)}, {Value::String("parent"), parent}});
  }

  void Seal() {
    for (const Resource& resource : resources_) deployment_.Add(resource);
    deployment_.Seal();
  }
  std::string Find(std::string_view name, FileId from) {
    return ToJson(deployment_.Find("StorageClass", name, from, arena_));
  }

  std::deque<std::string> paths_;  // the index views them
  std::vector<Resource> resources_;
  std::uint32_t begin_ = 0;
  Arena arena_;
  Deployment deployment_{[this](FileId id) -> std::string_view {
    const auto index = static_cast<std::size_t>(id);
    return index < paths_.size() ? std::string_view(paths_[index]) : std::string_view();
  }};
};

TEST_F(DeploymentTest, ListsByKindAndByGroup) {
  Add(File("a.yaml"), "a", "1");
  Add(File("b.yaml"), "b", "2");
  Seal();
  const std::string both = R"([{"is":"1"},{"is":"2"}])";
  EXPECT_EQ(ToJson(deployment_.List("StorageClass")), both);
  EXPECT_EQ(ToJson(deployment_.List("storage.k8s.io/StorageClass")), both);
  EXPECT_EQ(ToJson(deployment_.List("apps/StorageClass")), "[]");
  EXPECT_EQ(ToJson(deployment_.List("Pod")), "[]");
}

TEST_F(DeploymentTest, ListsInOrderOfPlace) {
  const FileId first = File("a.yaml");
  Add(File("b.yaml"), "b", "2");
  Add(first, "a", "1");
  Seal();
  EXPECT_EQ(ToJson(deployment_.List("StorageClass")), R"([{"is":"1"},{"is":"2"}])");
}

TEST_F(DeploymentTest, FindsTheNearest) {
  const FileId a = File("a/class.yaml");
  const FileId b = File("b/class.yaml");
  Add(a, "fast", "a");
  Add(b, "fast", "b");
  Seal();
  EXPECT_EQ(Find("fast", a), R"({"is":"a"})");
  EXPECT_EQ(Find("fast", b), R"({"is":"b"})");
  EXPECT_EQ(Find("fast", File("b/claim.yaml")), R"({"is":"b"})");
}

TEST_F(DeploymentTest, SaysNoneForWhatIsNotThere) {
  Add(File("a.yaml"), "fast", "a");
  Seal();
  const Value none = deployment_.Find("StorageClass", "slow", FileId{0}, arena_);
  ASSERT_TRUE(none.Is(Kind::kOptional));
  EXPECT_EQ(none.AsOptional(), nullptr);
  EXPECT_EQ(deployment_.Find("Pod", "x", FileId{0}, arena_).AsOptional(), nullptr);
}

TEST_F(DeploymentTest, DoesNotKnowWhichOfTwoThatDiffer) {
  Add(File("a/class.yaml"), "fast", "a");
  Add(File("b/class.yaml"), "fast", "b");
  Seal();
  const Value found = deployment_.Find("StorageClass", "fast", File("claim.yaml"), arena_);
  ASSERT_TRUE(found.IsUnknown());
  EXPECT_EQ(found.AsUnknown().causes[0].reason, UnknownReason::kAmbiguous);
  EXPECT_EQ(found.AsUnknown().causes[0].what, "StorageClass/fast");
}

TEST_F(DeploymentTest, TakesEqualOnesForOne) {
  Add(File("a/class.yaml"), "fast", "same");
  Add(File("b/class.yaml"), "fast", "same");
  Seal();
  EXPECT_EQ(Find("fast", File("claim.yaml")), R"({"is":"same"})");
}

TEST_F(DeploymentTest, LooksInTheNamespaceAndThenAmongThoseThatSayNone) {
  const FileId file = File("a.yaml");
  Add(file, "data", "shop", "shop");
  Add(file, "data", "none");
  Seal();
  const auto find = [&](std::string_view namespace_) {
    return ToJson(deployment_.Find("StorageClass", namespace_, "data", file, arena_));
  };
  EXPECT_EQ(find("shop"), R"({"is":"shop"})");
  EXPECT_EQ(find("other"), R"({"is":"none"})");
}

TEST_F(DeploymentTest, HoldsAnUnknownForWhatMayNotComeToBe) {
  Resource& resource = Add(File("a.yaml"), "fast", "a");
  resource.presence = Presence::kConditional;
  resource.condition = Unknown("condition");
  Seal();
  EXPECT_EQ(ToJson(deployment_.List("StorageClass")), R"([{"$unknown":"template condition"}])");
  EXPECT_EQ(Find("fast", FileId{0}), R"({"$unknown":"template condition"})");
  EXPECT_EQ(deployment_.List("StorageClass").shape(), Shape::kPartial);
}

TEST_F(DeploymentTest, SaysWhichListsHaveAnOpenNumber) {
  Resource& many = Add(File("a.yaml"), "fast", "a");
  many.presence = Presence::kAnyNumber;
  many.condition = Unknown("number");
  Add(File("a.yaml"), "slow", "b");
  AddAzure("certain", Value::String("/parent"));
  Seal();
  EXPECT_EQ(deployment_.List("StorageClass").shape(), Shape::kOpen);
  EXPECT_EQ(deployment_.Children("Microsoft.Compute/disks", "/parent", arena_).shape(),
            Shape::kFree);
  EXPECT_EQ(Find("fast", FileId{0}), R"({"$unknown":"template number"})");
}

TEST_F(DeploymentTest, DoesNotKnowWhileANameIsNotKnown) {
  const FileId file = File("a.yaml");
  Resource& resource = Add(file, "", "a");
  resource.body =
      Map({{Value::String("metadata"), Map({{Value::String("name"), Unknown("{{ name }}")}})}});
  Add(file, "slow", "b");
  Seal();
  EXPECT_EQ(Find("fast", file), R"({"$unknown":"template {{ name }}"})");
  EXPECT_EQ(Find("slow", file), R"({"is":"b"})");
}

TEST_F(DeploymentTest, FindsChildrenByIdInAnyCase) {
  AddAzure("one", Value::String("/Group/Parent"));
  AddAzure("two", Value::String("/group/parent"));
  AddAzure("three", Value::String("/other"));
  Seal();
  EXPECT_EQ(deployment_.Children("microsoft.compute/DISKS", "/GROUP/PARENT", arena_).size(), 2U);
  EXPECT_EQ(deployment_.Children("Microsoft.Compute/disks", "/nobody", arena_).size(), 0U);
}

TEST_F(DeploymentTest, HoldsAnUnknownForChildrenOfAnUnknownParent) {
  AddAzure("one", Value::String("/parent"));
  AddAzure("two", Unknown("whose"));
  Seal();
  const Value children = deployment_.Children("Microsoft.Compute/disks", "/parent", arena_);
  ASSERT_EQ(children.size(), 2U);
  EXPECT_TRUE(children.AsList()[1].IsUnknown());
}

TEST_F(DeploymentTest, FindsCandidatesByAFieldOfAnyDepth) {
  const auto add = [&](std::string_view name, Value policy) {
    Add(FileId{0}, name, name).body =
        Map({{Value::String("spec"), Map({{Value::String("policy"), policy}})},
             {Value::String("is"), Value::String(name)}});
  };
  const Value list[] = {Value::String("other"), Value::String("daily"), Value::String("daily")};
  add("text", Value::String("Daily"));
  add("other", Value::String("weekly"));
  add("list", Value::List(arena_.Copy(std::span<const Value>(list))));
  add("open", Unknown("which"));
  add("number", Value::Int(1));
  Seal();
  const auto names = [&](std::string_view text) {
    std::string found;
    for (const Value& one :
         deployment_.Candidates("StorageClass", "spec.policy", text, arena_).AsList()) {
      found += std::string(one.Find("is")->AsString()) + " ";
    }
    return found;
  };
  EXPECT_EQ(names("daily"), "text list open ");
  EXPECT_EQ(names("WEEKLY"), "other open ");
  EXPECT_EQ(names("nobody"), "open ");
  EXPECT_EQ(deployment_.Candidates("StorageClass", "spec.none", "daily", arena_).size(), 0U);
  EXPECT_EQ(deployment_.Candidates("Nothing", "spec.policy", "daily", arena_).size(), 0U);
}

TEST_F(DeploymentTest, HoldsAnUnknownForCandidatesThatMayNotComeToBe) {
  Resource& resource = Add(File("a.yaml"), "fast", "a");
  resource.presence = Presence::kConditional;
  resource.condition = Unknown("condition");
  Seal();
  const Value candidates = deployment_.Candidates("StorageClass", "is", "a", arena_);
  EXPECT_EQ(ToJson(candidates), R"([{"$unknown":"template condition"}])");
  EXPECT_EQ(candidates.shape(), Shape::kPartial);
  EXPECT_EQ(deployment_.Candidates("StorageClass", "is", "b", arena_).size(), 0U);
}

TEST_F(DeploymentTest, DerivesWhatFollowsFromItOnce) {
  const FileId file = File("a.yaml");
  Add(file, "a", "1");
  Seal();
  int made = 0;
  const auto count = [&](Arena& arena) {
    ++made;
    return Value::String(arena.Copy(std::to_string(deployment_.List("StorageClass").size())));
  };
  const Value before = deployment_.Derive(&made, count);
  EXPECT_EQ(deployment_.Derive(&made, count).AsString(), "1");
  EXPECT_EQ(made, 1);
  deployment_.Add(Add(file, "b", "2"));
  deployment_.Seal();
  EXPECT_EQ(deployment_.Derive(&made, count).AsString(), "2");
  EXPECT_EQ(before.AsString(), "1");
}

TEST_F(DeploymentTest, KeepsKubernetesKindsApartFromAzureTypes) {
  Resource& impostor = Add(File("a.yaml"), "x", "kubernetes");
  impostor.group = "Microsoft.Compute";
  impostor.kind = "disks";
  AddAzure("one", Value::String("/parent"));
  Seal();
  EXPECT_EQ(deployment_.List("Microsoft.Compute/disks").size(), 1U);
}

TEST_F(DeploymentTest, CanBeSealedAgain) {
  const FileId file = File("a.yaml");
  Add(file, "a", "1");
  Seal();
  const Value before = deployment_.List("StorageClass");
  deployment_.Add(Add(file, "b", "2"));
  deployment_.Seal();
  EXPECT_EQ(ToJson(before), R"([{"is":"1"}])");
  EXPECT_EQ(deployment_.List("StorageClass").size(), 2U);
}

}  // namespace
}  // namespace restorable
