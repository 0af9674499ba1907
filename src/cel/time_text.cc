#include "cel/time_text.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <limits>

namespace restorable::cel {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z

__extension__ using Wide = unsigned __int128;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads text from the front; the first thing that is not there makes `ok` false for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool AtEnd() const { return text_.empty(); }

  int Digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_.empty() || !IsDigit(text_.front())) {
        ok_ = false;
        return 0;
      }
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return value;
  }

  bool Take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  void Expect(char c) { ok_ = Take(c) && ok_; }

  // The digits after a decimal point, of which there must be one or more.
  std::uint32_t Nanoseconds() {
    std::size_t count = 0;
    std::uint32_t value = 0;
    for (; !text_.empty() && IsDigit(text_.front()); ++count) {
      if (count < 9) value = value * 10 + static_cast<std::uint32_t>(text_.front() - '0');
      text_.remove_prefix(1);
    }
    ok_ = ok_ && count > 0;
    for (; count < 9; ++count) value *= 10;
    return value;
  }

 private:
  std::string_view text_;  // of the caller
  bool ok_ = true;
};

std::int64_t ReadOffset(Reader& reader, bool& valid) {
  if (reader.Take('Z')) return 0;
  const bool negative = reader.Take('-');
  if (!negative) reader.Expect('+');
  const int hours = reader.Digits(2);
  reader.Expect(':');
  const int minutes = reader.Digits(2);
  valid = valid && hours < 24 && minutes < 60;
  const std::int64_t seconds = hours * 3600 + minutes * 60;
  return negative ? -seconds : seconds;
}

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};

// Two-letter units stand before those whose first letter they share.
constexpr Unit kUnits[] = {
    {"ns", 1},          {"us", 1'000},        {"\u00B5s", 1'000},  // micro sign
    {"\u03BCs", 1'000},                                            // Greek mu
    {"ms", 1'000'000},  {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000},
};

const Unit* TakeUnit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

std::string_view TakeDigits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

constexpr Wide kMostNanoseconds = Wide{1} << 63;  // of the lowest duration

// `whole`.`fraction` units in nanoseconds, or more than kMostNanoseconds.
Wide Nanoseconds(std::string_view whole, std::string_view fraction, const Unit& unit) {
  Wide value = 0;
  for (const char c : whole) {
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > kMostNanoseconds) return kMostNanoseconds + 1;
  }
  // The 14th digit of a fraction of an hour is below a nanosecond.
  Wide numerator = 0;
  Wide scale = 1;
  for (const char c : fraction.substr(0, 14)) {
    numerator = numerator * 10 + static_cast<unsigned>(c - '0');
    scale *= 10;
  }
  return value * unit.nanoseconds + numerator * unit.nanoseconds / scale;
}

// Digits of a fraction of a second, zeros at the end left out: ".5", or "" for none.
std::string Fraction(std::uint32_t nanoseconds) {
  if (nanoseconds == 0) return "";
  std::string text = fmt::format(".{:09}", nanoseconds);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

}  // namespace

bool InRange(const Instant& instant) {
  return instant.seconds >= kFirstSecond && instant.seconds <= kLastSecond;
}

std::optional<Instant> Add(const Instant& instant, std::int64_t nanoseconds) {
  std::int64_t seconds = nanoseconds / kNanosecondsPerSecond;
  std::int64_t rest = nanoseconds % kNanosecondsPerSecond + instant.nanoseconds;
  if (rest < 0) {
    rest += kNanosecondsPerSecond;
    --seconds;
  } else if (rest >= kNanosecondsPerSecond) {
    rest -= kNanosecondsPerSecond;
    ++seconds;
  }
  const Instant sum{instant.seconds + seconds, static_cast<std::uint32_t>(rest)};
  if (!InRange(sum)) return std::nullopt;
  return sum;
}

std::optional<std::int64_t> Difference(const Instant& later, const Instant& earlier) {
  std::int64_t seconds = later.seconds - earlier.seconds;
  std::int64_t rest =
      static_cast<std::int64_t>(later.nanoseconds) - static_cast<std::int64_t>(earlier.nanoseconds);
  // Both of one sign, so that the lowest duration is reached without passing it on the way.
  if (seconds < 0 && rest > 0) {
    ++seconds;
    rest -= kNanosecondsPerSecond;
  }
  std::int64_t product = 0;
  std::int64_t sum = 0;
  if (__builtin_mul_overflow(seconds, kNanosecondsPerSecond, &product) ||
      __builtin_add_overflow(product, rest, &sum)) {
    return std::nullopt;
  }
  return sum;
}

std::optional<Instant> ParseTimestamp(std::string_view text) {
  Reader reader(text);
  const int year = reader.Digits(4);
  reader.Expect('-');
  const auto month = static_cast<unsigned>(reader.Digits(2));
  reader.Expect('-');
  const auto day = static_cast<unsigned>(reader.Digits(2));
  reader.Expect('T');
  const int hour = reader.Digits(2);
  reader.Expect(':');
  const int minute = reader.Digits(2);
  reader.Expect(':');
  const int second = reader.Digits(2);
  const std::uint32_t nanoseconds = reader.Take('.') ? reader.Nanoseconds() : 0;
  bool valid = hour < 24 && minute < 60 && second < 60;
  const std::int64_t offset = ReadOffset(reader, valid);

  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!reader.ok() || !reader.AtEnd() || !valid || !date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t time = std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
  const Instant instant{days * kSecondsPerDay + time - offset, nanoseconds};
  if (!InRange(instant)) return std::nullopt;
  return instant;
}

std::string FormatTimestamp(const Instant& instant) {
  const CivilTime civil = ToCivilTime(instant.seconds);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", civil.year, civil.month, civil.day,
                     civil.hour, civil.minute, civil.second, Fraction(instant.nanoseconds));
}

std::optional<std::int64_t> ParseDuration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  Wide total = 0;
  while (!text.empty()) {
    const std::string_view whole = TakeDigits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      fraction = TakeDigits(text);
    }
    if (whole.empty() && fraction.empty()) return std::nullopt;
    const Unit* const unit = TakeUnit(text);
    if (unit == nullptr) return std::nullopt;
    total += Nanoseconds(whole, fraction, *unit);
    if (total > kMostNanoseconds - (negative ? 0 : 1)) return std::nullopt;
  }
  const auto magnitude = static_cast<std::uint64_t>(total);
  return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

std::string FormatDuration(std::int64_t nanoseconds) {
  const auto bits = static_cast<std::uint64_t>(nanoseconds);
  const std::uint64_t magnitude = nanoseconds < 0 ? 0 - bits : bits;
  return fmt::format("{}{}{}s", nanoseconds < 0 ? "-" : "", magnitude / kNanosecondsPerSecond,
                     Fraction(static_cast<std::uint32_t>(magnitude % kNanosecondsPerSecond)));
}

CivilTime ToCivilTime(std::int64_t seconds) {
  using std::chrono::days;
  using std::chrono::sys_days;
  std::int64_t day_number = seconds / kSecondsPerDay;
  std::int64_t time = seconds % kSecondsPerDay;
  if (time < 0) {
    time += kSecondsPerDay;
    --day_number;
  }
  const sys_days day{days(day_number)};
  const std::chrono::year_month_day date(day);
  const sys_days new_year = date.year() / std::chrono::January / 1;
  return {
      .year = static_cast<int>(date.year()),
      .month = static_cast<int>(static_cast<unsigned>(date.month())),
      .day = static_cast<int>(static_cast<unsigned>(date.day())),
      .day_of_year = static_cast<int>((day - new_year).count()) + 1,
      .day_of_week = static_cast<int>(std::chrono::weekday(day).c_encoding()),
      .hour = static_cast<int>(time / 3600),
      .minute = static_cast<int>(time / 60 % 60),
      .second = static_cast<int>(time % 60),
  };
}

}  // namespace restorable::cel
