#include "webhook/deadline.h"

#include <gtest/gtest.h>

namespace restorable::webhook {
namespace {

using namespace std::chrono_literals;

TEST(GoDuration, ReadsWhatGoWrites) {
  EXPECT_EQ(ParseGoDuration("10s"), 10s);
  EXPECT_EQ(ParseGoDuration("1m30s"), 90s);
  EXPECT_EQ(ParseGoDuration("1.5h"), 90min);
  EXPECT_EQ(ParseGoDuration("500ms"), 500ms);
  EXPECT_EQ(ParseGoDuration("7µs"), 7us);
  EXPECT_EQ(ParseGoDuration("0"), 0s);
  for (const char* text :
       {"", "10", "s", "-1s", "1s2", "1x", "nan", "inf", "1e3s", "9999999999h"}) {
    EXPECT_FALSE(ParseGoDuration(text)) << text;
  }
}

TEST(ReviewTime, LeavesHalfASecondForTheWayBack) {
  EXPECT_EQ(ReviewTime("3s", 10s), 2500ms);
  EXPECT_EQ(ReviewTime("30s", 2s), 2s);
  EXPECT_EQ(ReviewTime("", 2s), 2s);
  EXPECT_EQ(ReviewTime("soon", 2s), 2s);
  EXPECT_EQ(ReviewTime("100ms", 2s), 0s);
}

}  // namespace
}  // namespace restorable::webhook
