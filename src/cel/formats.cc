#include "cel/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "base/base64.h"
#include "cel/url.h"

namespace restorable::cel {
namespace {

using Problems = std::vector<std::string>;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLowerAlnum(char c) { return IsLower(c) || IsDigit(c); }
bool IsAlnum(char c) { return IsLowerAlnum(c) || IsUpper(c); }
bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Characters of `inner` with characters of `ends` at both ends.
bool IsName(std::string_view text, bool (*ends)(char), bool (*inner)(char)) {
  return !text.empty() && ends(text.front()) && ends(text.back()) &&
         std::ranges::all_of(text, inner);
}

void CheckLength(std::string_view text, std::size_t most, Problems& problems) {
  if (text.size() > most) problems.push_back(fmt::format("it is longer than {} characters", most));
}

bool IsDnsLabel(std::string_view text) {
  return IsName(text, IsLowerAlnum, [](char c) { return IsLowerAlnum(c) || c == '-'; });
}

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestSubdomain = 253;

Problems Dns1123Label(std::string_view text) {
  Problems problems;
  CheckLength(text, kLongestLabel, problems);
  if (!IsDnsLabel(text)) {
    problems.emplace_back(
        "it must consist of lower-case letters, digits and hyphens and begin and end with a letter "
        "or digit");
  }
  return problems;
}

Problems Dns1123Subdomain(std::string_view text) {
  Problems problems;
  CheckLength(text, kLongestSubdomain, problems);
  bool valid = true;
  for (std::string_view rest = text; valid;) {
    const std::size_t dot = rest.find('.');
    valid = IsDnsLabel(rest.substr(0, dot));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (!valid) {
    problems.emplace_back(
        "it must consist of lower-case letters, digits, hyphens and dots, and each part between "
        "dots must begin and end with a letter or digit");
  }
  return problems;
}

Problems Dns1035Label(std::string_view text) {
  Problems problems;
  CheckLength(text, kLongestLabel, problems);
  if (!IsDnsLabel(text) || !IsLower(text.front())) {
    problems.emplace_back(
        "it must consist of lower-case letters, digits and hyphens, begin with a letter and end "
        "with a letter or digit");
  }
  return problems;
}

// A prefix that a name is made from may end with a hyphen: something follows it.
template <Problems (*validate)(std::string_view)>
Problems Prefix(std::string_view text) {
  if (text.size() < 2 || text.back() != '-') return validate(text);
  std::string name(text.substr(0, text.size() - 1));
  name.back() = 'a';
  return validate(name);
}

bool IsQualifiedPart(std::string_view text) {
  return IsName(text, IsAlnum,
                [](char c) { return IsAlnum(c) || c == '-' || c == '_' || c == '.'; });
}

constexpr std::string_view kQualifiedRule =
    "it must consist of letters, digits, hyphens, underscores and dots and begin and end with a "
    "letter or digit";

Problems QualifiedName(std::string_view text) {
  Problems problems;
  const std::size_t slash = text.find('/');
  std::string_view name = text;
  if (slash != std::string_view::npos) {
    for (const std::string& problem : Dns1123Subdomain(text.substr(0, slash))) {
      problems.push_back("the part before the slash: " + problem);
    }
    name = text.substr(slash + 1);
  }
  CheckLength(name, kLongestLabel, problems);
  if (!IsQualifiedPart(name)) problems.emplace_back(kQualifiedRule);
  return problems;
}

Problems LabelValue(std::string_view text) {
  Problems problems;
  CheckLength(text, kLongestLabel, problems);
  if (!text.empty() && !IsQualifiedPart(text)) problems.emplace_back(kQualifiedRule);
  return problems;
}

Problems Uri(std::string_view text) {
  if (ParseUrl(text)) return {};
  return {"it is neither an absolute URI nor an absolute path"};
}

Problems Uuid(std::string_view text) {
  // Each hyphen may be there or not.
  for (const std::size_t digits : {8, 4, 4, 4, 12}) {
    const std::string_view part = text.substr(0, digits);
    if (part.size() < digits || !std::ranges::all_of(part, IsHex)) {
      return {"it is not a UUID such as 01234567-89ab-cdef-0123-456789abcdef"};
    }
    text.remove_prefix(digits);
    if (digits != 12 && text.starts_with('-')) text.remove_prefix(1);
  }
  if (!text.empty()) return {"it is longer than a UUID"};
  return {};
}

Problems Byte(std::string_view text) {
  if (!text.empty() && DecodeBase64(text, Base64Padding::kRequired)) return {};
  return {"it is not base64"};
}

// Whether `text` has digits where `form` has zeros and the same characters everywhere else.
bool HasForm(std::string_view text, std::string_view form) {
  return std::ranges::equal(
      text, form, [](char c, char wanted) { return wanted == '0' ? IsDigit(c) : c == wanted; });
}

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool IsDate(std::string_view text) {
  if (!HasForm(text, "0000-00-00")) return false;
  const std::chrono::year_month_day date{
      std::chrono::year(Number(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(Number(text.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(Number(text.substr(8, 2))))};
  return date.ok();
}

// "12:30:00.5Z", "12:30:00+01:00"; letters may be lower case.
bool IsTime(std::string_view text) {
  if (!HasForm(text.substr(0, 8), "00:00:00")) return false;
  if (Number(text.substr(0, 2)) > 23 || Number(text.substr(3, 2)) > 59 ||
      Number(text.substr(6, 2)) > 59) {
    return false;
  }
  text.remove_prefix(8);
  if (text.starts_with('.')) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  return text == "Z" || text == "z" || HasForm(text, "+00:00") || HasForm(text, "-00:00");
}

Problems Date(std::string_view text) {
  if (IsDate(text)) return {};
  return {"it is not a date such as 2006-01-02"};
}

Problems DateTime(std::string_view text) {
  const bool separated = text.size() > 10 && (text[10] == 'T' || text[10] == 't');
  if (separated && IsDate(text.substr(0, 10)) && IsTime(text.substr(11))) return {};
  return {"it is not a date and time such as 2006-01-02T15:04:05Z"};
}

constexpr NamedFormat kFormats[] = {
    {"byte", Byte},
    {"date", Date},
    {"datetime", DateTime},
    {"dns1035Label", Dns1035Label},
    {"dns1035LabelPrefix", Prefix<Dns1035Label>},
    {"dns1123Label", Dns1123Label},
    {"dns1123LabelPrefix", Prefix<Dns1123Label>},
    {"dns1123Subdomain", Dns1123Subdomain},
    {"dns1123SubdomainPrefix", Prefix<Dns1123Subdomain>},
    {"labelValue", LabelValue},
    {"qualifiedName", QualifiedName},
    {"uri", Uri},
    {"uuid", Uuid},
};
static_assert(std::ranges::is_sorted(kFormats, {}, &NamedFormat::name));

}  // namespace

std::span<const NamedFormat> NamedFormats() { return kFormats; }

const NamedFormat* FindFormat(std::string_view name) {
  const auto found = std::ranges::lower_bound(kFormats, name, {}, &NamedFormat::name);
  return found != std::end(kFormats) && found->name == name ? &*found : nullptr;
}

}  // namespace restorable::cel
