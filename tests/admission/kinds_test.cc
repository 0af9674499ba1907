#include "admission/kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "reviews.h"

namespace restorable::admission {
namespace {

TEST(Kinds, AreSortedAndNoneThatKeepsAClusterAlive) {
  const auto kinds = kubernetes::ObjectKinds();
  EXPECT_TRUE(std::ranges::is_sorted(
      kinds, {}, [](const ObjectKind& kind) { return std::pair(kind.group, kind.plural); }));
  for (const ObjectKind& kind : kinds) {
    for (const std::string_view never :
         {"leases", "events", "endpoints", "endpointslices", "nodes", "secrets", "configmaps",
          "tokenreviews", "subjectaccessreviews", "*"}) {
      EXPECT_NE(kind.plural, never);
    }
  }
}

// What the chart registers for is `restorable-webhook config`, and what its audit may read is
// `restorable-webhook config --audit`.
TEST(Kinds, AreThoseOfTheChart) {
  const auto read = [](const char* name) {
    std::ostringstream text;
    text << std::ifstream(
                std::string(RESTORABLE_SOURCE_DIR "/webhook/deploy/restorable-webhook/files/") +
                name)
                .rdbuf();
    return text.str();
  };
  const auto kinds = ReviewedKinds(MakePolicy()->rules());
  EXPECT_EQ(WebhookRules(kinds, false), read("rules.yaml"));
  EXPECT_EQ(WebhookRules(kinds, true), read("rules.yaml") + read("custom-rules.yaml"));
  EXPECT_EQ(RoleRules(AuditedKinds(MakePolicy()->rules())), read("audit-rules.yaml"));
}

TEST(Kinds, OfOneRuleAreItsOwn) {
  const auto policy = MakePolicy();
  policy::Configuration configuration;
  for (const policy::Rule& rule : policy->rules().rules()) {
    configuration.rules[rule.id].enabled = rule.id == "AKB101";
  }
  const auto loaded = policy::RuleSet::Load({.configuration = configuration});
  EXPECT_EQ(WebhookRules(ReviewedKinds(*loaded.rules), false),
            "- apiGroups: [\"\"]\n"
            "  apiVersions: [v1]\n"
            "  operations: [CREATE, UPDATE]\n"
            "  resources: [persistentvolumes]\n"
            "  scope: Cluster\n"
            "- apiGroups: [\"\"]\n"
            "  apiVersions: [v1]\n"
            "  operations: [CREATE, UPDATE]\n"
            "  resources: [persistentvolumeclaims, pods, podtemplates, replicationcontrollers]\n"
            "  scope: Namespaced\n"
            "- apiGroups: [\"apps\"]\n"
            "  apiVersions: [v1]\n"
            "  operations: [CREATE, UPDATE]\n"
            "  resources: [daemonsets, deployments, replicasets, statefulsets]\n"
            "  scope: Namespaced\n"
            "- apiGroups: [\"batch\"]\n"
            "  apiVersions: [v1]\n"
            "  operations: [CREATE, UPDATE]\n"
            "  resources: [cronjobs, jobs]\n"
            "  scope: Namespaced\n"
            "- apiGroups: [\"storage.k8s.io\"]\n"
            "  apiVersions: [v1]\n"
            "  operations: [CREATE, UPDATE]\n"
            "  resources: [storageclasses, volumeattributesclasses]\n"
            "  scope: Cluster\n");
}

}  // namespace
}  // namespace restorable::admission
