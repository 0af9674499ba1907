#include "cluster/audit.h"

#include <algorithm>
#include <set>

#include "cluster/diagnostics.h"
#include "fake_cluster.h"
#include "policy/rule.h"
#include "report/formats.h"
#include "webhook/certificates.h"

namespace restorable::cluster {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Json Object(const std::string& api_version, const std::string& kind, const std::string& namespace_,
            const std::string& name) {
  Json object = {{"apiVersion", api_version},
                 {"kind", kind},
                 {"metadata", {{"name", name}, {"uid", kind + "-" + name}}}};
  if (!namespace_.empty()) object["metadata"]["namespace"] = namespace_;
  return object;
}

Json Class(const std::string& name, const std::string& sku) {
  Json object = Object("storage.k8s.io/v1", "StorageClass", "", name);
  object["metadata"]["managedFields"] = Json::array({{{"manager", "kubectl"}}});
  object["provisioner"] = "disk.csi.azure.com";
  object["parameters"] = {{"skuName", sku}};
  return object;
}

Json Claim(const std::string& namespace_, const std::string& name, const std::string& class_name) {
  Json object = Object("v1", "PersistentVolumeClaim", namespace_, name);
  object["spec"] = {{"storageClassName", class_name}};
  return object;
}

// Mounts a share without a claim, which is an AKB106.
Json PodSpec() {
  return {
      {"containers", Json::array({{{"name", "c"}, {"image", "registry.example/i:1"}}})},
      {"volumes", Json::array({{{"name", "share"}, {"csi", {{"driver", "file.csi.azure.com"}}}}})}};
}

Json Pod(const std::string& namespace_, const std::string& name) {
  Json object = Object("v1", "Pod", namespace_, name);
  object["spec"] = PodSpec();
  return object;
}

Json Workload(const std::string& kind, const std::string& namespace_, const std::string& name) {
  Json object = Object("apps/v1", kind, namespace_, name);
  object["spec"] = {{"template", {{"spec", PodSpec()}}}};
  return object;
}

Json ControlledBy(Json object, const std::string& api_version, const std::string& kind) {
  object["metadata"]["ownerReferences"] =
      Json::array({{{"apiVersion", api_version}, {"kind", kind}, {"controller", true}}});
  return object;
}

class Auditing : public testing::Test {
 protected:
  Auditing() {
    cluster.ServeAll();
    for (const char* const name : {"shop", "media", "kube-system"}) {
      cluster.Add(Object("v1", "Namespace", "", name));
    }
  }

  void Load(const std::string& settings) {
    files.settings = directory.Write("settings.yaml", settings);
  }

  AuditResult Run(Shard shard = {}) {
    policy = admission::Policy::Load(files, Limits{}).policy;
    Client client(cluster.access(), Impatient());
    return Audit(client, *policy, {.shard = shard, .list = {.page_objects = 2}});
  }

  // "AKB101 StorageClass/fast", of violations that nobody suppressed.
  static std::vector<std::string> Violations(const AuditResult& result) {
    std::vector<std::string> lines;
    for (const policy::Finding& finding : result.report.findings) {
      if (finding.verdict != policy::Verdict::kViolated || finding.suppressed) continue;
      lines.push_back(finding.rule->id + " " + finding.resource_address);
    }
    return lines;
  }

  webhook::TemporaryDirectory directory;
  admission::PolicyFiles files;
  std::shared_ptr<const admission::Policy> policy;
  FakeCluster cluster;
};

TEST_F(Auditing, FindsWhatScansFind) {
  cluster.Add(Class("fast", "UltraSSD_LRS"));
  cluster.Add(Class("slow", "Premium_LRS"));
  cluster.Add(Pod("shop", "web"));
  const AuditResult result = Run();
  EXPECT_THAT(Violations(result), ElementsAre("AKB101 StorageClass/fast", "AKB106 Pod/shop/web"));
  EXPECT_THAT(result.report.diagnostics, IsEmpty());
  EXPECT_EQ(result.report.summary.resources, 5u);  // two namespaces are not exempt
  EXPECT_EQ(result.report.summary.violations, 2u);
  EXPECT_EQ(result.objects[1].namespace_, "shop");
  EXPECT_EQ(result.objects[1].uid, "Pod-web");
}

TEST_F(Auditing, LooksUpClassesOfTheWholeCluster) {
  Json share = Class("share", "");
  share["provisioner"] = "file.csi.azure.com";
  cluster.Add(share);
  cluster.Add(Claim("shop", "data", "share"));
  EXPECT_THAT(Violations(Run()), Contains("AKB106 PersistentVolumeClaim/shop/data"));
}

TEST_F(Auditing, NotesSayWhereTheyAre) {
  Json share = Class("share", "");
  share["provisioner"] = "file.csi.azure.com";
  cluster.Add(share);
  cluster.Add(Claim("shop", "data", "share"));
  const AuditResult result = Run();
  const std::string text = report::WriteText(result.report, {});
  EXPECT_THAT(text, HasSubstr("PersistentVolumeClaim/shop/data: "));
  EXPECT_THAT(text, HasSubstr("note: StorageClass/share: the class names its driver here\n"));
}

TEST_F(Auditing, SaysTheSameOfWhatAControllerMadeOnce) {
  cluster.Add(Workload("Deployment", "shop", "web"));
  cluster.Add(ControlledBy(Workload("ReplicaSet", "shop", "web-1"), "apps/v1", "Deployment"));
  cluster.Add(ControlledBy(Pod("shop", "web-1-a"), "apps/v1", "ReplicaSet"));
  cluster.Add(ControlledBy(Pod("shop", "rolled-a"), "argoproj.io/v1alpha1", "Rollout"));
  const AuditResult result = Run();
  EXPECT_THAT(Violations(result),
              ElementsAre("AKB106 Deployment/shop/web", "AKB106 Pod/shop/rolled-a"));
  EXPECT_EQ(result.report.summary.skipped_documents.at("made by a controller that is checked"), 2u);
}

TEST_F(Auditing, NeverListsSecretsAndConfigMaps) {
  (void)Run();
  EXPECT_EQ(cluster.CountRequests("/secrets"), 0u);
  EXPECT_EQ(cluster.CountRequests("/configmaps"), 0u);
}

TEST_F(Auditing, FindsKindsThatOnlyAnotherVersionOfTheirGroupHas) {
  cluster.Serve("storage.azure.com", "v1api20210401", "StorageAccount", "storageaccounts");
  cluster.Serve("storage.azure.com", "v1api20230101", "StorageAccount", "storageaccounts");
  cluster.Serve("storage.azure.com", "v1api20230101", "StorageAccountsManagementPolicy",
                "storageaccountsmanagementpolicies");
  EXPECT_THAT(Run().report.diagnostics, IsEmpty());
  const std::string root = "/apis/storage.azure.com/";
  EXPECT_EQ(cluster.CountRequests(root + "v1api20210401/storageaccounts?"), 1u);
  EXPECT_EQ(cluster.CountRequests(root + "v1api20230101/storageaccounts?"), 0u);
  EXPECT_EQ(cluster.CountRequests("/storageaccountsmanagementpolicies?"), 1u);
}

TEST_F(Auditing, LeavesExemptNamespacesAlone) {
  cluster.Add(Pod("kube-system", "csi"));
  cluster.Add(Pod("shop", "web"));
  EXPECT_THAT(Violations(Run()), ElementsAre("AKB106 Pod/shop/web"));
  Load("exempt: {namespaces: [shop]}");
  const std::vector<std::string> others = Violations(Run());
  EXPECT_THAT(others, Contains("AKB106 Pod/kube-system/csi"));
  EXPECT_THAT(others, Not(Contains(HasSubstr("/shop/"))));
}

TEST_F(Auditing, SuppressesWhatAnObjectIgnores) {
  Json pod = Pod("shop", "web");
  pod["metadata"]["annotations"] = {{"restorable.dev/ignore", "AKB106 -- scratch space"}};
  cluster.Add(pod);
  EXPECT_THAT(Violations(Run()), ElementsAre("AKB106 Pod/shop/web"));
  Load("suppressions: audit");
  const AuditResult result = Run();
  EXPECT_THAT(Violations(result), IsEmpty());
  EXPECT_EQ(result.report.summary.suppressed, 1u);
}

TEST_F(Auditing, SaysWhichRightIsMissingAndGoesOn) {
  cluster.Add(Pod("shop", "web"));
  cluster.Add(Class("fast", "UltraSSD_LRS"));
  cluster.intercept = [](const httplib::Request& request) {
    return request.path == "/apis/apps/v1/deployments"
               ? std::optional(Refused(403, "deployments.apps is forbidden"))
               : std::nullopt;
  };
  const AuditResult result = Run();
  EXPECT_THAT(Violations(result), ElementsAre("AKB101 StorageClass/fast", "AKB106 Pod/shop/web"));
  ASSERT_EQ(result.report.diagnostics.size(), 1u);
  EXPECT_EQ(Message(result.report.diagnostics[0]),
            "not audited: `deployments.apps`; a role must allow to `list` it in the API group "
            "`apps`: deployments.apps is forbidden");
  EXPECT_EQ(result.report.summary.errors, 1u);
}

// What a controller made is looked at when the controller itself cannot be.
TEST_F(Auditing, LooksAtReplicaSetsWhenDeploymentsAreForbidden) {
  cluster.Add(ControlledBy(Workload("ReplicaSet", "shop", "web-1"), "apps/v1", "Deployment"));
  cluster.intercept = [](const httplib::Request& request) {
    return request.path.ends_with("/deployments") ? std::optional(Refused(403, "no"))
                                                  : std::nullopt;
  };
  EXPECT_THAT(Violations(Run()), ElementsAre("AKB106 ReplicaSet/shop/web-1"));
}

TEST_F(Auditing, ForgetsWhatAListSaidThatBeginsAgain) {
  for (const char* const name : {"a", "b", "c"}) cluster.Add(Pod("shop", name));
  cluster.intercept = [expired = false](const httplib::Request& request) mutable {
    if (request.path != "/api/v1/pods" || !request.has_param("continue") || expired) {
      return std::optional<Reply>();
    }
    expired = true;
    return std::optional(Refused(410, "expired"));
  };
  const AuditResult result = Run();
  EXPECT_THAT(Violations(result),
              ElementsAre("AKB106 Pod/shop/a", "AKB106 Pod/shop/b", "AKB106 Pod/shop/c"));
  EXPECT_EQ(result.report.summary.resources, 5u);
}

TEST_F(Auditing, OfShardsTogetherIsThatOfAll) {
  std::set<std::string> all;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "team-" + std::to_string(i);
    cluster.Add(Object("v1", "Namespace", "", name));
    cluster.Add(Pod(name, "web"));
    cluster.Add(Claim(name, "data", "share"));
  }
  Json share = Class("share", "");
  share["provisioner"] = "file.csi.azure.com";
  cluster.Add(share);
  const std::vector<std::string> whole = Violations(Run());
  EXPECT_GE(whole.size(), 24u);
  std::vector<std::string> parts;
  std::size_t resources = 0;
  for (std::uint32_t index = 0; index < 3; ++index) {
    const AuditResult part = Run({index, 3});
    resources += part.report.summary.resources;
    for (const std::string& line : Violations(part)) parts.push_back(line);
  }
  EXPECT_THAT(parts, testing::UnorderedElementsAreArray(whole));
  EXPECT_EQ(resources, Run().report.summary.resources);
  // Pods, which nothing looks up, are listed by the namespace.
  EXPECT_EQ(cluster.CountRequests("/namespaces/team-3/pods"), 1u);
}

TEST_F(Auditing, GivesTheClassesAsTheWebhookReadsThem) {
  cluster.Add(Class("slow", "Premium_LRS"));
  cluster.Add(Class("fast", "UltraSSD_LRS"));
  const AuditResult result = Run();
  EXPECT_TRUE(result.has_all_classes);
  EXPECT_THAT(result.classes, Not(HasSubstr("managedFields")));
  EXPECT_THAT(result.classes, Not(HasSubstr("uid")));
  files.classes = directory.Write("classes.yaml", result.classes);
  const auto loaded = admission::Policy::Load(files, Limits{});
  EXPECT_TRUE(loaded.ok());
  EXPECT_EQ(loaded.policy->classes().List("StorageClass").size(), 2u);
}

TEST_F(Auditing, WithoutAClusterIsAnError) {
  cluster.intercept = [](const httplib::Request&) { return Refused(401, "Unauthorized"); };
  const AuditResult result = Run();
  EXPECT_GT(result.report.summary.errors, 0u);
  EXPECT_FALSE(result.has_all_classes);
}

TEST_F(Auditing, EachFormatSaysWhere) {
  cluster.Add(Pod("shop", "web"));
  const AuditResult result = Run();
  for (const report::Format& format : report::kFormats) {
    EXPECT_THAT(format.write(result.report, {}), HasSubstr("Pod/shop/web")) << format.name;
  }
}

}  // namespace
}  // namespace restorable::cluster
