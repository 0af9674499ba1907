#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>

#include "arm/functions.h"

namespace restorable::arm {
namespace {

using Seconds = std::chrono::seconds;
using Time = std::chrono::sys_time<Seconds>;

constexpr std::string_view kIsoFormat = "yyyy-MM-ddTHH:mm:ssZ";

// Reads `count` digits and moves past them.
std::optional<int> Digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, number);
  if (error != std::errc() || end != text.data() + count || number < 0) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

bool TakeChar(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "2020-04-07[T14:53:14[.123][Z|±hh:mm]]"; a blank may stand for the T.
std::optional<Time> ReadTime(std::string_view text) {
  const auto year = Digits(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = Digits(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = Digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  Time time{std::chrono::sys_days(date)};
  if (text.empty()) return time;
  if (!TakeChar(text, 'T') && !TakeChar(text, ' ')) return std::nullopt;
  const auto hour = Digits(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = Digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (TakeChar(text, ':')) {
    const auto read = Digits(text, 2);
    if (!read || *read > 59) return std::nullopt;
    second = *read;
  }
  time += std::chrono::hours(*hour) + std::chrono::minutes(*minute) + Seconds(second);
  if (TakeChar(text, '.')) {
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') text.remove_prefix(1);
  }
  if (text.empty() || text == "Z") return time;
  const int sign = text[0] == '-' ? 1 : -1;
  if (!TakeChar(text, '+') && !TakeChar(text, '-')) return std::nullopt;
  const auto offset_hours = Digits(text, 2);
  if (!offset_hours) return std::nullopt;
  TakeChar(text, ':');
  const auto offset_minutes = text.empty() ? std::optional(0) : Digits(text, 2);
  if (!offset_minutes || !text.empty()) return std::nullopt;
  return time + sign * (std::chrono::hours(*offset_hours) + std::chrono::minutes(*offset_minutes));
}

// A duration of ISO 8601: "P1Y2M3DT4H5M6S", "-PT9H", "P2W".
struct Span {
  int months = 0;
  std::int64_t seconds = 0;
};

std::optional<Span> ReadSpan(std::string_view text) {
  struct Unit {
    char letter;
    bool time;
    int months;
    std::int64_t seconds;
  };
  constexpr Unit kUnits[] = {
      {'Y', false, 12, 0},  {'M', false, 1, 0}, {'W', false, 0, 604'800}, {'D', false, 0, 86'400},
      {'H', true, 0, 3600}, {'M', true, 0, 60}, {'S', true, 0, 1},
  };
  constexpr std::int64_t kMost = 1'000'000'000;
  const int sign = TakeChar(text, '-') ? -1 : 1;
  if (!TakeChar(text, 'P') || text.empty()) return std::nullopt;
  Span span;
  bool time = false;
  while (!text.empty()) {
    if (!time && TakeChar(text, 'T')) {
      time = true;
      continue;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0 || number > kMost) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const Unit* found = nullptr;
    for (const Unit& unit : kUnits) {
      if (text.starts_with(unit.letter) && unit.time == time) found = &unit;
    }
    if (found == nullptr || (found->months != 0 && number > 120'000)) return std::nullopt;
    text.remove_prefix(1);
    span.months += sign * static_cast<int>(number) * found->months;
    span.seconds += sign * number * found->seconds;
  }
  return span;
}

// Months first, on the last day of a shorter one.
std::optional<Time> Add(Time time, const Span& span) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day date(days);
  date += std::chrono::months(span.months);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  const Time moved =
      Time(std::chrono::sys_days(date)) + (time - Time(days)) + Seconds(span.seconds);
  const std::chrono::year_month_day end(std::chrono::floor<std::chrono::days>(moved));
  if (!end.ok() || end.year() < std::chrono::year(1) || end.year() > std::chrono::year(9999)) {
    return std::nullopt;
  }
  return moved;
}

// One run of the same letter of a .NET format; nothing if it is not one we know.
std::optional<std::string> FormatPart(Time time, char letter, std::size_t length) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - Time(days));
  const auto digits = [&](auto number) {
    return fmt::format("{:0{}}", number, std::min<std::size_t>(length, 2));
  };
  switch (letter) {
    case 'y':
      if (length == 2) return fmt::format("{:02}", static_cast<int>(date.year()) % 100);
      return fmt::format("{:0{}}", static_cast<int>(date.year()), length);
    case 'M':
      return length > 2 ? std::nullopt : std::optional(digits(static_cast<unsigned>(date.month())));
    case 'd':
      return length > 2 ? std::nullopt : std::optional(digits(static_cast<unsigned>(date.day())));
    case 'H':
      return digits(clock.hours().count());
    case 'h':
      return digits((clock.hours().count() + 11) % 12 + 1);
    case 'm':
      return digits(clock.minutes().count());
    case 's':
      return digits(clock.seconds().count());
    case 'f':
      return std::string(length, '0');
    default:
      return std::nullopt;
  }
}

std::optional<std::string> FormatTime(Time time, std::string_view format) {
  if (format == "u") format = "yyyy-MM-dd HH:mm:ssZ";
  if (format == "s") format = "yyyy-MM-ddTHH:mm:ss";
  if (format == "o" || format == "O") format = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
  if (format.size() < 2) return std::nullopt;
  constexpr std::string_view kLetters = "yMdHhmsf";
  constexpr std::string_view kLiteral = "-:/. TZ_,";
  std::string out;
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at];
    if (kLetters.find(c) == std::string_view::npos) {
      const bool quoted = c == '\'';
      const std::size_t close = quoted ? format.find('\'', at + 1) : at;
      if (close == std::string_view::npos) return std::nullopt;
      if (!quoted && kLiteral.find(c) == std::string_view::npos) return std::nullopt;
      out += quoted ? format.substr(at + 1, close - at - 1) : format.substr(at, 1);
      at = close + 1;
      continue;
    }
    const std::size_t end = std::min(format.find_first_not_of(c, at), format.size());
    if (end - at > 7) return std::nullopt;
    const auto part = FormatPart(time, c, end - at);
    if (!part.has_value()) return std::nullopt;
    out += *part;
    at = end;
  }
  return out;
}

}  // namespace

Value DateTimeAdd(Invocation& call) {
  const std::optional<Time> base = ReadTime(call.String(0));
  const std::optional<Span> span = ReadSpan(call.String(1));
  if (!base.has_value()) return call.Fail("`" + std::string(call.String(0)) + "` is no time");
  if (!span.has_value()) return call.Fail("`" + std::string(call.String(1)) + "` is no duration");
  const std::optional<Time> time = Add(*base, *span);
  if (!time.has_value()) return call.Fail("the year is not between 1 and 9999");
  const bool formatted = call.size() > 2 && !call[2].IsNull();
  const auto text = FormatTime(*time, formatted ? call.String(2) : kIsoFormat);
  if (!text.has_value()) return call.Outside(UnknownReason::kUnsupported, TypeKind::kString);
  return call.Return(*text);
}

Value DateTimeFromEpoch(Invocation& call) {
  constexpr std::int64_t kMost = 253'402'300'799;  // the last second of the year 9999
  const std::int64_t seconds = call.Int(0);
  if (seconds < -62'135'596'800 || seconds > kMost) {
    return call.Fail("the year is not between 1 and 9999");
  }
  return call.Return(*FormatTime(Time(Seconds(seconds)), kIsoFormat));
}

Value DateTimeToEpoch(Invocation& call) {
  const std::optional<Time> time = ReadTime(call.String(0));
  if (!time.has_value()) return call.Fail("`" + std::string(call.String(0)) + "` is no time");
  return call.Return(std::int64_t{time->time_since_epoch().count()});
}

}  // namespace restorable::arm
