#include "cel/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace restorable::cel {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Url Read(std::string_view text) {
  const auto url = ParseUrl(text);
  EXPECT_TRUE(url) << text;
  return url.value_or(Url{});
}

TEST(Url, HasParts) {
  const Url url = Read("HTTPS://user:p%20w@Example.com:8080/a/b?x=1&y#z%20");
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.user, "user:p%20w");
  EXPECT_EQ(url.host, "Example.com:8080");
  EXPECT_EQ(url.Hostname(), "Example.com");
  EXPECT_EQ(url.Port(), "8080");
  EXPECT_EQ(url.escaped_path, "/a/b");
  EXPECT_EQ(url.query, "x=1&y");
  EXPECT_EQ(url.fragment, "z%20");
}

TEST(Url, LacksParts) {
  EXPECT_EQ(Read("/path").escaped_path, "/path");
  EXPECT_EQ(Read("//host/path").host, "host");
  EXPECT_EQ(Read("///path").escaped_path, "///path");
  EXPECT_EQ(Read("http://host").escaped_path, "");
  EXPECT_EQ(Read("http:///path").host, "");
  EXPECT_EQ(Read("mailto:a@b.c").host, "");
  EXPECT_EQ(Read("http://host:/p").Port(), "");
  EXPECT_EQ(Read("*").escaped_path, "*");
}

TEST(Url, HostsInBrackets) {
  EXPECT_EQ(Read("http://[::1]:80/").host, "[::1]:80");
  EXPECT_EQ(Read("http://[::1]:80/").Hostname(), "::1");
  EXPECT_EQ(Read("http://[::1]:80/").Port(), "80");
  EXPECT_EQ(Read("http://[::1]/").Port(), "");
  EXPECT_EQ(Read("http://[fe80::1%25en0]/").Hostname(), "fe80::1%en0");
}

TEST(Url, PathsAreEscapedWhereTheyMustBe) {
  EXPECT_EQ(Read("http://h/with space").escaped_path, "/with%20space");
  EXPECT_EQ(Read("http://h/a%2Fb").escaped_path, "/a%2Fb");
  EXPECT_EQ(Read("http://h/a%2fb c").escaped_path, "/a/b%20c");
  EXPECT_EQ(Read("http://h/é").escaped_path, "/%C3%A9");
  EXPECT_EQ(Read("http://h/!()[]*'").escaped_path, "/!()[]*'");
  EXPECT_EQ(Read("http://h/#f").escaped_path, "/");
}

TEST(Url, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "relative",
                           "../up",
                           ":80",
                           "?x",
                           "#f",
                           "http://h/\n",
                           "http://h/%",
                           "http://h/%2",
                           "http://h/%zz",
                           "http://h:port/",
                           "http://h:80:80x/",
                           "http://[::1/",
                           "http://[::1]x/",
                           "http://a b/",
                           "http://h%20/",
                           "http://us er@h/",
                           "http://u%@h/",
                           "\x7F",
                           "1http://h",
                           "http://h#f",
                           "/#%",
                           "//a b/"}) {
    EXPECT_EQ(ParseUrl(text), std::nullopt) << text;
  }
}

TEST(Url, QueriesAreDecoded) {
  EXPECT_THAT(
      Read("/?k=a&k=b+c&=v&k2&%41=%20").QueryPairs(),
      ElementsAre(Pair("k", "a"), Pair("k", "b c"), Pair("", "v"), Pair("k2", ""), Pair("A", " ")));
  EXPECT_THAT(Read("/?a=%&b;c=1&&%zz=1").QueryPairs(), IsEmpty());
  EXPECT_THAT(Read("/?a==b").QueryPairs(), ElementsAre(Pair("a", "=b")));
  EXPECT_THAT(Read("/?a=%FF%41").QueryPairs(), ElementsAre(Pair("a",
                                                                "\uFFFD"
                                                                "A")));
}

TEST(Url, AreEqualByParts) {
  EXPECT_EQ(Read("HTTP://h/a"), Read("http://h/a"));
  EXPECT_NE(Read("http://h/a"), Read("http://H/a"));
  EXPECT_NE(Read("http://h/a?x"), Read("http://h/a"));
  EXPECT_EQ(Read("http://u@h:1/a b?q").ToString(), "http://u@h:1/a%20b?q");
  EXPECT_EQ(Read("mailto:a@b?subject=x").ToString(), "mailto:a@b?subject=x");
}

}  // namespace
}  // namespace restorable::cel
