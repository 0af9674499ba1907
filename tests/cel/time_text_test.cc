#include "cel/time_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace restorable::cel {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSecond = 1'000'000'000;

Instant At(std::string_view text) {
  const std::optional<Instant> instant = ParseTimestamp(text);
  EXPECT_TRUE(instant) << text;
  return instant.value_or(Instant{});
}

TEST(TimestampText, Reads) {
  EXPECT_EQ(At("1970-01-01T00:00:00Z"), (Instant{0, 0}));
  EXPECT_EQ(At("2009-02-13T23:31:30Z"), (Instant{1234567890, 0}));
  EXPECT_EQ(At("2009-02-14T00:31:30.5+01:00"), (Instant{1234567890, 500'000'000}));
  EXPECT_EQ(At("2009-02-13T20:01:30-03:30"), (Instant{1234567890, 0}));
  EXPECT_EQ(At("1969-12-31T23:59:59.999999999Z"), (Instant{-1, 999'999'999}));
  EXPECT_EQ(At("2024-02-29T00:00:00.1234567899Z").nanoseconds, 123'456'789U);
}

TEST(TimestampText, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "2009-02-13",
                           "2009-02-13T23:31:30",
                           "2009-02-13t23:31:30Z",
                           "2009-02-13T23:31:30z",
                           "2009-02-13 23:31:30Z",
                           "2009-02-30T00:00:00Z",
                           "2023-02-29T00:00:00Z",
                           "2009-13-01T00:00:00Z",
                           "2009-00-01T00:00:00Z",
                           "2009-01-00T00:00:00Z",
                           "2009-01-01T24:00:00Z",
                           "2009-01-01T00:60:00Z",
                           "2016-12-31T23:59:60Z",
                           "2009-01-01T00:00:00.Z",
                           "2009-01-01T00:00:00+0100",
                           "2009-01-01T00:00:00+24:00",
                           "2009-01-01T00:00:00+01:60",
                           "2009-01-01T00:00:00Zx",
                           "9-01-01T00:00:00Z",
                           "12009-01-01T00:00:00Z",
                           "-009-01-01T00:00:00Z"}) {
    EXPECT_EQ(ParseTimestamp(text), std::nullopt) << text;
  }
}

TEST(TimestampText, EndsWithYears1And9999) {
  EXPECT_EQ(FormatTimestamp(At("0001-01-01T00:00:00Z")), "0001-01-01T00:00:00Z");
  EXPECT_EQ(FormatTimestamp(At("9999-12-31T23:59:59.999999999Z")),
            "9999-12-31T23:59:59.999999999Z");
  EXPECT_EQ(ParseTimestamp("0000-12-31T23:59:59Z"), std::nullopt);
  EXPECT_EQ(ParseTimestamp("0001-01-01T00:00:00+00:01"), std::nullopt);
  EXPECT_EQ(ParseTimestamp("9999-12-31T23:59:59-00:01"), std::nullopt);
}

TEST(TimestampText, PrintsTheDigitsNeeded) {
  EXPECT_EQ(FormatTimestamp({0, 0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTimestamp({-1, 120'000'000}), "1969-12-31T23:59:59.12Z");
  EXPECT_EQ(FormatTimestamp({951782400, 1}), "2000-02-29T00:00:00.000000001Z");
}

TEST(TimestampText, AddsWithinItsRange) {
  EXPECT_EQ(Add(At("2000-01-01T00:00:00.9Z"), 200'000'000), At("2000-01-01T00:00:01.1Z"));
  EXPECT_EQ(Add(At("2000-01-01T00:00:00.1Z"), -200'000'000), At("1999-12-31T23:59:59.9Z"));
  EXPECT_EQ(Add(At("9999-12-31T23:59:59Z"), kSecond), std::nullopt);
  EXPECT_EQ(Add(At("0001-01-01T00:00:00Z"), -1), std::nullopt);
}

TEST(TimestampText, DifferenceMustFitADuration) {
  EXPECT_EQ(Difference({10, 1}, {9, 2}), kSecond - 1);
  EXPECT_EQ(Difference({9, 2}, {10, 1}), 1 - kSecond);
  EXPECT_EQ(Difference({-9223372037, 145'224'192}, {0, 0}), kLowest);
  EXPECT_EQ(Difference({9223372036, 854'775'807}, {0, 0}), kHighest);
  EXPECT_EQ(Difference({9223372036, 854'775'808}, {0, 0}), std::nullopt);
  EXPECT_EQ(Difference(At("9999-01-01T00:00:00Z"), At("0001-01-01T00:00:00Z")), std::nullopt);
}

TEST(DurationText, Reads) {
  EXPECT_EQ(ParseDuration("0"), 0);
  EXPECT_EQ(ParseDuration("-0"), 0);
  EXPECT_EQ(ParseDuration("1h30m"), 5400 * kSecond);
  EXPECT_EQ(ParseDuration("-1.5h"), -5400 * kSecond);
  EXPECT_EQ(ParseDuration("+.5s"), kSecond / 2);
  EXPECT_EQ(ParseDuration("1.s"), kSecond);
  EXPECT_EQ(ParseDuration("1ms2us3ns"), 1'002'003);
  EXPECT_EQ(ParseDuration("3\u00B5s"), 3000);
  EXPECT_EQ(ParseDuration("3\u03BCs"), 3000);
  EXPECT_EQ(ParseDuration("1.9999ns"), 1);
  EXPECT_EQ(ParseDuration("0.00000000000001h"), 0);
  EXPECT_EQ(ParseDuration("9223372036854775807ns"), kHighest);
  EXPECT_EQ(ParseDuration("-9223372036854775808ns"), kLowest);
}

TEST(DurationText, RefusesWhatIsNone) {
  for (const char* text : {"", "-", "+", "1", "s", ".s", "1d", "1 s", " 1s", "1s ", "1hm", "--1s",
                           "1.2.3s", "1S", "00", "1s0", "9223372036854775808ns", "2562048h",
                           "99999999999999999999999999999999999999999999999h"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

TEST(DurationText, PrintsSecondsExactly) {
  EXPECT_EQ(FormatDuration(0), "0s");
  EXPECT_EQ(FormatDuration(3'730'500'000'000), "3730.5s");
  EXPECT_EQ(FormatDuration(-1), "-0.000000001s");
  EXPECT_EQ(FormatDuration(kLowest), "-9223372036.854775808s");
}

TEST(Calendar, ReadsClockAndCalendar) {
  const CivilTime leap = ToCivilTime(At("2024-12-31T23:59:58Z").seconds);
  EXPECT_EQ(leap.year, 2024);
  EXPECT_EQ(leap.month, 12);
  EXPECT_EQ(leap.day, 31);
  EXPECT_EQ(leap.day_of_year, 366);
  EXPECT_EQ(leap.day_of_week, 2);
  EXPECT_EQ(leap.hour, 23);
  EXPECT_EQ(leap.minute, 59);
  EXPECT_EQ(leap.second, 58);
  const CivilTime first = ToCivilTime(At("0001-01-01T00:00:00Z").seconds);
  EXPECT_EQ(first.year, 1);
  EXPECT_EQ(first.day_of_year, 1);
  EXPECT_EQ(first.day_of_week, 1);
}

TEST(Zones, ReadOffsets) {
  EXPECT_EQ(ZoneOffset("UTC", 0), 0);
  EXPECT_EQ(ZoneOffset("+05:30", 0), 19800);
  EXPECT_EQ(ZoneOffset("-02:30", 0), -9000);
  EXPECT_EQ(ZoneOffset("02:00", 0), 7200);
  EXPECT_EQ(ZoneOffset("-00:00", 0), 0);
  for (const char* zone : {"5:30", "+05:3", "+24:00", "+05:60", "+-5:30", "05:30:00", ":"}) {
    EXPECT_EQ(ZoneOffset(zone, 0), std::nullopt) << zone;
  }
}

TEST(Zones, KnowDaylightSaving) {
  EXPECT_EQ(ZoneOffset("Europe/Paris", At("2024-01-15T12:00:00Z").seconds), 3600);
  EXPECT_EQ(ZoneOffset("Europe/Paris", At("2024-07-15T12:00:00Z").seconds), 7200);
  EXPECT_EQ(ZoneOffset("US/Central", At("2009-02-13T23:31:30Z").seconds), -6 * 3600);
  EXPECT_EQ(ZoneOffset("Asia/Kathmandu", At("2009-02-13T23:31:30Z").seconds), 5 * 3600 + 45 * 60);
  EXPECT_EQ(ZoneOffset("Etc/GMT+1", 0), -3600);
}

TEST(Zones, RefuseWhatIsNoName) {
  for (const char* zone :
       {"", "Nowhere/City", "Europe", "europe/paris", "Europe/Paris/", "../../etc/passwd",
        "Europe/../../../../etc/passwd", "/etc/localtime", "/usr/share/zoneinfo/UTC", "localtime",
        "posixrules", "file:/etc/localtime", "Europe\\Paris", "Europe/Paris\n", "zone.tab"}) {
    EXPECT_EQ(ZoneOffset(zone, 0), std::nullopt) << zone;
  }
  EXPECT_EQ(ZoneOffset(std::string_view("UTC\0", 4), 0), std::nullopt);
  EXPECT_EQ(ZoneOffset(std::string(5000, 'A'), 0), std::nullopt);
}

}  // namespace
}  // namespace restorable::cel
