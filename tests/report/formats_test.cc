#include "report/formats.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sample_report.h"

namespace restorable::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Compares with testdata/report/NAME, or rewrites it.
void ExpectGolden(const std::string& name, const std::string& actual) {
  const std::string path = std::string(RESTORABLE_SOURCE_DIR) + "/testdata/report/" + name;
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadAll(path)) << path;
}

class EachFormat : public testing::TestWithParam<Format> {};

TEST_P(EachFormat, WritesTheEverydayReport) {
  const SampleReport sample = EverydayReport();
  ExpectGolden("everyday." + std::string(GetParam().name),
               GetParam().write(sample.report, SampleView()));
}

TEST_P(EachFormat, WritesAnEmptyReport) {
  const scan::Report report;
  ExpectGolden("empty." + std::string(GetParam().name), GetParam().write(report, SampleView()));
}

TEST_P(EachFormat, WritesTheHostileReport) {
  const SampleReport sample = HostileReport();
  ExpectGolden("hostile." + std::string(GetParam().name),
               GetParam().write(sample.report, SampleView()));
}

TEST_P(EachFormat, LetsNothingThroughThatMovesTheCursorOrTurnsTextAround) {
  const SampleReport sample = HostileReport();
  const std::string text = GetParam().write(sample.report, SampleView());
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
  EXPECT_THAT(text, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, Not(HasSubstr("\xFF")));
}

TEST_P(EachFormat, LetsNoLineBeginWithACommandOfSomebodyElse) {
  const SampleReport sample = HostileReport();
  std::istringstream lines(GetParam().write(sample.report, SampleView()));
  for (std::string line; std::getline(lines, line);) {
    const std::string trimmed = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    EXPECT_THAT(trimmed, Not(testing::StartsWith("::error file=x"))) << line;
    EXPECT_THAT(trimmed, Not(testing::StartsWith("::warning"))) << line;
    EXPECT_THAT(line, Not(HasSubstr("##vso[task.complete"))) << line;
    EXPECT_THAT(line, Not(HasSubstr("##["))) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, EachFormat, testing::ValuesIn(kFormats),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(Formats, AreFoundByName) {
  EXPECT_EQ(FindFormat("sarif"), &kFormats[2]);
  EXPECT_EQ(FindFormat("SARIF"), nullptr);
  EXPECT_EQ(FindFormat(""), nullptr);
}

TEST(Json, HasTheMembersOfVersionOne) {
  const SampleReport sample = EverydayReport();
  const auto json = nlohmann::ordered_json::parse(WriteJson(sample.report, SampleView()));
  EXPECT_EQ(json["version"], 1);
  std::vector<std::string> members;
  for (const auto& [key, value] : json["findings"][1].items()) members.push_back(key);
  EXPECT_THAT(members, testing::ElementsAre("rule", "name", "severity", "verdict", "message",
                                            "resource", "location", "origin", "remediation", "docs",
                                            "fingerprint", "environments"));
  EXPECT_EQ(json["findings"][1]["location"],
            nlohmann::ordered_json::parse(
                R"({"file":"classes.yaml","line":4,"column":13,"endLine":4,"endColumn":25})"));
}

TEST(Json, ListsWhatTextLeavesOut) {
  const SampleReport sample = EverydayReport();
  const auto json = nlohmann::json::parse(WriteJson(sample.report, View{}));
  EXPECT_EQ(json["findings"].size(), 4u);
  EXPECT_EQ(json["findings"][2]["suppressed"]["reason"], "scratch space only");
  EXPECT_EQ(json["skipped"][0]["reason"], "values of a Helm chart");
}

TEST(Json, KeepsHostileTextAsItIs) {
  const SampleReport sample = HostileReport();
  const auto json = nlohmann::json::parse(WriteJson(sample.report, View{}));
  EXPECT_THAT(json["findings"][0]["message"].get<std::string>(),
              testing::StartsWith("\x1b[2J\x1b[31mfine\r\n::error"));
}

TEST(Text, LeavesOutWhatWasNotAskedFor) {
  const SampleReport sample = EverydayReport();
  const std::string text = WriteText(sample.report, View{});
  EXPECT_THAT(text, Not(HasSubstr("undetermined:")));
  EXPECT_THAT(text, Not(HasSubstr("suppressed:")));
  EXPECT_THAT(text, Not(HasSubstr("values of a Helm chart")));
  EXPECT_THAT(text, HasSubstr("1 undetermined, 1 suppressed, 2 skipped, 2 input errors"));
}

TEST(Text, IsOnlyColouredWhenAsked) {
  const SampleReport sample = EverydayReport();
  View view = SampleView();
  EXPECT_THAT(WriteText(sample.report, view), Not(HasSubstr("\x1b")));
  view.style.palette = &kAnsiColors;
  EXPECT_THAT(WriteText(sample.report, view), HasSubstr("\x1b[1;31merror:\x1b[0m"));
}

TEST(Text, QuietHasNoSummary) { EXPECT_EQ(WriteText(scan::Report{}, View{.quiet = true}), ""); }

TEST(Sarif, OpensUndeterminedFindingsOnlyWhenAsked) {
  const SampleReport sample = EverydayReport();
  const auto results = [&](const View& view) {
    return nlohmann::json::parse(WriteSarif(sample.report, view))["runs"][0]["results"];
  };
  EXPECT_EQ(results(SampleView())[0]["kind"], "open");
  EXPECT_EQ(results(SampleView())[0]["level"], "none");
  View view = SampleView();
  view.undetermined = false;
  EXPECT_EQ(results(view).size(), 3u);
  view.suppressed = false;  // these are marked, not left out
  EXPECT_EQ(results(view).size(), 3u);
}

TEST(Sarif, NamesFilesFromTheRootOfTheRepository) {
  const SampleReport sample = EverydayReport();
  const auto run = nlohmann::json::parse(WriteSarif(sample.report, SampleView()))["runs"][0];
  const auto location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
  EXPECT_EQ(location["uri"], "infra/claims/the%20data.yaml");
  EXPECT_EQ(location["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(run["originalUriBaseIds"]["%SRCROOT%"]["uri"], "file:///src/shop/");
}

TEST(Sarif, IndexesPointAtWhatTheyName) {
  const SampleReport sample = EverydayReport();
  const auto run = nlohmann::json::parse(WriteSarif(sample.report, SampleView()))["runs"][0];
  for (const auto& result : run["results"]) {
    const std::size_t rule = result["ruleIndex"];
    EXPECT_EQ(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    const auto& artifact = result["locations"][0]["physicalLocation"]["artifactLocation"];
    const std::size_t index = artifact["index"];
    EXPECT_EQ(run["artifacts"][index]["location"]["uri"], artifact["uri"]);
  }
}

TEST(Github, AnnotatesNoMoreThanGithubShows) {
  SampleReport sample;
  const FileId file = sample.AddFile("a.yaml", "kind: Pod\n");
  const auto& rule = sample.AddRule("AKB101", "some-rule", Severity::kError);
  for (int i = 0; i < 25; ++i) sample.AddFinding(rule, "bad", sample.RangeOf(file, "Pod"));
  std::istringstream lines(WriteGithub(sample.report, View{}));
  int annotations = 0;
  std::string line;
  while (std::getline(lines, line) && line.starts_with("::error ")) ++annotations;
  EXPECT_EQ(annotations, 10);
  EXPECT_THAT(line, HasSubstr("15 of them not annotated"));
}

TEST(Markdown, LeavesOutRowsBeyondWhatACommentHolds) {
  SampleReport sample;
  const FileId file = sample.AddFile("a.yaml", "kind: Pod\n");
  const auto& rule = sample.AddRule("AKB101", "some-rule", Severity::kError);
  for (int i = 0; i < 1000; ++i) sample.AddFinding(rule, "bad", sample.RangeOf(file, "Pod"));
  const std::string text = WriteMarkdown(sample.report, View{});
  EXPECT_THAT(text, HasSubstr("and 850 more"));
  EXPECT_LT(text.size(), 65'536u);
}

}  // namespace
}  // namespace restorable::report
