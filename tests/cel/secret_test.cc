// What is made of secrets is not shown.

#include <gtest/gtest.h>

#include <string>

#include "value/value.h"
#include "workbench.h"

namespace restorable::cel {
namespace {

class SecretTest : public testing::Test {
 protected:
  SecretTest() {
    const Value secret = Value::String("hunter2").Sensitive();
    cel_.Set("s", secret);
    cel_.Set("list", cel_.List({Value::String("a"), secret}));
    cel_.Set("object", cel_.Map({{Value::String("key"), Value::String("hunter2")}}).Sensitive());
  }
  std::string Run(std::string_view text) { return cel_.Run(text); }

  Workbench cel_;
};

constexpr std::string_view kHidden = "\"(sensitive)\"";

TEST_F(SecretTest, StaysOneThroughOperatorsAndFunctions) {
  for (const std::string_view text : {"s + 'x'",
                                      "'x' + s",
                                      "s.upperAscii()",
                                      "s.replace('h', 'b')",
                                      "s.substring(1)",
                                      "'%s!'.format([s])",
                                      "list.join(',')",
                                      "string(bytes(s))",
                                      "size(s)",
                                      "s.charAt(0)",
                                      "cel.bind(t, s + '', t)",
                                      "[s + 'x'][0]",
                                      "{'a': s}.a + 'x'",
                                      "list.max()",
                                      "optional.of(s).value() + ''",
                                      "true ? s : 'x'",
                                      "base64.encode(bytes(s))",
                                      "strings.quote(s)",
                                      "s.reverse()",
                                      "s.find('h.*')"}) {
    EXPECT_EQ(Run(text), kHidden) << text;
  }
}
TEST_F(SecretTest, HidesItsParts) {
  for (const std::string_view text :
       {"object", "object.key", "object['key']", "object.?key.orValue('')", "object.map(k, k)[0]",
        "object.transformList(k, v, v)[0]", "s.split('')[0]", "s.split('').map(c, c)[0]"}) {
    EXPECT_EQ(Run(text), kHidden) << text;
  }
}
TEST_F(SecretTest, AnswersQuestions) {
  EXPECT_EQ(Run("s == 'hunter2'"), "true");
  EXPECT_EQ(Run("s.startsWith('h') && size(s) > 3"), "true");
  EXPECT_EQ(Run("'a' in list"), "true");
  EXPECT_EQ(Run("has(object.key)"), "true");
  EXPECT_EQ(Run("list[0] + 'b'"), "\"ab\"");
}
TEST_F(SecretTest, IsNotInErrors) {
  for (const std::string_view text : {"int(s)", "duration(s)", "timestamp(s)", "quantity(s)",
                                      "{'a': 1}[s]", "bool(s)", "url(s)", "ip(s)", "double(s)"}) {
    EXPECT_EQ(Run(text).find("hunter2"), std::string::npos) << text << ": " << Run(text);
  }
}

}  // namespace
}  // namespace restorable::cel
