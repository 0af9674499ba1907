// The server as a well-behaved client sees it: probes, metrics, reload, pipelining, and the
// retirement of connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "serving.h"

namespace restorable::webhook {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

TEST(Server, IsReadyOnceItHasAnsweredItself) {
  Serving serving(QuickOptions());
  EXPECT_EQ(serving.Probe("/readyz"), "200\nok\n");
  EXPECT_EQ(serving.Probe("/livez?verbose"), "200\n[+] io ok\n[+] workers ok\n");
  EXPECT_THAT(serving.Probe("/other"), StartsWith("404"));
}

TEST(Server, RefusesToStartOnABrokenPolicyAndTooShortPatience) {
  TemporaryDirectory directory;
  const TestCertificate made = MakeCertificate();
  ServerOptions options = QuickOptions();
  options.port = options.health_port = 0;
  options.tls.certificate = directory.Write("tls.crt", made.certificate);
  options.tls.key = directory.Write("tls.key", made.key);
  options.policy.settings = directory.Write("settings.yaml", "rules: {NO1: deny}");
  EXPECT_FALSE(Server(options).Start());
  options.policy.settings.clear();
  options.io.idle = 60s;
  EXPECT_FALSE(Server(options).Start());
}

TEST(Server, KeepsTheOldPolicyWhenTheNewOneIsBroken) {
  TemporaryDirectory directory;
  ServerOptions options = QuickOptions();
  options.policy.settings = directory.Write("settings.yaml", "actions: {error: deny}");
  Serving serving(options);
  const std::string review =
      R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u",)"
      R"("kind":{"group":"storage.k8s.io","version":"v1","kind":"StorageClass"},"operation":"CREATE",)"
      R"("object":{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"a"},)"
      R"("provisioner":"disk.csi.azure.com","parameters":{"skuName":"UltraSSD_LRS"}}}})";
  Client client(serving.port());
  EXPECT_THAT(client.Ask(Post(review)).body, HasSubstr("\"allowed\":false"));
  directory.Write("settings.yaml", "actions: {error: explode}");
  serving.server().Reload();
  EXPECT_THAT(client.Ask(Post(review)).body, HasSubstr("\"allowed\":false"));
  directory.Write("settings.yaml", "actions: {error: warn}  # for a month");
  serving.server().Reload();
  EXPECT_THAT(client.Ask(Post(review)).body, HasSubstr("\"allowed\":true,\"warnings\""));
  const std::string metrics = serving.Probe("/metrics");
  EXPECT_THAT(metrics, HasSubstr("restorable_webhook_policy_reloads_total{result=\"failed\"} 1"));
  EXPECT_THAT(
      metrics,
      HasSubstr("restorable_webhook_rule_verdicts_total{rule=\"AKB101\",verdict=\"violated\"} 3"));
  EXPECT_THAT(metrics, HasSubstr("controller_runtime_webhook_requests_total"));
  EXPECT_THAT(metrics, HasSubstr("kind=\"StorageClass\""));
  EXPECT_THAT(metrics, Not(HasSubstr("name=\"a\"")));
}

TEST(Server, AnswersInOrderOnOneConnection) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  ASSERT_TRUE(client.Send(Post(CannedReview()) + Post("[]") + Post(CannedReview())));
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_EQ(client.Receive().status, 400);
  EXPECT_EQ(client.Receive().status, 200);
}

TEST(Server, AnswersAnExpectationBeforeTheBody) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  const std::string request = Post(CannedReview(), "Expect: 100-continue\r\n");
  const std::size_t head = request.find("\r\n\r\n") + 4;
  EXPECT_EQ(client.Ask(request.substr(0, head)).status, 100);
  EXPECT_EQ(client.Ask(request.substr(head)).status, 200);
}

TEST(Server, ClosesAfterAMalformedRequest) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  const Reply reply = client.Ask("NONSENSE\r\n\r\n" + Post(CannedReview()));
  EXPECT_EQ(reply.status, 400);
  EXPECT_TRUE(reply.closes);
  EXPECT_EQ(client.Receive().status, 0);
}

TEST(Server, RetiresOldConnectionsOnAResponse) {
  ServerOptions options = QuickOptions();
  options.io.age = 100ms;
  Serving serving(options);
  Client client(serving.port());
  EXPECT_FALSE(client.IsClosedWithin(300ms));
  EXPECT_TRUE(client.Ask(Post(CannedReview())).closes);
  EXPECT_TRUE(client.IsClosedWithin(2s));
}

TEST(UsableProcessors, AreThoseOfTheQuotaRoundedUp) {
  EXPECT_EQ(UsableProcessors("350000 100000", 8), 4U);
  EXPECT_EQ(UsableProcessors("800000 100000", 4), 4U);
  EXPECT_EQ(UsableProcessors("50000 100000", 8), 2U);
  EXPECT_EQ(UsableProcessors("max 100000", 8), 8U);
  EXPECT_EQ(UsableProcessors("", 8), 8U);
  EXPECT_EQ(UsableProcessors("", 0), 2U);
}

TEST(Server, TimesOutWithoutAVerdict) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  std::string request = Post(CannedReview());
  request.replace(request.find("5s"), 2, "0s");
  EXPECT_EQ(client.Ask(request).status, 500);
}

}  // namespace
}  // namespace restorable::webhook
