#include "cluster/list.h"

#include "cluster/diagnostics.h"
#include "fake_cluster.h"

namespace restorable::cluster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Json Pod(const std::string& name) {
  return {{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", name}}}};
}

class Listing : public testing::Test {
 protected:
  Listing() {
    cluster.Serve("", "v1", "Pod", "pods");
    for (const char* const name : {"a", "b", "c", "d", "e"}) cluster.Add(Pod(name));
  }

  std::optional<Diagnostic> List(ClientOptions options = Impatient()) {
    Client client(cluster.access(), std::move(options));
    Lister lister(client, {.page_objects = 2});
    return lister.List(
        "/api/v1/pods", [&] { names.clear(); },
        [&](const Page& page) {
          for (const Value& item : page.list.Find("items")->AsList()) {
            names.emplace_back(item.Find("metadata")->Find("name")->AsString());
          }
        });
  }

  // Answers the request of that number (from 0) otherwise.
  void AnswerOnce(int number, Reply reply) {
    cluster.intercept = [number, reply, count = 0](const httplib::Request&) mutable {
      return count++ == number ? std::optional(reply) : std::nullopt;
    };
  }

  FakeCluster cluster;
  std::vector<std::string> names;
};

TEST_F(Listing, GoesPageByPage) {
  EXPECT_FALSE(List());
  EXPECT_THAT(names, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(cluster.requests(),
              ElementsAre("GET /api/v1/pods?limit=2", "GET /api/v1/pods?limit=2&continue=2",
                          "GET /api/v1/pods?limit=2&continue=4"));
}

TEST_F(Listing, BeginsAgainWhenItsTokenHasExpired) {
  AnswerOnce(1, Refused(410, "The provided continue parameter is too old"));
  EXPECT_FALSE(List());
  EXPECT_THAT(names, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(cluster.requests().size(), 5u);
}

TEST_F(Listing, TakesTheTokenThatIsOfferedForTheRest) {
  AnswerOnce(1, {410, R"({"kind":"Status","metadata":{"continue":"2"},"code":410})"});
  EXPECT_FALSE(List());
  EXPECT_THAT(names, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(cluster.requests().size(), 4u);
}

TEST_F(Listing, EndsWhenTokensExpireForEver) {
  cluster.intercept = [](const httplib::Request& request) {
    return request.has_param("continue") ? std::optional(Refused(410, "expired")) : std::nullopt;
  };
  const auto failure = List();
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, &kUnstableList);
}

TEST_F(Listing, AsksForLessWhenAPageIsTooLarge) {
  cluster.Add(Pod(std::string(300, 'x')));
  ClientOptions options = Impatient();
  options.response_bytes = 400;
  EXPECT_FALSE(List(options));
  EXPECT_EQ(names.size(), 6u);
  EXPECT_EQ(cluster.CountRequests("limit=1&"), 2u);
}

TEST_F(Listing, SaysThatAnObjectIsTooLarge) {
  cluster.Add(Pod(std::string(500, 'x')));
  ClientOptions options = Impatient();
  options.response_bytes = 400;
  const auto failure = List(options);
  ASSERT_TRUE(failure);
  EXPECT_EQ(Message(*failure),
            "`GET /api/v1/pods` is answered with more than 400 bytes, which is the limit");
}

TEST_F(Listing, SaysThatAnAnswerIsCutShort) {
  AnswerOnce(1, {200, R"({"kind":"PodList","items":[{"metadata":{"na)"});
  const auto failure = List();
  ASSERT_TRUE(failure);
  EXPECT_THAT(Message(*failure), HasSubstr("the answer to `GET /api/v1/pods` cannot be read: "));
}

TEST_F(Listing, WaitsForAServerThatIsOverloaded) {
  AnswerOnce(1, {429, "", "1"});
  std::vector<std::chrono::milliseconds> pauses;
  EXPECT_FALSE(List(Impatient(&pauses)));
  EXPECT_THAT(names, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(pauses, ElementsAre(std::chrono::seconds(1)));
}

TEST_F(Listing, EscapesTokens) {
  AnswerOnce(0, {200, R"({"metadata":{"continue":"a+b/=&é"},"items":[]})"});
  (void)List();
  EXPECT_EQ(cluster.requests()[1], "GET /api/v1/pods?limit=2&continue=a%2Bb%2F%3D%26%C3%A9");
}

}  // namespace
}  // namespace restorable::cluster
