#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "terraform/functions.h"

namespace restorable::terraform {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

// A moment as RFC 3339 writes it.
struct Moment {
  std::chrono::year_month_day day;
  std::int64_t second = 0;  // of the day, where it was written
  std::int64_t nanosecond = 0;
  std::int64_t offset = 0;  // seconds east of UTC

  [[nodiscard]] std::int64_t Unix() const {
    return std::chrono::sys_days(day).time_since_epoch().count() * std::int64_t{86400} + second -
           offset;
  }
};

std::optional<int> Digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int number = 0;
  const char* const end = text.data() + at + count;
  const auto read = std::from_chars(text.data() + at, end, number);
  if (read.ptr != end || text[at] == '-') return std::nullopt;
  return number;
}

std::optional<std::int64_t> ReadOffset(std::string_view text) {
  if (text == "Z") return 0;
  const auto hours = Digits(text, 1, 2);
  const auto minutes = Digits(text, 4, 2);
  const bool sign = text.starts_with('+') || text.starts_with('-');
  if (!sign || text.size() != 6 || text[3] != ':' || !hours || !minutes) return std::nullopt;
  if (*hours > 23 || *minutes > 59) return std::nullopt;
  return (*hours * 3600 + *minutes * 60) * (text[0] == '-' ? -1 : 1);
}

std::optional<Moment> ReadMoment(std::string_view text) {
  const auto year = Digits(text, 0, 4);
  const auto month = Digits(text, 5, 2);
  const auto day = Digits(text, 8, 2);
  const auto hour = Digits(text, 11, 2);
  const auto minute = Digits(text, 14, 2);
  const auto second = Digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const bool separators =
      text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  Moment moment;
  moment.day = {std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                std::chrono::day(static_cast<unsigned>(*day))};
  if (!separators || !moment.day.ok() || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  moment.second = *hour * 3600 + *minute * 60 + *second;
  text.remove_prefix(19);
  if (text.starts_with('.')) {
    std::size_t count = 1;
    std::int64_t unit = 100'000'000;
    for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) {
      moment.nanosecond += (text[count] - '0') * unit;
      unit /= 10;
    }
    if (count == 1) return std::nullopt;
    text.remove_prefix(count);
  }
  const auto offset = ReadOffset(text);
  if (!offset.has_value()) return std::nullopt;
  moment.offset = *offset;
  return moment;
}

// "1h30m", "-2.5s": nanoseconds.
std::optional<std::int64_t> ReadDuration(std::string_view text) {
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  constexpr Unit kUnits[] = {{"ns", 1},  {"us", 1e3}, {"µs", 1e3},  {"ms", 1e6},
                             {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
  constexpr double kMost = 9.2e18;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  double total = 0;
  bool any = false;
  while (!text.empty()) {
    const std::size_t end = text.find_first_not_of("0123456789.");
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + end, number);
    if (read.ptr != text.data() + end) return std::nullopt;
    text.remove_prefix(end);
    const std::string_view name = text.substr(0, text.find_first_of("0123456789."));
    const Unit* found = nullptr;
    for (const Unit& unit : kUnits) {
      if (unit.name == name) found = &unit;
    }
    if (found == nullptr) return std::nullopt;
    total += number * found->nanoseconds;
    text.remove_prefix(name.size());
    any = true;
  }
  if (!any || total > kMost) return std::nullopt;
  return static_cast<std::int64_t>(total) * (negative ? -1 : 1);
}

std::string OffsetText(std::int64_t offset, bool colon) {
  const std::int64_t minutes = (offset < 0 ? -offset : offset) / 60;
  return fmt::format("{}{:02}{}{:02}", offset < 0 ? '-' : '+', minutes / 60, colon ? ":" : "",
                     minutes % 60);
}

std::string ZoneText(std::int64_t offset, std::size_t letters) {
  if (letters == 1 && offset == 0) return "Z";
  if (letters == 3 && offset == 0) return "UTC";
  return OffsetText(offset, letters == 1 || letters == 5);
}

// A run of one letter of a date format; nothing if there is no such run.
std::optional<std::string> FormatRun(const Moment& moment, char letter, std::size_t count) {
  const auto number = [&](std::int64_t value) -> std::optional<std::string> {
    if (count > 2) return std::nullopt;
    return count == 2 ? fmt::format("{:02}", value) : std::to_string(value);
  };
  const std::int64_t hour = moment.second / 3600;
  const unsigned month = static_cast<unsigned>(moment.day.month());
  const std::size_t weekday = std::chrono::weekday(std::chrono::sys_days(moment.day)).c_encoding();
  switch (letter) {
    case 'Y':
      if (count == 2) return fmt::format("{:02}", static_cast<int>(moment.day.year()) % 100);
      if (count == 4) return fmt::format("{:04}", static_cast<int>(moment.day.year()));
      return std::nullopt;
    case 'M':
      if (count == 3) return std::string(kMonths[month - 1].substr(0, 3));
      if (count == 4) return std::string(kMonths[month - 1]);
      return number(month);
    case 'D':
      return number(static_cast<unsigned>(moment.day.day()));
    case 'E':
      if (count == 3) return std::string(kDays[weekday].substr(0, 3));
      if (count == 4) return std::string(kDays[weekday]);
      return std::nullopt;
    case 'h':
      return number(hour);
    case 'H':
      return number(hour % 12 == 0 ? 12 : hour % 12);
    case 'A':
    case 'a':
      if (count != 2) return std::nullopt;
      if (letter == 'A') return hour < 12 ? "AM" : "PM";
      return hour < 12 ? "am" : "pm";
    case 'm':
      return number(moment.second / 60 % 60);
    case 's':
      return number(moment.second % 60);
    case 'Z':
      if (count == 2 || count > 5) return std::nullopt;
      return ZoneText(moment.offset, count);
    default:
      return std::nullopt;
  }
}

}  // namespace

Value FormatDate(Call& call) {
  const auto moment = ReadMoment(call.String(1));
  if (!moment.has_value()) return call.Fail("the time is not written as in RFC 3339");
  const std::string_view format = call.String(0);
  std::string out;
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at];
    if (format.substr(at).starts_with("''")) {  // a quote, and not a quoted nothing
      out += '\'';
      at += 2;
      continue;
    }
    if (c == '\'') {
      std::size_t end = at + 1;
      for (; end < format.size() &&
             !(format[end] == '\'' && (end + 1 >= format.size() || format[end + 1] != '\''));
           ++end) {
        if (format[end] == '\'') ++end;
        out += format[end];
      }
      if (end == format.size()) return call.Fail("a quote is not closed");
      at = end + 1;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    std::size_t end = at;
    while (end < format.size() && format[end] == c) ++end;
    if (!letter) {
      out += format.substr(at, end - at);
    } else if (const auto run = FormatRun(*moment, c, end - at); run.has_value()) {
      out += *run;
    } else {
      return call.Fail("`" + std::string(format.substr(at, end - at)) + "` formats nothing");
    }
    at = end;
  }
  return call.Return(out);
}

Value TimeAdd(Call& call) {
  constexpr std::int64_t kBillion = 1'000'000'000;
  const auto moment = ReadMoment(call.String(0));
  if (!moment.has_value()) return call.Fail("the time is not written as in RFC 3339");
  const auto duration = ReadDuration(call.String(1));
  if (!duration.has_value()) return call.Fail("the duration is not one");
  std::int64_t nanosecond = moment->nanosecond + *duration % kBillion;
  std::int64_t local = moment->Unix() + moment->offset + *duration / kBillion;
  if (nanosecond < 0) --local;
  if (nanosecond >= kBillion) ++local;
  nanosecond = (nanosecond + kBillion) % kBillion;
  std::int64_t days = local / 86400;
  std::int64_t second = local % 86400;
  if (second < 0) {
    second += 86400;
    --days;
  }
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  std::string fraction;
  if (nanosecond != 0) {
    fraction = fmt::format(".{:09}", nanosecond);
    while (fraction.ends_with('0')) fraction.pop_back();
  }
  return call.Return(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}",
                                 static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                 static_cast<unsigned>(day.day()), second / 3600, second / 60 % 60,
                                 second % 60, fraction, ZoneText(moment->offset, 1)));
}

Value TimeCmp(Call& call) {
  const auto a = ReadMoment(call.String(0));
  const auto b = ReadMoment(call.String(1));
  if (!a.has_value() || !b.has_value()) {
    return call.Fail("the time is not written as in RFC 3339");
  }
  const auto order = std::pair(a->Unix(), a->nanosecond) <=> std::pair(b->Unix(), b->nanosecond);
  return call.Return(Value::Int(order < 0 ? -1 : order > 0 ? 1 : 0));
}

}  // namespace restorable::terraform
