#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "evaluation.h"

namespace restorable::cel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(RegexFunctions, Find) {
  EXPECT_THAT(
      NotTrue({"'abc 123'.find('[0-9]+') == '123'", "'abc'.find('[0-9]+') == ''",
               "'abc'.find('') == ''", "'αβγ'.find('β.') == 'βγ'", "'abc'.find('a(b)c') == 'abc'"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"'a'.find('(')", "'a'.find('a' + '(')", "'a'.find(r'(a)\\1')"}),
              IsEmpty());
}

TEST(RegexFunctions, FindAll) {
  EXPECT_THAT(NotTrue({"'123 abc 456'.findAll('[0-9]+') == ['123', '456']",
                       "'123 abc 456'.findAll('[0-9]+', 1) == ['123']",
                       "'123 abc 456'.findAll('[0-9]+', 0) == []",
                       "'123 abc 456'.findAll('[0-9]+', -1) == ['123', '456']",
                       "'abc'.findAll('x') == []"}),
              IsEmpty());
}

TEST(RegexFunctions, EmptyMatchesDoNotTouchTheOneBefore) {
  EXPECT_EQ(Evaluated("'ab'.findAll('')"), R"(["","",""])");
  EXPECT_EQ(Evaluated("'a1b'.findAll('[0-9]*')"), R"(["","1",""])");
  EXPECT_EQ(Evaluated("'é'.findAll('x*')"), R"(["",""])");
  EXPECT_EQ(Evaluated("'aab'.findAll('^a')"), R"(["a"])");
}

TEST(ExtendedRegex, Replace) {
  EXPECT_THAT(NotTrue({"regex.replace('banana', 'a', 'x') == 'bxnxnx'",
                       "regex.replace('banana', 'a', 'x', 2) == 'bxnxna'",
                       "regex.replace('banana', 'a', 'x', 0) == 'banana'",
                       "regex.replace('banana', 'a', 'x', -12) == 'bxnxnx'",
                       R"(regex.replace('foo bar', '(fo)o (ba)r', r'\2 \1') == 'ba fo')",
                       R"(regex.replace('ab', '(a)|(b)', r'[\1\2]') == '[a][b]')",
                       R"(regex.replace('a', 'a', r'\\') == r'\')",
                       "regex.replace('abc', '', '-') == '-a-b-c-'"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({R"(regex.replace('test', '(.)', r'\2'))", "regex.replace('a', '(', 'b')",
                         R"(regex.replace('a', 'a', r'\x'))", R"(regex.replace('a', 'a', '\\'))"}),
              IsEmpty());
}

TEST(ExtendedRegex, Extract) {
  EXPECT_THAT(NotTrue({"regex.extract('hello world', 'hello(.*)') == optional.of(' world')",
                       "regex.extract('hello', 'l+') == optional.of('ll')",
                       "regex.extract('HELLO', 'hello') == optional.none()",
                       "regex.extract('b', '(a)?b') == optional.none()",
                       "regex.extractAll('id:1, id:2', 'id:[0-9]') == ['id:1', 'id:2']",
                       "regex.extractAll('id:1, id:2', 'id:([0-9])') == ['1', '2']",
                       "regex.extractAll('abc', 'x') == []",
                       "regex.extractAll('a'.replace('a', ''), 'x*') == ['']",
                       "regex.replace('a'.replace('a', ''), '^', 'x') == 'x'"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"regex.extract('a', '(a)(b)')", "regex.extractAll('a', '(a)(b)')",
                         "regex.extract('a', '[')"}),
              IsEmpty());
}

TEST(RegexFunctions, TakeUnknowns) {
  EXPECT_THAT(Evaluated("u.find('a')"), HasSubstr("no-default u"));
  EXPECT_THAT(Evaluated("'a'.find(u)"), HasSubstr("no-default u"));
}

}  // namespace
}  // namespace restorable::cel
