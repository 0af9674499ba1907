// Certificates: the server's, and those of clients.
#include "webhook/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "serving.h"

namespace restorable::webhook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Tls : public testing::Test {
 protected:
  std::string Load(const TestCertificate& made) {
    const auto loaded =
        TlsContext::Load({.certificate = directory_.Write("tls.crt", made.certificate),
                          .key = directory_.Write("tls.key", made.key),
                          .client_ca = {},
                          .client_names = {}});
    return loaded ? "" : loaded.error();
  }
  TemporaryDirectory directory_;
};

TEST_F(Tls, ChecksTheFilesAgainstEachOtherAndTheClock) {
  const TestCertificate good = MakeCertificate();
  EXPECT_EQ(Load(good), "");
  EXPECT_THAT(Load({good.certificate, MakeCertificate().key}), HasSubstr("is not that of"));
  EXPECT_THAT(Load(MakeCertificate(-1)), HasSubstr("has expired"));
  EXPECT_THAT(Load({good.certificate.substr(0, 200), good.key}), HasSubstr("no certificate"));
  EXPECT_THAT(Load({good.certificate, good.key.substr(0, 60)}), HasSubstr("no private key"));
  EXPECT_THAT(Load({good.certificate + MakeCertificate(30, "other").certificate, good.key}),
              HasSubstr("not issued by the next one"));
}

TEST(TlsReload, KeepsTheOldCertificateWhenTheNewOneIsBroken) {
  Serving serving(QuickOptions());
  const TestCertificate expired = MakeCertificate(-1);
  for (const TestCertificate& broken :
       {TestCertificate{"", ""}, TestCertificate{expired.certificate, expired.key},
        TestCertificate{MakeCertificate().certificate, MakeCertificate().key}}) {
    serving.directory().Write("tls.crt", broken.certificate);
    serving.directory().Write("tls.key", broken.key);
    serving.server().Reload();
    EXPECT_TRUE(serving.AnswersFreshReview());
  }
  EXPECT_THAT(serving.Probe("/metrics"),
              HasSubstr("restorable_webhook_certificate_reloads_total{result=\"failed\"} 3"));
}

TEST(TlsReload, AThousandSwapsFailNoHandshake) {
  Serving serving(QuickOptions());
  const TestCertificate pair[] = {MakeCertificate(), MakeCertificate()};
  std::atomic<bool> ends = false;
  std::atomic<int> handshakes = 0;
  std::atomic<int> failures = 0;
  std::thread client([&] {
    while (!ends) {
      const Client connection(serving.port());
      ++(connection.connected() ? handshakes : failures);
    }
  });
  for (int i = 0; i < 1'000; ++i) {
    // The key last: in between they do not fit, and the old one must stay.
    serving.directory().Write("tls.crt", pair[i % 2].certificate);
    serving.directory().Write("tls.key", pair[i % 2].key);
    serving.server().Reload();
  }
  ends = true;
  client.join();
  EXPECT_EQ(failures, 0);
  EXPECT_GT(handshakes, 100);
}

TEST(ClientCertificates, AreAskedForAndTheirNamesChecked) {
  const TestCertificate known = MakeCertificate(30, "webhook.shop.svc");
  const TestCertificate other = MakeCertificate(30, "somebody.else");
  const TestCertificate unknown = MakeCertificate(30, "webhook.shop.svc");
  TemporaryDirectory directory;
  ServerOptions options = QuickOptions();
  options.tls.client_ca = directory.Write("ca.crt", known.certificate + other.certificate);
  options.tls.client_names = {"*.shop.svc"};
  Serving serving(options);
  const auto status = [](Client&& client) { return client.Ask(Post(CannedReview())).status; };
  EXPECT_EQ(status(Client(serving.port(), known)), 200);
  EXPECT_EQ(status(Client(serving.port(), other)), 0);
  EXPECT_EQ(status(Client(serving.port(), unknown)), 0);
  EXPECT_EQ(status(Client(serving.port())), 0);
  EXPECT_THAT(serving.Probe("/readyz"), StartsWith("200"));
}

TEST(ClientCertificates, AnyNameWillDoWithoutPatterns) {
  const TestCertificate own = MakeCertificate(30, "somebody.else");
  TemporaryDirectory directory;
  ServerOptions options = QuickOptions();
  options.tls.client_ca = directory.Write("ca.crt", own.certificate);
  Serving serving(options);
  EXPECT_EQ(Client(serving.port(), own).Ask(Post(CannedReview())).status, 200);
  EXPECT_FALSE(serving.AnswersFreshReview());
}

}  // namespace
}  // namespace restorable::webhook
