// From the bytes of a review to its answer.
#include "admission/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "admission/reviewer.h"
#include "reviews.h"

namespace restorable::admission {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::shared_ptr<const Policy>& BuiltIn() {
  static const std::shared_ptr<const Policy> policy = MakePolicy();
  return policy;
}

nlohmann::json Body(const Response& response) {
  EXPECT_EQ(response.status, 200) << response.body;
  return nlohmann::json::parse(response.body).at("response");
}

std::string MessageOf(const nlohmann::json& body) { return body.at("status").at("message"); }

TEST(Review, DeniesWithTheRuleAndItsWords) {
  const Response response = Ask(BuiltIn(), ReviewText{.object = UltraClass()});
  const nlohmann::json body = Body(response);
  EXPECT_EQ(body.at("uid"), "705ab4f5-6393-11e8-b7cc-42010a800002");
  EXPECT_EQ(body.at("allowed"), false);
  EXPECT_EQ(body.at("status").at("code"), 403);
  EXPECT_EQ(body.at("status").at("reason"), "Forbidden");
  EXPECT_EQ(MessageOf(body),
            "AKB101: StorageClass fast provisions UltraSSD_LRS disks, which the backup skips");
  EXPECT_EQ(body.at("auditAnnotations").at("decision"), "deny");
  EXPECT_EQ(body.at("auditAnnotations").at("rules"), "AKB101");
  EXPECT_FALSE(body.contains("patch"));
  EXPECT_EQ(response.record.decision, Decision::kDeny);
}

TEST(Review, IsTheSameTwiceAndInADryRun) {
  Reviewer reviewer(BuiltIn());
  const auto later = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  const std::string text = ToText({.object = UltraClass()});
  const std::string first = reviewer.Review(text, later).body;
  EXPECT_EQ(reviewer.Review(text, later).body, first);
  const Response dry =
      Ask(BuiltIn(), ReviewText{.object = UltraClass(), .more = R"(,"dryRun":true)"});
  EXPECT_EQ(dry.body, first);
  EXPECT_TRUE(dry.record.dry_run);
}

TEST(Review, RefusesOtherVersionsAndOtherThings) {
  const auto refused = [](std::string body) {
    const Response response = Ask(BuiltIn(), std::move(body));
    EXPECT_EQ(response.status, 400);
    return response.body;
  };
  EXPECT_THAT(refused(R"({"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"})"),
              HasSubstr("v1beta1"));
  EXPECT_THAT(refused(R"({"apiVersion":"v1","kind":"Pod"})"), HasSubstr("not an AdmissionReview"));
  EXPECT_THAT(refused("[]"), HasSubstr("not an AdmissionReview"));
  EXPECT_THAT(refused(""), HasSubstr("not JSON"));
  EXPECT_THAT(refused("\xff"), HasSubstr("UTF-8"));
  EXPECT_THAT(refused(R"({"a":"\ud800"})"), HasSubstr("surrogate"));
  EXPECT_THAT(refused(std::string("{\"a\":\"\0\"}", 9)), HasSubstr("control character"));
  EXPECT_THAT(refused(std::string(100'000, '[')), HasSubstr("limit of 200"));
  std::string deep = R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","x":)";
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  EXPECT_THAT(refused(deep), HasSubstr("limit of 200"));
  EXPECT_THAT(
      refused(R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":null})"),
      HasSubstr("`request`"));
}

TEST(Review, ManagedFieldsMayBeDeepAndAreNotRead) {
  std::string fields;
  for (int i = 0; i < 150; ++i) fields += "{\"f:a\":";
  fields += "1" + std::string(150, '}');
  const std::string metadata = R"("name":"fast","managedFields":[{"fieldsV1":)" + fields + "}]";
  EXPECT_EQ(Body(Ask(BuiltIn(), ReviewText{.object = UltraClass(metadata)})).at("allowed"), false);
}

TEST(Review, TakesAByteOrderMarkBigNumbersAndTheLastOfTwoKeys) {
  const std::string object =
      R"({"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast","generation":9007199254740993},)"
      R"("provisioner":"x","provisioner":"disk.csi.azure.com","parameters":{"skuName":"UltraSSD_LRS"}})";
  EXPECT_EQ(Body(Ask(BuiltIn(), "\xef\xbb\xbf" + ToText({.object = object}))).at("allowed"), false);
}

TEST(Review, NullIsAsGoodAsAbsent) {
  const ReviewText review{
      .object = UltraClass(),
      .more = R"(,"oldObject":null,"subResource":null,"dryRun":null,"options":null)"};
  EXPECT_EQ(Body(Ask(BuiltIn(), review)).at("allowed"), false);
}

TEST(Review, LetsGoOfWhatIsDeleted) {
  const nlohmann::json body =
      Body(Ask(BuiltIn(), ReviewText{.operation = "DELETE", .old_object = UltraClass()}));
  EXPECT_EQ(body.at("allowed"), true);
  EXPECT_FALSE(body.contains("warnings"));
}

TEST(Review, OwnRulesSeeWhatIsDeleted) {
  const auto policy = MakePolicy("", "", R"(apiVersion: restorable.dev/v1
kind: Rule
metadata: {id: ORG1, name: keep-classes}
spec:
  title: Class that is deleted
  severity: error
  category: storage
  docs: https://example.com
  description: x
  remediation: x
  when: [resource.mode == 'admission', request.operation == 'DELETE']
  checks:
    - match: {kubernetes: [{apiGroups: [storage.k8s.io], kinds: [StorageClass]}]}
      assert: oldObject.metadata.name != 'fast'
      message: "'class ' + oldObject.metadata.name + ' must stay'"
)");
  const ReviewText fast{.operation = "DELETE", .old_object = UltraClass()};
  EXPECT_EQ(MessageOf(Body(Ask(policy, fast))), "ORG1: class fast must stay");
  const ReviewText other{.operation = "DELETE", .old_object = UltraClass(R"("name":"slow")")};
  EXPECT_EQ(Body(Ask(policy, other)).at("allowed"), true);
}

TEST(Review, SkipsSubresourcesAndConnect) {
  for (const ReviewText& review : {ReviewText{.sub_resource = "status", .object = UltraClass()},
                                   ReviewText{.operation = "CONNECT",
                                   .object = R"({"kind":"PodExecOptions","apiVersion":"v1"})"}}) {
    const Response response = Ask(BuiltIn(), review);
    EXPECT_EQ(Body(response).at("allowed"), true);
    EXPECT_EQ(response.record.decision, Decision::kSkipped);
  }
}

TEST(Review, AnUpdateThatViolatesNothingNewIsOnlyWarnedOf) {
  const nlohmann::json same =
      Body(Ask(BuiltIn(), ReviewText{.operation = "UPDATE",
                                     .object = UltraClass(R"("name":"fast","labels":{"a":"b"})"),
                                     .old_object = UltraClass()}));
  EXPECT_EQ(same.at("allowed"), true);
  EXPECT_THAT(same.at("warnings").at(0), StartsWith("AKB101: StorageClass fast"));
  std::string supported = UltraClass();
  supported.replace(supported.find("UltraSSD_LRS"), 12, "Premium_LRS");
  const ReviewText worse{.operation = "UPDATE", .object = UltraClass(), .old_object = supported};
  EXPECT_EQ(Body(Ask(BuiltIn(), worse)).at("allowed"), false);
}

TEST(Review, WhatIsBeingDeletedPasses) {
  const std::string metadata = R"("name":"fast","deletionTimestamp":"2026-01-01T00:00:00Z")";
  EXPECT_EQ(Body(Ask(BuiltIn(), ReviewText{.object = UltraClass(metadata)})).at("allowed"), true);
}

TEST(Review, ANameThatIsToBeGenerated) {
  const ReviewText review{.name = "", .object = UltraClass(R"("generateName":"fast-")")};
  EXPECT_EQ(Body(Ask(BuiltIn(), review)).at("allowed"), false);
}

TEST(Review, ARestoreIsNeverHindered) {
  ReviewText review{
      .username = "system:serviceaccount:dataprotection-microsoft:agent",
      .object = UltraClass(R"("name":"fast","labels":{"velero.io/restore-name":"r"})")};
  EXPECT_EQ(Body(Ask(BuiltIn(), review)).at("allowed"), true);
  const std::string service =
      R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"shop","labels":)"
      R"({"velero.io/restore-name":"r","velero.io/backup-name":"b"}}})";
  const nlohmann::json body = Body(
      Ask(MakePolicy("actions: {warning: deny}"),
          ReviewText{.group = "", .kind = "Service", .namespace_ = "shop", .object = service}));
  EXPECT_EQ(body.at("allowed"), true);
  EXPECT_FALSE(body.contains("warnings"));
}

TEST(Review, KnowsTheClassesItWasToldOf) {
  const ReviewText claim{
      .group = "",
      .kind = "PersistentVolumeClaim",
      .namespace_ = "shop",
      .object =
          R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},)"
          R"("spec":{"storageClassName":"fast"}})"};
  const nlohmann::json open = Body(Ask(BuiltIn(), claim));
  EXPECT_EQ(open.at("allowed"), true);
  EXPECT_THAT(open.at("auditAnnotations").at("undetermined"), HasSubstr("AKB101"));
  const auto told = MakePolicy("", UltraClass());
  EXPECT_THAT(MessageOf(Body(Ask(told, claim))),
              HasSubstr("is on UltraSSD_LRS disks of StorageClass fast"));
  ReviewText built_in = claim;
  const std::size_t at = built_in.object.find("fast");
  built_in.object.replace(at, 4, "managed-csi-premium-v2");
  EXPECT_EQ(Body(Ask(BuiltIn(), built_in)).at("allowed"), false);
}

TEST(Review, UndeterminedWarnsAtMost) {
  const ReviewText claim{
      .group = "",
      .kind = "PersistentVolumeClaim",
      .object = R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},)"
                R"("spec":{"storageClassName":"elsewhere"}})"};
  const nlohmann::json body = Body(Ask(MakePolicy("undetermined: warn"), claim));
  EXPECT_EQ(body.at("allowed"), true);
  EXPECT_THAT(body.at("warnings").at(0), HasSubstr("cannot tell whether"));
}

TEST(Review, JudgesTheAzureResourcesThatObjectsDescribe) {
  const ReviewText cluster{
      .group = "containerservice.azure.com",
      .version = "v1api20231001",
      .kind = "ManagedCluster",
      .namespace_ = "infra",
      .object =
          R"({"apiVersion":"containerservice.azure.com/v1api20231001","kind":"ManagedCluster","metadata":{"name":"c","namespace":"infra"},)"
          R"("spec":{"servicePrincipalProfile":{"clientId":"00000000-0000-0000-0000-000000000001"}}})"};
  EXPECT_THAT(Ask(BuiltIn(), cluster).body, HasSubstr("AKB201"));
}

TEST(Review, AnswersNothingAfterItsDeadline) {
  Reviewer reviewer(BuiltIn());
  const Response response =
      reviewer.Review(ToText({.object = UltraClass()}), std::chrono::steady_clock::now());
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.record.decision, Decision::kError);
}

TEST(Review, ARuleThatFailsIsItsOwnMatter) {
  constexpr std::string_view kRule = R"(apiVersion: restorable.dev/v1
kind: Rule
metadata: {id: ORG1, name: broken}
spec:
  title: x
  severity: error
  category: storage
  docs: https://example.com
  description: x
  remediation: x
  checks:
    - match: {kubernetes: [{apiGroups: [storage.k8s.io], kinds: [StorageClass]}]}
      assert: object.nothing.here == 1
)";
  std::string fine = UltraClass();
  fine.replace(fine.find("UltraSSD_LRS"), 12, "Premium_LRS");
  const ReviewText review{.object = fine};
  const Response lenient = Ask(MakePolicy("", "", kRule), review);
  EXPECT_EQ(Body(lenient).at("allowed"), true);
  EXPECT_EQ(Body(lenient).at("warnings").at(0), "ORG1: the rule failed and gives no verdict");
  ASSERT_EQ(lenient.record.errors.size(), 1U);
  EXPECT_EQ(lenient.record.errors[0].rule, "ORG1");
  EXPECT_EQ(Body(Ask(MakePolicy("onRuleError: deny", "", kRule), review)).at("allowed"), false);
}

}  // namespace
}  // namespace restorable::admission
