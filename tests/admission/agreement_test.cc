// The linter and the webhook agree: each object in the tests of the shipped rules is judged alone
// by the steps of a scan and by a review.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "admission/reviewer.h"
#include "kubernetes/read.h"
#include "policy/rule.h"
#include "policy/session.h"
#include "report/entry.h"
#include "reviews.h"
#include "value/json.h"
#include "yaml/parse.h"

namespace restorable::admission {
namespace {

namespace fs = std::filesystem;
using policy::Finding;
using policy::Verdict;

class Agreement {
 public:
  Agreement() : policy_(MakePolicy("exempt: {namespaces: []}")) {}

  void Compare(const std::string& path, std::string_view text) {
    const SourceFile file(FileId{0}, path, std::string(text));
    Arena arena;
    OriginTable origins;
    const yaml::Stream stream =
        yaml::Parse(file, arena, origins, policy_->limits(), {.drop_null_entries = true});
    for (const yaml::Document& document : stream.documents) {
      for (const Resource& resource : kubernetes::Read(document, arena).resources) {
        if (resource.presence == Presence::kCertain) Compare(path, resource, origins, arena);
      }
    }
  }

  [[nodiscard]] int objects() const { return objects_; }
  [[nodiscard]] int violations() const { return violations_; }

 private:
  policy::Session MakeSession(const OriginTable& origins) {
    return policy::Session({.rules = &policy_->rules(),
                            .origins = &origins,
                            .path_of = [](FileId) { return std::string_view("object"); },
                            .limits = policy_->limits()});
  }

  std::vector<Finding> Scan(const Resource& resource, const OriginTable& origins, Arena& arena) {
    policy::Session session = MakeSession(origins);
    Deployment deployment([](FileId) { return std::string_view("object"); });
    session.Add({resource}, deployment, arena);
    (void)session.LowerInto(deployment, arena);
    for (const Resource& one : deployment.resources()) session.EvaluateDeployment(one, deployment);
    return session.TakeFindings();
  }

  void Compare(const std::string& path, const Resource& resource, const OriginTable& origins,
               Arena& arena) {
    const ReviewText review{.group = std::string(resource.group),
                            .version = std::string(resource.version),
                            .kind = std::string(resource.kind),
                            .name = std::string(resource.name),
                            .namespace_ = std::string(resource.namespace_),
                            .object = ToJson(resource.body)};
    if (policy_->IsExempt(resource.namespace_, review.username)) return;
    const Response response = Ask(policy_, review);
    ASSERT_EQ(response.status, 200) << path << ": " << response.body;
    for (const Record::RuleError& error : response.record.errors) {
      ADD_FAILURE() << path << ": " << error.message;
    }
    ++objects_;
    const std::vector<Finding> scanned = Scan(resource, origins, arena);
    std::multiset<std::string> expected;
    for (const Finding& finding : scanned) {
      // A restore stamps its labels on all that it brings back: at admission these pass.
      const bool is_restored = finding.message.ends_with(", left over from a restore");
      if (finding.rule->admission && finding.verdict == Verdict::kViolated && !is_restored) {
        expected.insert(finding.rule->id);
      }
    }
    std::multiset<std::string> violated;
    std::multiset<std::string> either;
    for (const Record::Judgement& judgement : response.record.judgements) {
      if (judgement.verdict == Verdict::kViolated) violated.insert(judgement.rule);
      either.insert(judgement.rule);
    }
    violations_ += static_cast<int>(violated.size());
    // What only the rest of a cluster decides stays open in a review.
    EXPECT_TRUE(std::ranges::includes(expected, violated))
        << Show(path, resource, response, scanned);
    EXPECT_TRUE(std::ranges::includes(either, expected)) << Show(path, resource, response, scanned);
    CompareWords(path, response, scanned);
  }

  static std::string Show(const std::string& path, const Resource& resource,
                          const Response& response, const std::vector<Finding>& scanned) {
    std::string text = path + " " + std::string(resource.address) + "\n" + response.body + "\n";
    for (const Finding& finding : scanned) {
      text += finding.rule->id + " " + std::string(Name(finding.verdict)) + " " + finding.message +
              "\n";
    }
    return text;
  }

  // A scan may add what it sees in the deployment.
  static void CompareWords(const std::string& path, const Response& response,
                           const std::vector<Finding>& scanned) {
    const std::size_t at = response.body.find("\"message\":\"");
    if (at == std::string::npos) return;
    const std::size_t begin = at + 11;
    const std::string line =
        response.body.substr(begin, response.body.find_first_of("\"\\", begin) - begin);
    EXPECT_TRUE(std::ranges::any_of(
        scanned,
        [&](const Finding& finding) {
          return Line(finding.rule->id, report::Statement(finding)).starts_with(line);
        }))
        << path << ": " << line;
  }

  std::shared_ptr<const Policy> policy_;
  int objects_ = 0;
  int violations_ = 0;
};

TEST(Agreement, OfScansAndReviews) {
  Agreement agreement;
  Arena arena;
  OriginTable origins;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(RESTORABLE_SOURCE_DIR "/rules/aks-backup")) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const SourceFile file(FileId{0}, entry.path().filename().string(), text.str());
    const yaml::Stream stream = yaml::Parse(file, arena, origins, Limits{});
    const Value* const spec = stream.documents.at(0).root.Find("spec");
    const Value* const tests = spec->Find("tests");
    if (tests == nullptr) continue;
    for (const Value& test : tests->AsList()) {
      if (test.Find("mode") != nullptr) continue;  // these are reviews already
      const std::string name =
          file.path() + " \"" + std::string(test.Find("name")->AsString()) + "\"";
      if (const Value* const manifests = test.Find("kubernetes"))
        agreement.Compare(name, manifests->AsString());
      if (const Value* const files = test.Find("files")) {
        for (const MapEntry& one : files->AsMap()) agreement.Compare(name, one.value.AsString());
      }
    }
  }
  EXPECT_GT(agreement.objects(), 500);
  EXPECT_GT(agreement.violations(), 150);
}

}  // namespace
}  // namespace restorable::admission
