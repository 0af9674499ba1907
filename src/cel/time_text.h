#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Points in time and lengths of time: their text forms and the calendar.
namespace restorable::cel {

// Seconds since 1970-01-01T00:00:00Z and nanoseconds in [0, 1e9), as in Value::Timestamp.
struct Instant {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;

  friend bool operator==(const Instant&, const Instant&) = default;
};

// Whether the instant lies in the years 1 to 9999, where CEL's timestamps end.
[[nodiscard]] bool InRange(const Instant& instant);

// The sum and the difference, or nothing when the result is out of range.
[[nodiscard]] std::optional<Instant> Add(const Instant& instant, std::int64_t nanoseconds);
[[nodiscard]] std::optional<std::int64_t> Difference(const Instant& later, const Instant& earlier);

// RFC 3339 with an upper-case T: "2024-02-29T12:00:00.5+01:00". The offset, or an upper-case Z, is
// required, leap seconds are refused, digits of the fraction beyond nanoseconds are dropped.
[[nodiscard]] std::optional<Instant> ParseTimestamp(std::string_view text);
// In UTC with as many fraction digits as are needed: "2024-02-29T11:00:00.5Z".
[[nodiscard]] std::string FormatTimestamp(const Instant& instant);

// A sign, then one or more of number and unit: "1h30m", "-1.5h", "100us", "0". In nanoseconds;
// nothing when they do not fit. What is below a nanosecond is dropped.
[[nodiscard]] std::optional<std::int64_t> ParseDuration(std::string_view text);
// Seconds, exactly: "3730.5s".
[[nodiscard]] std::string FormatDuration(std::int64_t nanoseconds);

// A date and time of day as a calendar and a clock show it.
struct CivilTime {
  int year = 1970;
  int month = 1;        // 1 to 12
  int day = 1;          // of the month, 1 to 31
  int day_of_year = 1;  // 1 to 366
  int day_of_week = 0;  // 0 is Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
};

[[nodiscard]] CivilTime ToCivilTime(std::int64_t seconds);

// How far the clocks of `zone` are ahead of UTC at an instant, in seconds. A zone is a name of the
// system's zone database ("Europe/Paris") or an offset ("+05:30", "-02:00", "09:30"). Nothing when
// there is no such zone.
[[nodiscard]] std::optional<std::int64_t> ZoneOffset(std::string_view zone, std::int64_t seconds);

}  // namespace restorable::cel
