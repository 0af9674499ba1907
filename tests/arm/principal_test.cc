// What stands for the object ids of identities. That they join resources through modules and
// functions is in testdata/arm/principals and testdata/bicep/principals.

#include "evaluation.h"

namespace restorable::arm {
namespace {

// The properties of a resource that reads `expression`, beside a vault with that identity.
std::string Read(std::string_view expression, std::string_view identity) {
  const Outcome run = Evaluated(
      R"("parameters": {"p": {"type": "object"}, "t": {"type": "string"}, "b": {"type": "bool"}},
         "resources": [{"type": "Microsoft.DataProtection/backupVaults", "name": "v")" +
      std::string(identity) + R"(}, {"type": "A.B/c", "name": "n", "x": "[)" +
      std::string(expression) + R"(]"}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::IsEmpty());
  return run.Get("A.B/c/n", "x");
}

constexpr std::string_view kPrincipal = "reference('v', '2024-04-01', 'full').identity.principalId";
constexpr std::string_view kText =
    R"("{/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}/)"
    R"(providers/Microsoft.DataProtection/backupVaults/v.identity.principalId}")";

TEST(Principals, AreTextsWhereThereIsAnIdentity) {
  EXPECT_EQ(Read(kPrincipal, R"(, "identity": {"type": "SystemAssigned"})"), kText);
  EXPECT_EQ(Read(kPrincipal, R"(, "identity": {"type": "systemassigned, UserAssigned"})"), kText);
}

TEST(Principals, StayUnknownWhereThereMayBeNone) {
  for (
      const std::string_view identity :
      {R"()", R"(, "identity": {"type": "None"})", R"(, "identity": {"type": "UserAssigned"})",
       R"(, "identity": {"type": "[parameters('t')]"})", R"(, "identity": "[parameters('p')]")",
       R"(, "identity": "[if(parameters('b'), createObject('type', 'SystemAssigned'), null())]")"}) {
    EXPECT_THAT(Read(kPrincipal, identity), testing::HasSubstr("$unknown")) << identity;
  }
}

TEST(Principals, DoNotReplaceWhatIsWritten) {
  const Outcome run = Evaluated(
      R"("parameters": {"p": {"type": "object"}, "o": {"type": "string"}},
         "resources": [
        {"type": "Microsoft.ContainerService/managedClusters", "name": "given", "properties":
            {"identityProfile": {"kubeletidentity": {"objectId": "[parameters('o')]"}}}},
        {"type": "Microsoft.ContainerService/managedClusters", "name": "open", "properties":
            {"identityProfile": "[parameters('p')]"}}])");
  for (const std::string_view name : {"given", "open"}) {
    const std::string address = "Microsoft.ContainerService/managedClusters/" + std::string(name);
    EXPECT_THAT(run.Get(address, "identityProfile"), testing::HasSubstr("no-default parameter"));
  }
}

TEST(Ids, OfAGroupAreKnownWhereSomethingLiesInIt) {
  const Outcome run = Evaluated(
      R"("parameters": {"a": {"type": "string"}, "b": {"type": "string"}},
         "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "d",
         "resourceGroup": "[parameters('a')]",
         "properties": {"template": {"resources": [{"type": "A.B/d", "name": "n"}]}}},
        {"type": "A.B/c", "name": "n",
         "a": "[subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('a'))]",
         "b": "[subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('b'))]",
         "there": "[resourceId(parameters('a'), 'A.B/e', 'n')]",
         "open": "[resourceId(parameters('a'), 'A.B/e', parameters('b'))]"}])");
  EXPECT_THAT(run.Get("A.B/c/n", "a"), testing::EndsWith(R"(resourceGroups/{parameters(a)}")"));
  EXPECT_THAT(run.Get("A.B/c/n", "b"), testing::HasSubstr("no-default parameter b"));
  EXPECT_THAT(run.Get("A.B/c/n", "there"), testing::EndsWith(R"(/providers/A.B/e/n")"));
  EXPECT_THAT(run.Get("A.B/c/n", "open"), testing::HasSubstr("no-default parameter b"));
}

TEST(Ids, BelowAResourceAreKnownIfTheirNamesAre) {
  const Outcome run = Evaluated(
      R"("parameters": {"a": {"type": "string"}},
         "resources": [
        {"type": "A.B/c", "name": "n",
         "there": "[resourceId('A.B/c/d', 'n', 'x')]",
         "open": "[resourceId('A.B/c/d', 'n', parameters('a'))]",
         "below": "[resourceId('A.B/c/d/e', 'n', parameters('a'), 'x')]"},
        {"type": "A.B/f", "name": "[parameters('a')]"},
        {"type": "A.B/g", "name": "n",
         "itself": "[resourceId('A.B/f', parameters('a'))]",
         "below": "[resourceId('A.B/f/h', parameters('a'), 'x')]"}])");
  EXPECT_THAT(run.Get("A.B/c/n", "there"), testing::EndsWith(R"(/providers/A.B/c/n/d/x")"));
  EXPECT_THAT(run.Get("A.B/c/n", "open"), testing::HasSubstr("no-default parameter a"));
  EXPECT_THAT(run.Get("A.B/c/n", "below"), testing::HasSubstr("no-default parameter a"));
  EXPECT_THAT(run.Get("A.B/g/n", "itself"), testing::EndsWith(R"(/A.B/f/{parameters(a)}")"));
  EXPECT_THAT(run.Get("A.B/g/n", "below"), testing::EndsWith(R"(/A.B/f/{parameters(a)}/h/x")"));
}

TEST(Ids, AreKeysAsFarAsTheyAreKnown) {
  EXPECT_EQ(Read("createObject(resourceId('A.B/c', 'n'), 1)", ""),
            R"({"/subscriptions/{subscription().subscriptionId}/resourceGroups/)"
            R"({resourceGroup().name}/providers/A.B/c/n":1})");
  EXPECT_EQ(Read("toObject(createArray(parameters('t')), lambda('i', lambdaVariables('i')))", ""),
            R"({"$rest":{"$unknown":"no-default parameter t"}})");
}

}  // namespace
}  // namespace restorable::arm
