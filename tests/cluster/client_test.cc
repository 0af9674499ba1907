#include "cluster/client.h"

#include "cluster/diagnostics.h"
#include "fake_cluster.h"
#include "webhook/certificates.h"

namespace restorable::cluster {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

// Answers so often with the first, then well.
void FailFirst(FakeCluster& cluster, int times, Reply reply) {
  cluster.intercept = [times, reply](const httplib::Request&) mutable {
    return std::optional(times-- > 0 ? reply : Reply{200, "{}"});
  };
}

TEST(Client, WaitsAsLongAsItIsTold) {
  FakeCluster cluster;
  FailFirst(cluster, 2, {429, "", "7"});
  std::vector<milliseconds> pauses;
  Client client(cluster.access(), Impatient(&pauses));
  EXPECT_EQ(client.Call({.path = "/version"})->status, 200);
  EXPECT_THAT(pauses, ElementsAre(milliseconds(7000), milliseconds(7000)));
}

TEST(Client, WaitsLongerEachTime) {
  FakeCluster cluster;
  FailFirst(cluster, 4, Refused(503, "away"));
  std::vector<milliseconds> pauses;
  Client client(cluster.access(), Impatient(&pauses));
  EXPECT_EQ(client.Call({.path = "/version"})->status, 200);
  ASSERT_EQ(pauses.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    EXPECT_GE(pauses[i], milliseconds(250 << i));
    EXPECT_LE(pauses[i], milliseconds(500 << i));
  }
}

TEST(Client, DoesNotWaitForEver) {
  FakeCluster cluster;
  FailFirst(cluster, 1 << 20, Refused(503, "the leader is being elected"));
  std::vector<milliseconds> pauses;
  Client client(cluster.access(), Impatient(&pauses));
  const auto response = client.Call({.path = "/api/v1/pods?limit=500"});
  ASSERT_FALSE(response);
  EXPECT_EQ(Message(response.error()),
            "`GET /api/v1/pods` is answered with 503: the leader is being elected");
  milliseconds sum{0};
  for (const milliseconds pause : pauses) sum += pause;
  EXPECT_LE(sum, ClientOptions{}.patience);
  EXPECT_GT(sum, ClientOptions{}.patience / 2);
}

TEST(Client, GivesUpAtTheDeadline) {
  FakeCluster cluster;
  FailFirst(cluster, 1 << 20, Refused(503, "away"));
  ClientOptions options = Impatient();
  options.deadline = std::chrono::steady_clock::now();
  Client client(cluster.access(), options);
  EXPECT_FALSE(client.Call({.path = "/version"}));
  EXPECT_EQ(cluster.requests().size(), 1u);
}

TEST(Client, DoesNotAskAgainWhatIsRefused) {
  FakeCluster cluster;
  Client client(cluster.access(), Impatient());
  EXPECT_EQ(client.Call({.path = "/nothing"})->status, 404);
  const auto response = client.Require({.path = "/nothing"});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, &kRefused);
  EXPECT_EQ(cluster.requests().size(), 2u);
}

TEST(Client, SaysThatNobodyIsThere) {
  Access access;
  {
    const FakeCluster cluster;
    access = cluster.access();
  }
  Client client(access, Impatient());
  const auto response = client.Call({.path = "/version"});
  ASSERT_FALSE(response);
  EXPECT_EQ(Message(response.error()), "`GET /version` gets no answer: cannot connect");
}

TEST(Client, ReadsTheTokenEachTime) {
  FakeCluster cluster;
  std::vector<std::string> seen;
  cluster.intercept = [&](const httplib::Request& request) {
    seen.push_back(request.get_header_value("Authorization"));
    return std::optional(Reply{200, "{}"});
  };
  const webhook::TemporaryDirectory directory;
  Access access = cluster.access();
  access.token_file = directory.Path("token");
  Client client(access, Impatient());
  for (const char* const token : {"first\n", "second"}) {
    directory.Write("token", token);
    EXPECT_TRUE(client.Call({.path = "/version"}));
  }
  EXPECT_THAT(seen, ElementsAre("Bearer first", "Bearer second"));
  directory.Write("token", "a\r\nX-Remote-User: admin");
  EXPECT_EQ(client.Call({.path = "/version"}).error().kind, &kNoToken);
  access.token_file = directory.Path("gone");
  EXPECT_EQ(Client(access, Impatient()).Call({.path = "/"}).error().kind, &kNoToken);
}

TEST(Client, KeepsNoMoreThanItMay) {
  FakeCluster cluster;
  FailFirst(cluster, 0, {});
  cluster.intercept = [](const httplib::Request&) {
    return std::optional(Reply{200, std::string(5000, 'x')});
  };
  ClientOptions options = Impatient();
  options.response_bytes = 4999;
  Client client(cluster.access(), options);
  const auto response = client.Call({.path = "/version"});
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->is_cut);
  EXPECT_LE(response->body.size(), 4999u);
  EXPECT_EQ(client.Require({.path = "/version"}).error().kind, &kTooLarge);
}

TEST(Client, TrustsTheAuthorityThatItIsGivenAndNoOther) {
  const webhook::TemporaryDirectory directory;
  const webhook::TestCertificate own = webhook::MakeCertificate();
  const std::string own_file = directory.Write("own.crt", own.certificate);
  FakeCluster cluster(own_file, directory.Write("own.key", own.key));
  FailFirst(cluster, 0, {});
  Access access = cluster.access();
  access.ca_file = own_file;
  EXPECT_TRUE(Client(access, Impatient()).Call({.path = "/version"}));
  access.ca_file = directory.Write("other.crt", webhook::MakeCertificate().certificate);
  std::vector<milliseconds> pauses;
  const auto response = Client(access, Impatient(&pauses)).Call({.path = "/version"});
  ASSERT_FALSE(response);
  EXPECT_THAT(Message(response.error()), HasSubstr("the certificate is not that of the server"));
  EXPECT_TRUE(pauses.empty());
}

}  // namespace
}  // namespace restorable::cluster
