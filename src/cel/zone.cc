#include <cctz/time_zone.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "cel/time_text.h"

namespace restorable::cel {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "+HH:MM", "-HH:MM" or "HH:MM"; the sign counts for both.
std::optional<std::int64_t> ParseOffset(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4}) {
    if (!IsDigit(text[i])) return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t seconds = hours * 3600 + minutes * 60;
  return negative ? -seconds : seconds;
}

// Whether the name can be one of the database. It becomes part of a path, and the library knows
// more names ("localtime", "file:…"), so that nothing but letters in the database's own style
// passes; no name of the database has a dot.
bool IsZoneName(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  if (name.empty() || name.size() > kLongest || name.front() < 'A' || name.front() > 'Z') {
    return false;
  }
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  return name.find_first_not_of(kAllowed) == std::string_view::npos;
}

// The library remembers every name that it is asked for, so it is asked for existing ones only:
// names that come from data must not make it grow.
bool IsInDatabase(const std::string& name) {
  const char* const chosen = std::getenv("TZDIR");
  const std::filesystem::path directory = chosen != nullptr ? chosen : "/usr/share/zoneinfo";
  std::error_code error;
  return std::filesystem::is_regular_file(directory / name, error);
}

}  // namespace

std::optional<std::int64_t> ZoneOffset(std::string_view zone, std::int64_t seconds) {
  if (zone == "UTC") return 0;
  if (zone.find(':') != std::string_view::npos) return ParseOffset(zone);
  if (!IsZoneName(zone)) return std::nullopt;
  const std::string name(zone);
  cctz::time_zone loaded;
  if (!IsInDatabase(name) || !cctz::load_time_zone(name, &loaded)) return std::nullopt;
  const cctz::time_point<cctz::seconds> instant{cctz::seconds(seconds)};
  return loaded.lookup(instant).offset;
}

}  // namespace restorable::cel
