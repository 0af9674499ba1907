#include "admission/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reviews.h"

namespace restorable::admission {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Diagnose(std::string_view settings) {
  const SourceFile file(FileId{1}, "settings.yaml", std::string(settings));
  std::string text;
  for (const Diagnostic& diagnostic : ReadSettings(file, Limits{}).diagnostics) {
    text += Message(diagnostic) + "\n";
  }
  return text;
}

TEST(Settings, AreReadAsWritten) {
  const SourceFile file(FileId{1}, "settings.yaml", R"(apiVersion: restorable.dev/v1
kind: WebhookSettings
actions: {error: warn, info: warn}
rules: {AKB101: deny}
undetermined: warn
onRuleError: deny
suppressions: audit
exempt: {namespaces: [flux-*], users: ["system:serviceaccount:ci:*"]}
)");
  const SettingsResult result = ReadSettings(file, Limits{});
  EXPECT_TRUE(result.diagnostics.empty());
  const Settings& settings = result.settings;
  EXPECT_EQ(settings.actions, (std::array{Action::kWarn, Action::kWarn, Action::kWarn}));
  EXPECT_EQ(settings.rules.at("AKB101"), Action::kDeny);
  EXPECT_EQ(settings.undetermined, Action::kWarn);
  EXPECT_TRUE(settings.rule_errors_deny);
  EXPECT_TRUE(settings.suppressions);
  EXPECT_EQ(settings.exempt_namespaces, std::vector<std::string>{"flux-*"});
}

TEST(Settings, SayWhatIsWrong) {
  EXPECT_THAT(Diagnose("action: {}"), HasSubstr("did you mean `actions`?"));
  EXPECT_THAT(Diagnose("undetermined: deny"), HasSubstr("deny"));
  EXPECT_THAT(Diagnose("rules: {AKB101: block}"), HasSubstr("`block` is no action"));
  EXPECT_THAT(Diagnose("exempt: [a]"), HasSubstr("`exempt` must be a map"));
  EXPECT_EQ(Diagnose(""), "");
}

TEST(Policy, RefusesUnknownRulesAndUnreadableFiles) {
  Policy::LoadResult missing = Policy::Load({.settings = "/nowhere/settings.yaml"}, Limits{});
  EXPECT_FALSE(missing.ok());
  EXPECT_THAT(Message(missing.diagnostics.at(0)), HasSubstr("/nowhere/settings.yaml"));
}

TEST(Policy, ActionsFollowSeverityUnlessARuleSaysOtherwise) {
  const auto policy = MakePolicy("rules: {AKB101: audit, velero-metadata: deny}");
  EXPECT_EQ(policy->ActionFor(*policy->rules().Find("AKB101")), Action::kAudit);
  EXPECT_EQ(policy->ActionFor(*policy->rules().Find("AKB702")), Action::kDeny);
  EXPECT_EQ(policy->ActionFor(*policy->rules().Find("AKB102")), Action::kDeny);
  EXPECT_EQ(policy->ActionFor(*policy->rules().Find("AKB106")), Action::kWarn);
}

TEST(Policy, TheBackupExtensionIsExemptWhateverTheSettingsSay) {
  const auto policy = MakePolicy("exempt: {namespaces: [], users: [\"ci-*\"]}");
  EXPECT_TRUE(policy->IsExempt("dataprotection-microsoft", "jane"));
  EXPECT_TRUE(policy->IsExempt("shop", "system:serviceaccount:dataprotection-microsoft:x"));
  EXPECT_FALSE(policy->IsExempt("shop", "system:serviceaccount:dataprotection-microsoft-x:y"));
  EXPECT_FALSE(policy->IsExempt("kube-system", "jane"));
  EXPECT_TRUE(policy->IsExempt("", "ci-7"));
  EXPECT_TRUE(MakePolicy()->IsExempt("kube-system", "jane"));
  EXPECT_FALSE(MakePolicy()->IsExempt("", "jane"));
}

TEST(Policy, AnnotationsSuppressOnlyWhereTheyMay) {
  const std::string object = UltraClass(
      R"("name":"fast","annotations":{"restorable.dev/ignore":"AKB101 -- build caches"})");
  EXPECT_THAT(Ask(MakePolicy(), ReviewText{.object = object}).body, HasSubstr("\"allowed\":false"));
  const Response audited = Ask(MakePolicy("suppressions: audit"), ReviewText{.object = object});
  EXPECT_THAT(audited.body, HasSubstr("\"allowed\":true"));
  EXPECT_THAT(audited.body, HasSubstr(R"("suppressed":"AKB101: build caches")"));
  const std::string unreasoned =
      UltraClass(R"("name":"fast","annotations":{"restorable.dev/ignore":"AKB101"})");
  EXPECT_THAT(Ask(MakePolicy("suppressions: audit"), ReviewText{.object = unreasoned}).body,
              HasSubstr("\"allowed\":false"));
  const std::string over = UltraClass(
      R"("name":"fast","annotations":{"restorable.dev/ignore":"AKB101 until=2020-01-01 -- old"})");
  EXPECT_THAT(Ask(MakePolicy("suppressions: audit"), ReviewText{.object = over}).body,
              HasSubstr("\"allowed\":false"));
}

}  // namespace
}  // namespace restorable::admission
