#include "webhook/intake.h"

#include <gtest/gtest.h>

namespace restorable::webhook {
namespace {

using State = Intake::State;

Intake Fed(std::string_view bytes) {
  Intake intake({});
  intake.Append(bytes);
  return intake;
}

int StatusOf(std::string_view bytes) {
  const Intake intake = Fed(bytes);
  return intake.state() == State::kRejected ? intake.rejection().status : 0;
}

std::string Request(std::string_view headers, std::string_view body = "") {
  return "POST /validate HTTP/1.1\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

TEST(Intake, GivesWholeRequestsOneByOne) {
  const std::string first = Request("Content-Length: 2\r\n", "ab");
  const std::string second = "GET / HTTP/1.1\r\n\r\n";
  Intake intake({});
  for (const char c : first + second + "P") intake.Append({&c, 1});
  ASSERT_EQ(intake.state(), State::kWhole);
  EXPECT_EQ(intake.TakeRequest(), first);
  ASSERT_EQ(intake.state(), State::kWhole);
  EXPECT_EQ(intake.TakeRequest(), second);
  EXPECT_EQ(intake.state(), State::kHead);
}

TEST(Intake, SaysWhetherTheConnectionStays) {
  EXPECT_TRUE(Fed("GET / HTTP/1.1\r\n\r\n").head().keep_alive);
  EXPECT_FALSE(Fed("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").head().keep_alive);
  EXPECT_FALSE(Fed("GET / HTTP/1.0\r\n\r\n").head().keep_alive);
}

TEST(Intake, RefusesBeforeTheBody) {
  EXPECT_EQ(StatusOf(Request("Content-Length: 8388609\r\n")), 413);
  EXPECT_EQ(StatusOf(Request("Content-Length: 8388608\r\n")), 0);
  EXPECT_EQ(StatusOf(Request("")), 411);
  EXPECT_EQ(StatusOf(Request("Transfer-Encoding: chunked\r\n")), 411);
  EXPECT_EQ(StatusOf(Request("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n")), 411);
  EXPECT_EQ(StatusOf(Request("Content-Length: 1\r\nContent-Length: 1\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: 1, 1\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: +1\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: 0x1\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length:\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: 99999999999999999999\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: 3\r\nContent-Encoding: gzip\r\n")), 415);
  EXPECT_EQ(StatusOf(Request("Content-Length: 3\r\nRange: bytes=0-1\r\n")), 400);
  EXPECT_EQ(StatusOf(Request("Content-Length: 3\r\nExpect: 200-ok\r\n")), 417);
}

TEST(Intake, RefusesMalformedHeads) {
  for (const std::string_view bytes :
       {"POST /validate\r\n\r\n", "POST  HTTP/1.1\r\n\r\n", "POST validate HTTP/1.1\r\n\r\n",
        "POST /a b HTTP/1.1\r\n\r\n", "POST /a HTTP/2.0\r\n\r\n", "\r\n\r\n",
        "P(ST / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nspace : x\r\n\r\n", "GET / HTTP/1.1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\x01\r\n\r\n"}) {
    EXPECT_EQ(StatusOf(bytes), 400) << bytes;
  }
  EXPECT_EQ(StatusOf(std::string_view("GET / HTTP/1.1\r\nA: \0\r\n\r\n", 24)), 400);
}

TEST(Intake, HeadsHaveALimit) {
  EXPECT_EQ(StatusOf("GET /" + std::string(16 << 10, 'a')), 431);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nA: " + std::string(16 << 10, 'b') + "\r\n\r\n"), 431);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nA: " + std::string(16000, 'b') + "\r\n\r\n"), 0);
}

TEST(Intake, AnswersAnExpectationOnce) {
  Intake intake = Fed(Request("Content-Length: 2\r\nExpect: 100-continue\r\n"));
  ASSERT_EQ(intake.state(), State::kBody);
  EXPECT_TRUE(intake.TakeContinue());
  EXPECT_FALSE(intake.TakeContinue());
  // Who has sent the body already needs no permission.
  Intake eager = Fed(Request("Content-Length: 2\r\nExpect: 100-continue\r\n", "a"));
  EXPECT_FALSE(eager.TakeContinue());
}

TEST(Intake, TakesNothingAfterARefusal) {
  Intake intake = Fed(Request(""));
  ASSERT_EQ(intake.state(), State::kRejected);
  intake.Append(std::string(1 << 20, 'x'));
  EXPECT_EQ(intake.buffered_bytes(), 0U);
}

}  // namespace
}  // namespace restorable::webhook
