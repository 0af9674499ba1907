#include <array>
#include <string>

#include "cel/operators.h"
#include "cel/standard.h"
#include "cel/time_text.h"

namespace restorable::cel {
namespace {

Value Same(CallContext& call) { return call[0]; }

Value TimestampFromString(CallContext& call) {
  const std::optional<Instant> instant = ParseTimestamp(call.String(0));
  if (!instant) return call.Error(ShowValue(call[0]) + " is not a timestamp");
  return Value::Timestamp(instant->seconds, instant->nanoseconds);
}

Value TimestampFromInt(CallContext& call) {
  if (!InRange({call.Int(0), 0})) return call.Error(ShowValue(call[0]) + " is not a timestamp");
  return Value::Timestamp(call.Int(0), 0);
}

Value DurationFromString(CallContext& call) {
  const std::optional<std::int64_t> nanoseconds = ParseDuration(call.String(0));
  if (!nanoseconds) return call.Error(ShowValue(call[0]) + " is not a duration");
  return Value::Duration(*nanoseconds);
}

using Part = int (*)(const CivilTime& time);

// A part of a timestamp in UTC, or in the zone that argument 1 names.
template <Part part>
Value PartOf(CallContext& call) {
  std::int64_t seconds = call[0].Seconds();
  if (call.size() > 1) {
    const std::optional<std::int64_t> offset = ZoneOffset(call.String(1), seconds);
    if (!offset) return call.Error("no such time zone: " + ShowValue(call[1]));
    seconds += *offset;
  }
  return Value::Int(part(ToCivilTime(seconds)));
}

// The zone makes no difference here, but it must be one.
Value Milliseconds(CallContext& call) {
  if (call.size() > 1 && !ZoneOffset(call.String(1), call[0].Seconds())) {
    return call.Error("no such time zone: " + ShowValue(call[1]));
  }
  constexpr std::uint32_t kNanosecondsInOne = 1'000'000;
  return Value::Int(call[0].Nanoseconds() / kNanosecondsInOne);
}

constexpr std::int64_t kSecond = 1'000'000'000;

template <std::int64_t unit>
Value DurationIn(CallContext& call) {
  return Value::Int(call[0].AsDuration() / unit);
}

Value DurationMilliseconds(CallContext& call) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  return Value::Int(call[0].AsDuration() % kSecond / kMillisecond);
}

constexpr Body kFullYear = PartOf<[](const CivilTime& time) { return time.year; }>;
constexpr Body kMonth = PartOf<[](const CivilTime& time) { return time.month - 1; }>;
constexpr Body kDate = PartOf<[](const CivilTime& time) { return time.day; }>;
constexpr Body kDayOfMonth = PartOf<[](const CivilTime& time) { return time.day - 1; }>;
constexpr Body kDayOfYear = PartOf<[](const CivilTime& time) { return time.day_of_year - 1; }>;
constexpr Body kDayOfWeek = PartOf<[](const CivilTime& time) { return time.day_of_week; }>;
constexpr Body kHours = PartOf<[](const CivilTime& time) { return time.hour; }>;
constexpr Body kMinutes = PartOf<[](const CivilTime& time) { return time.minute; }>;
constexpr Body kSeconds = PartOf<[](const CivilTime& time) { return time.second; }>;

constexpr Builtin kTime[] = {
    {"timestamp(timestamp) -> timestamp", Same},
    {"timestamp(string) -> timestamp", TimestampFromString},
    {"timestamp(int) -> timestamp", TimestampFromInt},
    {"duration(duration) -> duration", Same},
    {"duration(string) -> duration", DurationFromString},
    {"timestamp.getFullYear() -> int", kFullYear},
    {"timestamp.getFullYear(string) -> int", kFullYear},
    {"timestamp.getMonth() -> int", kMonth},
    {"timestamp.getMonth(string) -> int", kMonth},
    {"timestamp.getDate() -> int", kDate},
    {"timestamp.getDate(string) -> int", kDate},
    {"timestamp.getDayOfMonth() -> int", kDayOfMonth},
    {"timestamp.getDayOfMonth(string) -> int", kDayOfMonth},
    {"timestamp.getDayOfYear() -> int", kDayOfYear},
    {"timestamp.getDayOfYear(string) -> int", kDayOfYear},
    {"timestamp.getDayOfWeek() -> int", kDayOfWeek},
    {"timestamp.getDayOfWeek(string) -> int", kDayOfWeek},
    {"timestamp.getHours() -> int", kHours},
    {"timestamp.getHours(string) -> int", kHours},
    {"timestamp.getMinutes() -> int", kMinutes},
    {"timestamp.getMinutes(string) -> int", kMinutes},
    {"timestamp.getSeconds() -> int", kSeconds},
    {"timestamp.getSeconds(string) -> int", kSeconds},
    {"timestamp.getMilliseconds() -> int", Milliseconds},
    {"timestamp.getMilliseconds(string) -> int", Milliseconds},
    {"duration.getHours() -> int", DurationIn<3600 * kSecond>},
    {"duration.getMinutes() -> int", DurationIn<60 * kSecond>},
    {"duration.getSeconds() -> int", DurationIn<kSecond>},
    {"duration.getMilliseconds() -> int", DurationMilliseconds},
};

}  // namespace

std::span<const Builtin> TimeFunctions() { return kTime; }

}  // namespace restorable::cel
