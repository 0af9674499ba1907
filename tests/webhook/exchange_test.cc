#include "webhook/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "client.h"

namespace restorable::webhook {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string Answer(const std::string& request, bool close = false) {
  Exchange exchange([](const HttpRequest& asked) {
    return HttpResponse{200, std::string(asked.timeout) + "|" + std::string(asked.body)};
  });
  return exchange.Answer(request, close);
}

TEST(Exchange, HandsOverBodyAndTimeout) {
  const std::string response = Answer(Post("{}"));
  EXPECT_THAT(response, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(response, HasSubstr("Content-Type: application/json"));
  EXPECT_THAT(response, HasSubstr("\r\n\r\n5s|{}"));
  EXPECT_THAT(response, Not(HasSubstr("Content-Encoding")));
}

TEST(Exchange, FindsTheTimeoutAmongOthers) {
  const auto ask = [](std::string_view target) {
    return Answer("POST " + std::string(target) +
                  " HTTP/1.1\r\nHost: a\r\ncontent-type:application/json \r\n\r\n{}");
  };
  EXPECT_THAT(ask("/validate?dry=1&timeout=7s"), EndsWith("\r\n\r\n7s|{}"));
  EXPECT_THAT(ask("/validate?timeouts=7s"), EndsWith("\r\n\r\n|{}"));
  EXPECT_THAT(ask("/validate"), EndsWith("\r\n\r\n|{}"));
}

TEST(Exchange, SaysWhenItIsTheLast) {
  EXPECT_THAT(Answer(Post("{}"), true), HasSubstr("Connection: close"));
  EXPECT_THAT(Answer(Post("{}"), false), Not(HasSubstr("Connection: close")));
}

TEST(Exchange, KnowsOneRoute) {
  const auto request = [](std::string_view line, std::string_view type) {
    return std::string(line) + " HTTP/1.1\r\nContent-Type: " + std::string(type) +
           "\r\nContent-Length: 2\r\n\r\n{}";
  };
  constexpr std::string_view kJson = "application/json";
  EXPECT_THAT(Answer(request("POST /other", kJson)), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Answer(request("PUT /validate", kJson)), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(Answer(request("GET /validate", kJson)), HasSubstr("Allow: POST"));
  EXPECT_THAT(Answer(request("POST /validate", "text/json")), StartsWith("HTTP/1.1 415"));
  EXPECT_THAT(Answer(request("POST /validate", "application/json; charset=utf-8")),
              StartsWith("HTTP/1.1 200"));
}

TEST(Exchange, AnExceptionIsA500WithoutItsText) {
  Exchange thrower([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret"); });
  Exchange memory([](const HttpRequest&) -> HttpResponse { throw std::bad_alloc(); });
  bool close = false;
  const std::string response = thrower.Answer(Post("{}"), close);
  EXPECT_THAT(response, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(response, Not(HasSubstr("secret")));
  EXPECT_THAT(memory.Answer(Post("{}"), close), StartsWith("HTTP/1.1 500"));
}

}  // namespace
}  // namespace restorable::webhook
