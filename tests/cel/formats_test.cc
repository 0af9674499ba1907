#include "cel/formats.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace restorable::cel {
namespace {

struct Case {
  std::string format;
  std::vector<std::string> valid;
  std::vector<std::string> invalid;
};

const Case kCases[] = {
    {"dns1123Label",
     {"a", "0", "my-label", std::string(63, 'a')},
     {"", "-a", "a-", "A", "a.b", "a_b", std::string(64, 'a')}},
    {"dns1123LabelPrefix", {"a", "a-", "my-prefix-"}, {"", "-", "-a", "a--b-."}},
    {"dns1123Subdomain",
     {"a", "a.b-c.d", "0.0", std::string(253, 'a')},
     {"", ".", "a.", ".a", "a..b", "A.b", "a.-b", std::string(254, 'a')}},
    {"dns1123SubdomainPrefix", {"a.b-", "a"}, {"a.", "-"}},
    {"dns1035Label", {"a", "a-0"}, {"", "0a", "-a", "a-", "A", std::string(64, 'a')}},
    {"dns1035LabelPrefix", {"a-", "a"}, {"0a-", "-"}},
    {"qualifiedName",
     {"a", "A.b_c-9", "example.com/Name", "a/b"},
     {"", "/", "a/", "/a", "a/b/c", "Example.com/a", "-a", "a-", std::string(64, 'a'), "a..b/c"}},
    {"labelValue",
     {"", "a", "A.b_c-9", std::string(63, 'a')},
     {"-a", "a-", "a b", "é", std::string(64, 'a')}},
    {"uri", {"https://example.com/a?b", "/path", "mailto:a@b"}, {"", "relative", "http://[::1"}},
    {"uuid",
     {"123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000"},
     {"", "123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-a456-4266141740000",
      "123g4567-e89b-12d3-a456-426614174000", "123e4567--e89b-12d3-a456-426614174000",
      "{123e4567-e89b-12d3-a456-426614174000}"}},
    {"byte", {"aGVsbG8=", "aGVs"}, {"", "a", "aGVsbG8", "aGVs*", "=aGVs", "aGVsbG8=="}},
    {"date",
     {"2024-02-29", "0001-01-01"},
     {"", "2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01T00:00:00Z", "2024/01/01"}},
    {"datetime",
     {"2024-02-29T23:59:59Z", "2024-02-29t00:00:00.123z", "2024-02-29T00:00:00+01:30"},
     {"", "2024-02-29", "2024-02-29 00:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T00:60:00Z",
      "2024-02-29T00:00:60Z", "2024-02-29T00:00:00", "2024-02-29T00:00:00.Z",
      "2023-02-29T00:00:00Z", "2024-02-29T00:00:00Zx"}},
};

TEST(Formats, TellValidFromInvalid) {
  for (const auto& [name, valid, invalid] : kCases) {
    const NamedFormat* const format = FindFormat(name);
    ASSERT_NE(format, nullptr) << name;
    for (const std::string& text : valid) {
      EXPECT_TRUE(format->validate(text).empty()) << name << ": " << text;
    }
    for (const std::string& text : invalid) {
      EXPECT_FALSE(format->validate(text).empty()) << name << ": " << text;
    }
  }
}

TEST(Formats, EachHasACase) {
  EXPECT_EQ(NamedFormats().size(), std::size(kCases));
  EXPECT_EQ(FindFormat("nonsense"), nullptr);
  EXPECT_EQ(FindFormat(""), nullptr);
}

TEST(Formats, NameEveryProblem) {
  EXPECT_EQ(FindFormat("dns1123Label")->validate(std::string(64, 'A')).size(), 2U);
  EXPECT_EQ(FindFormat("qualifiedName")->validate("A/-").size(), 2U);
}

}  // namespace
}  // namespace restorable::cel
