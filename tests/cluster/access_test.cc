#include "cluster/access.h"

#include <cstdlib>

#include "cluster/diagnostics.h"

namespace restorable::cluster {
namespace {

TEST(Access, OfAnAddress) {
  const auto access = FindAccess(
      {.server = "https://aks.example:6443/clusters/c-1/", .token_file = "t", .ca_file = "c"});
  ASSERT_TRUE(access);
  EXPECT_EQ(access->host, "aks.example");
  EXPECT_EQ(access->port, 6443);
  EXPECT_TRUE(access->tls);
  EXPECT_EQ(access->prefix, "/clusters/c-1");
  EXPECT_EQ(access->token_file, "t");
  EXPECT_EQ(access->ca_file, "c");
}

TEST(Access, OfAnAddressOfIpv6) {
  const auto access = FindAccess({.server = "https://[fd00::1]:443"});
  ASSERT_TRUE(access);
  EXPECT_EQ(access->host, "fd00::1");
  EXPECT_EQ(FindAccess({.server = "https://[fd00::1]"})->port, 443);
}

TEST(Access, InPlainTextIsForThisMachineOnly) {
  EXPECT_FALSE(FindAccess({.server = "http://127.0.0.1:8001"})->tls);
  EXPECT_EQ(FindAccess({.server = "http://10.0.0.1:8001"}).error().kind, &kPlainServer);
}

TEST(Access, OfNonsenseIsRefused) {
  for (const char* const server :
       {"10.0.0.1", "ftp://a", "https://", "https://a:0", "https://a:x", "https://a?b=c",
        "https://user@a", "https://:443", "https://a:70000"}) {
    const auto access = FindAccess({.server = server});
    ASSERT_FALSE(access) << server;
    EXPECT_EQ(access.error().kind, &kBadServer) << server;
  }
}

TEST(Access, OfAPodIsItsServiceAccounts) {
  setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1", 1);
  setenv("KUBERNETES_SERVICE_PORT", "443", 1);
  const auto access = FindAccess({});
  ASSERT_TRUE(access);
  EXPECT_EQ(access->host, "10.0.0.1");
  EXPECT_EQ(access->token_file, "/var/run/secrets/kubernetes.io/serviceaccount/token");
  unsetenv("KUBERNETES_SERVICE_HOST");
  EXPECT_EQ(FindAccess({}).error().kind, &kNoServer);
}

}  // namespace
}  // namespace restorable::cluster
