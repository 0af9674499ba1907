#include "report/merger.h"

#include <nlohmann/json.hpp>

#include "policy/rule_set.h"
#include "report/formats.h"
#include "sample_report.h"

namespace restorable::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

class Merging : public testing::Test {
 protected:
  std::vector<Diagnostic> Add(const std::string& text) {
    return merger.Add(SourceFile(FileId(0), "report.json", text));
  }

  // The first message, or nothing.
  std::string Refused(const std::string& text) {
    const auto diagnostics = Add(text);
    return diagnostics.empty() ? "" : Message(diagnostics.front());
  }

  json Merged() { return json::parse(WriteJson(merger.Finish(), SampleView())); }

  std::unique_ptr<const policy::RuleSet> rules = policy::RuleSet::Load({}).rules;
  Merger merger{*rules, Limits{}};
};

json Everyday() {
  const SampleReport sample = EverydayReport();
  return json::parse(WriteJson(sample.report, SampleView()));
}

// But for the order of findings, which follows paths.
TEST_F(Merging, OfOneReportChangesNothing) {
  json expected = Everyday();
  EXPECT_THAT(Add(expected.dump()), IsEmpty());
  json merged = Merged();
  EXPECT_EQ(merged["summary"], expected["summary"]);
  EXPECT_EQ(merged["skipped"], expected["skipped"]);
  for (const char* const name : {"findings", "diagnostics"}) {
    EXPECT_THAT(merged[name], testing::UnorderedElementsAreArray(expected[name]));
  }
}

TEST_F(Merging, IsTheSameInAnyOrder) {
  const SampleReport hostile = HostileReport();
  const std::string first = Everyday().dump();
  const std::string second = WriteJson(hostile.report, SampleView());
  EXPECT_THAT(Add(first), IsEmpty());
  EXPECT_THAT(Add(second), IsEmpty());
  Merger other(*rules, Limits{});
  EXPECT_THAT(other.Add(SourceFile(FileId(0), "b", second)), IsEmpty());
  EXPECT_THAT(other.Add(SourceFile(FileId(0), "a", first)), IsEmpty());
  const scan::Report& one = merger.Finish();
  const scan::Report& two = other.Finish();
  for (const Format& format : kFormats) {
    EXPECT_EQ(format.write(one, SampleView()), format.write(two, SampleView())) << format.name;
  }
}

TEST_F(Merging, SaysEqualFindingsOnceAndSumsWhatWasRead) {
  json second = Everyday();
  second["findings"].erase(0);
  second["findings"][0]["resource"]["address"] = "StorageClass/other";
  EXPECT_THAT(Add(Everyday().dump()), IsEmpty());
  EXPECT_THAT(Add(second.dump()), IsEmpty());
  const json merged = Merged();
  EXPECT_EQ(merged["findings"].size(), Everyday()["findings"].size() + 1);
  EXPECT_EQ(merged["summary"]["files"], 6);
  EXPECT_EQ(merged["summary"]["resources"], 6);
  EXPECT_EQ(merged["summary"]["violations"], 3);
  EXPECT_EQ(merged["summary"]["errors"], 2);
  EXPECT_EQ(merged["summary"]["skippedDocuments"]["not a Kubernetes object"], 2);
}

TEST_F(Merging, KnowsPlacesAndNoText) {
  EXPECT_THAT(Add(Everyday().dump()), IsEmpty());
  const std::string text = WriteText(merger.Finish(), SampleView());
  EXPECT_THAT(text, HasSubstr("classes.yaml:4:13: error: StorageClass database"));
  EXPECT_THAT(text, testing::Not(HasSubstr(" | ")));
}

TEST_F(Merging, RefusesWhatIsNoReport) {
  EXPECT_EQ(Refused("[]"), "this is no report that `restorable … --format json` has written");
  EXPECT_EQ(Refused(R"({"version":1,"tool":{"name":"other"}})"),
            "this is no report that `restorable … --format json` has written");
  EXPECT_EQ(Refused(R"({"version":2,"tool":{"name":"restorable"}})"),
            "reports of version 2 are not known here");
  EXPECT_NE(Refused("{"), "");
  json report = Everyday();
  report["findings"][0]["severity"] = "fatal";
  EXPECT_EQ(Refused(report.dump()), "`severity` of a report must be error, warning or info");
  report = Everyday();
  report["summary"]["files"] = -1;
  EXPECT_EQ(Refused(report.dump()), "`files` of a report must be a number from 0 to 4294967295");
  report = Everyday();
  report["findings"][0]["location"] = "here";
  EXPECT_EQ(Refused(report.dump()), "`location` of a report must be an object");
  EXPECT_EQ(Merged()["findings"].size(), 0u);
}

}  // namespace
}  // namespace restorable::report
