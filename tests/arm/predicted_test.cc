#include "arm/predicted.h"

#include "evaluation.h"
#include "json/parse.h"

namespace restorable::arm {
namespace {

struct Prediction {
  explicit Prediction(std::string text) : file(FileId{0}, "what-if.json", std::move(text)) {
    const json::ParseResult parsed = json::Parse(file, arena, limits);
    EXPECT_TRUE(parsed.ok);
    recognized = IsPrediction(parsed.root);
    deployed = ReadPrediction(parsed.root, arena, limits);
  }

  SourceFile file;
  Limits limits;
  Arena arena;
  bool recognized = false;
  Deployed deployed;
};

TEST(Predicted, TakesASnapshot) {
  const Prediction read(R"({"predictedResources": [
    {"id": "/subscriptions/s/resourceGroups/g/providers/A.B/c/n/d/m", "type": "A.B/c/d", "name": "n/m",
     "apiVersion": "1", "location": "[resourceGroup().location]", "gone": null, "properties": {"x": 1}},
    {"type": "request@v1", "properties": {}}], "diagnostics": []})");
  EXPECT_TRUE(read.recognized);
  ASSERT_EQ(read.deployed.instances.size(), 2U);
  const Instance& first = read.deployed.instances[0];
  EXPECT_EQ(first.type, "A.B/c/d");
  EXPECT_EQ(first.address, "A.B/c/d/n/m");
  EXPECT_EQ(ToJson(*first.body.Find("parent")),
            R"("/subscriptions/s/resourceGroups/g/providers/A.B/c/n")");
  EXPECT_EQ(ToJson(*first.body.Find("location")),
            R"({"$unknown":"deployment-scope [resourceGroup().location]"})");
  EXPECT_EQ(first.body.Find("gone"), nullptr);
  EXPECT_EQ(read.file.Text(first.name_range), R"("n/m")");
  EXPECT_FALSE(read.deployed.instances[1].extension.empty());
}

TEST(Predicted, TakesWhatIsThereAfterTheChanges) {
  constexpr std::string_view kChanges = R"({"changes": [
    {"changeType": "Create", "resourceId": "/a", "after": {"id": "/a", "type": "A.B/c", "name": "a"}},
    {"changeType": "Modify", "resourceId": "/b", "before": {}, "after": {"id": "/b", "type": "A.B/c", "name": "b"}},
    {"changeType": "Delete", "resourceId": "/c", "before": {"id": "/c", "type": "A.B/c", "name": "c"}, "after": null},
    {"changeType": "Ignore", "resourceId": "/d", "after": {"id": "/d", "type": "A.B/c", "name": "d"}}]})";
  for (const std::string& text :
       {std::string(kChanges),
        "{\"status\": \"Succeeded\", \"properties\": " + std::string(kChanges) + "}"}) {
    const Prediction read(text);
    EXPECT_TRUE(read.recognized);
    ASSERT_EQ(read.deployed.instances.size(), 2U);
    EXPECT_EQ(read.deployed.instances[1].name, "b");
  }
}

TEST(Predicted, IsToldFromOtherTexts) {
  for (const std::string_view text : {"{}", "[]", R"({"changes": ["a"]})", R"({"changes": 1})",
                                      R"({"predictedResources": {}})", R"({"properties": []})"}) {
    const Prediction read{std::string(text)};
    EXPECT_FALSE(read.recognized) << text;
    EXPECT_TRUE(read.deployed.instances.empty());
  }
}

}  // namespace
}  // namespace restorable::arm
