#include "cluster/policy_reports.h"

#include "cluster/diagnostics.h"
#include "fake_cluster.h"
#include "policy/rule.h"

namespace restorable::cluster {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Reports : public testing::Test {
 protected:
  Reports() {
    rule.id = "AKB106";
    rule.name = "azure-files-volume";
    rule.category = "storage";
  }

  policy::Finding& Add(const std::string& namespace_, Severity severity = Severity::kError) {
    policy::Finding finding;
    finding.rule = &rule;
    finding.severity = severity;
    finding.message = "Pod web mounts a share";
    findings.push_back(finding);
    objects.push_back({"v1", "Pod", namespace_, "web", "u-1", "Pod/" + namespace_ + "/web"});
    return findings.back();
  }

  [[nodiscard]] std::vector<PolicyReport> Make() const {
    return MakePolicyReports(findings, objects);
  }

  policy::Rule rule;
  std::vector<policy::Finding> findings;
  std::vector<Object> objects;
};

TEST_F(Reports, AreOneForEachNamespace) {
  Add("shop");
  Add("media", Severity::kWarning);
  Add("");
  Add("shop");
  const auto reports = Make();
  ASSERT_EQ(reports.size(), 3u);
  EXPECT_EQ(Json::parse(reports[0].body)["kind"], "ClusterPolicyReport");
  const Json media = Json::parse(reports[1].body);
  EXPECT_EQ(media["metadata"]["namespace"], "media");
  EXPECT_EQ(media["results"][0]["result"], "warn");
  const Json shop = Json::parse(reports[2].body);
  EXPECT_EQ(shop["summary"]["fail"], 2);
  EXPECT_EQ(shop["results"][0].dump(),
            R"({"source":"restorable","policy":"AKB106","rule":"azure-files-volume",)"
            R"("category":"storage","severity":"high","result":"fail","scored":true,)"
            R"("message":"Pod web mounts a share","resources":[{"apiVersion":"v1","kind":"Pod",)"
            R"("name":"web","namespace":"shop","uid":"u-1"}]})");
}

TEST_F(Reports, HaveNoMoreThanAnObjectHolds) {
  for (int i = 0; i < 2000; ++i) Add("shop", Severity::kWarning).message.assign(5000, 'x');
  for (int i = 0; i < 3; ++i) Add("shop");
  const auto reports = Make();
  const Json report = Json::parse(reports[0].body);
  EXPECT_EQ(report["results"].size(), 500u);
  EXPECT_EQ(report["results"][2]["result"], "fail");
  EXPECT_EQ(report["summary"]["fail"], 3);
  EXPECT_EQ(report["summary"]["warn"], 2000);
  EXPECT_LT(reports[0].body.size(), std::size_t{1} << 20);
}

TEST_F(Reports, LeaveOutWhatIsNoViolation) {
  Add("shop").suppressed = policy::Suppression{};
  Add("media").verdict = policy::Verdict::kUndetermined;
  EXPECT_THAT(Make(), IsEmpty());
}

TEST_F(Reports, AreAppliedAndStaleOnesDeleted) {
  FakeCluster cluster;
  cluster.Serve("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "policyreports");
  cluster.Serve("wgpolicyk8s.io", "v1alpha2", "ClusterPolicyReport", "clusterpolicyreports", false);
  const auto add = [&](const char* namespace_, const char* name) {
    cluster.Add({{"apiVersion", "wgpolicyk8s.io/v1alpha2"},
                 {"kind", "PolicyReport"},
                 {"metadata", {{"namespace", namespace_}, {"name", name}}}});
  };
  add("shop", "restorable-audit");
  add("media", "restorable-audit");
  add("media", "kyverno");
  Add("shop");
  Client client(cluster.access(), Impatient());
  EXPECT_THAT(WritePolicyReports(client, Make(), {}, true), IsEmpty());
  constexpr const char* kRoot = "/apis/wgpolicyk8s.io/v1alpha2";
  ASSERT_EQ(cluster.patches().size(), 1u);
  EXPECT_EQ(cluster.patches()[0].first,
            std::string(kRoot) + "/namespaces/shop/policyreports/restorable-audit");
  EXPECT_EQ(cluster.CountRequests("DELETE"), 1u);
  EXPECT_EQ(cluster.CountRequests("DELETE " + std::string(kRoot) +
                                  "/namespaces/media/policyreports/restorable-audit"),
            1u);
  // An audit that missed something cannot tell what is stale.
  EXPECT_THAT(WritePolicyReports(client, {}, {}, false), IsEmpty());
  EXPECT_EQ(cluster.CountRequests("DELETE"), 1u);
}

TEST_F(Reports, NameTheRightThatIsMissing) {
  FakeCluster cluster;
  cluster.intercept = [](const httplib::Request&) { return Refused(403, "no"); };
  Add("shop");
  Client client(cluster.access(), Impatient());
  const auto diagnostics = WritePolicyReports(client, Make(), {}, false);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_THAT(diagnostics[0].args, ElementsAre("policyreports", "patch", "wgpolicyk8s.io", "no"));
}

}  // namespace
}  // namespace restorable::cluster
