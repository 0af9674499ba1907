// The libraries for what Kubernetes writes into strings: quantities, versions, addresses, URLs and
// formats. What the texts mean is tested beside each reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cel/activation.h"
#include "cel/program.h"
#include "evaluation.h"

namespace restorable::cel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(QuantityFunctions, ReadAndConvert) {
  EXPECT_THAT(NotTrue({"quantity('50k').asInteger() == 50000",
                       "quantity('500m').asApproximateFloat() == 0.5", "isQuantity('1.3Gi')",
                       "!isQuantity('200K')", "!isQuantity('')", "quantity('1Ei').isInteger()",
                       "!quantity('1.5').isInteger()",
                       "!quantity('9999999999999999999999999999999999999G').isInteger()",
                       "sign(quantity('-5')) == -1", "quantity('0').sign() == 0",
                       "type(quantity('1')) == kubernetes.Quantity"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"quantity('three')", "quantity('100m').asInteger()",
                         "quantity('9999999999999999999G').asInteger()", "quantity(1)"}),
              IsEmpty());
  EXPECT_EQ(Evaluated("quantity('200K')"), "error: `200K` is not a quantity");
}

TEST(QuantityFunctions, CalculateExactly) {
  EXPECT_THAT(
      NotTrue({"quantity('50k').add(quantity('20k')) == quantity('70k')",
               "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
               "quantity('0.1').add(quantity('0.2')) == quantity('300m')",
               "quantity('200M').compareTo(quantity('0.2G')) == 0",
               "quantity('50M').compareTo(quantity('50Mi')) == -1",
               "quantity('150Mi').isGreaterThan(quantity('100Mi'))",
               "quantity('50M').isLessThan(quantity('100M'))",
               "quantity('1Gi') == quantity('1024Mi')", "quantity('1') != quantity('2')",
               "quantity('1.5').mul(-3) == quantity('-4.5')",
               "quantity('1').div(3) == quantity('0.333333333')",
               "quantity('2').div(3, 2) == quantity('0.67')",
               "quantity('-7').divInt(2) == quantity('-3')"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"quantity('1').div(0)", "quantity('1').divInt(0)",
                         "quantity('1').div(3, 10)", "quantity('1').add(dyn('1'))"}),
              IsEmpty());
}

TEST(SemverFunctions, ReadAndCompare) {
  EXPECT_THAT(NotTrue({"semver('1.2.3').major() == 1", "semver('1.2.3').minor() == 2",
                       "semver('1.2.3').patch() == 3", "isSemver('1.0.0-alpha.1+build')",
                       "!isSemver('v1.0')", "isSemver('v1.0', true)", "!isSemver('v1.0', false)",
                       "semver('v01.2', true) == semver('1.2.0')",
                       "semver('1.2.3').isLessThan(semver('1.10.0'))",
                       "semver('1.0.0').isGreaterThan(semver('1.0.0-rc.1'))",
                       "semver('1.2.3+a').compareTo(semver('1.2.3+b')) == 0"}),
              IsEmpty());
  EXPECT_EQ(Evaluated("semver('1.0')"), "error: `1.0` is not a semantic version");
}

TEST(NetworkFunctions, Addresses) {
  EXPECT_THAT(
      NotTrue({"string(ip('2001:DB8::68')) == '2001:db8::68'", "ip('::1').isLoopback()",
               "ip('192.168.0.1').family() == 4", "ip('0.0.0.0').isUnspecified()",
               "ip('224.0.0.1').isLinkLocalMulticast()", "ip('fe80::1').isLinkLocalUnicast()",
               "ip('10.0.0.1').isGlobalUnicast()", "ip.isCanonical('10.0.0.1')",
               "!ip.isCanonical('2001:DB8::68')", "!isIP('10.0.0.256')",
               "ip('::ffff:c0a8:1') == ip('192.168.0.1')", "type(ip('::1')) == net.IP"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"ip('10.0.0')", "ip.isCanonical('10.0.0')", "isIP(cidr('10.0.0.0/8'))"}),
              IsEmpty());
}

TEST(NetworkFunctions, Ranges) {
  EXPECT_THAT(NotTrue({"cidr('192.168.0.0/24').containsIP(ip('192.168.0.1'))",
                       "!cidr('192.168.0.0/24').containsIP('192.168.1.1')",
                       "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
                       "!cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))",
                       "cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')",
                       "cidr('192.168.0.1/24') != cidr('192.168.0.0/24')",
                       "cidr('192.168.0.1/24').ip() == ip('192.168.0.1')",
                       "cidr('2001:db8::/32').prefixLength() == 32", "isCIDR('::/0')",
                       "!isCIDR('::')", "string(cidr('2001:DB8::/32')) == '2001:db8::/32'"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"cidr('10.0.0.0/33')", "cidr('10.0.0.0/8').containsIP('x')",
                         "cidr('10.0.0.0/8').containsCIDR('10.0.0.0')"}),
              IsEmpty());
}

TEST(UrlFunctions, Parts) {
  EXPECT_THAT(
      NotTrue({"url('https://a.b:80/p').getScheme() == 'https'",
               "url('https://[::1]:80/p').getHost() == '[::1]:80'",
               "url('https://[::1]:80/p').getHostname() == '::1'",
               "url('https://a.b:80/p').getPort() == '80'", "url('https://a.b/p').getPort() == ''",
               "url('https://a.b/with space').getEscapedPath() == '/with%20space'",
               "url('/path').getHost() == ''",
               "url('https://a.b/?k=a&k=b&anotherKey=%20').getQuery() == "
               "{'k': ['a', 'b'], 'anotherKey': [' ']}",
               "isURL('/path')", "!isURL('../relative')", "url('HTTP://a') == url('http://a')"}),
      IsEmpty());
  EXPECT_EQ(Evaluated("url('relative')"), "error: `relative` is not a URL");
}

TEST(FormatFunctions, Validate) {
  EXPECT_THAT(
      NotTrue({"!format.dns1123Label().validate('my-label').hasValue()",
               "format.dns1123Label().validate('My Label').value().size() == 1",
               "!format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000')"
               ".hasValue()",
               "!format.named('nonsense').hasValue()",
               "format.named('date').value() == format.date()", "format.date() != format.uuid()"}),
      IsEmpty());
  EXPECT_THAT(Evaluated("format.date().validate(u)"), HasSubstr("no-default u"));
}

TEST(AuthorizerFunctions, AreUnknownOutsideACluster) {
  Environment environment;
  for (const Library& library : AllLibraries()) environment.AddLibrary(library);
  const SlotId slot =
      environment.AddVariable("authorizer", {"kubernetes.authorization.Authorizer", {}});
  const auto compiled = Compile(
      environment,
      "authorizer.serviceAccount('ns', 'sa').group('apps').resource('deployments')"
      ".subresource('scale').namespace('ns').name('n').fieldSelector('f').labelSelector('l')"
      ".check('get').allowed() && !authorizer.path('/healthz').check('get').errored()",
      Limits{});
  ASSERT_TRUE(compiled.program) << Message(compiled.diagnostics.front());
  Arena arena;
  Activation activation(environment);
  activation.Set(
      slot, Value::Unknown(arena, {.reason = UnknownReason::kNotInReview, .what = "authorizer"}));
  Budget budget{.limit = Limits{}.cel_cost};
  const Value result = compiled.program->Evaluate(activation, arena, budget);
  ASSERT_TRUE(result.IsUnknown());
  EXPECT_EQ(result.AsUnknown().causes.front().reason, UnknownReason::kNotInReview);
}

TEST(Libraries, EachRowCompiles) {
  Environment environment;
  for (const Library& library : AllLibraries()) {
    EXPECT_FALSE(library.builtins.empty()) << library.name;
    environment.AddLibrary(library);
  }
}

}  // namespace
}  // namespace restorable::cel
