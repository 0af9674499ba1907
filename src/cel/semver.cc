#include "cel/semver.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace restorable::cel {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Takes the part of `text` before the next `separator`, which goes too.
std::string_view TakePart(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<std::int64_t> ParseNumber(std::string_view text, SemverForm form) {
  if (!IsDigits(text)) return std::nullopt;
  if (form == SemverForm::kStrict && text.size() > 1 && text.front() == '0') return std::nullopt;
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// Identifiers with dots between them: letters, digits and hyphens.
bool AreIdentifiers(std::string_view text, bool numbers_may_lead_with_zero) {
  constexpr std::string_view kAllowed =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view part = TakePart(text, '.');
    if (part.empty() || part.find_first_not_of(kAllowed) != std::string_view::npos) return false;
    const bool leads = part.size() > 1 && part.front() == '0' && IsDigits(part);
    if (leads && !numbers_may_lead_with_zero) return false;
  }
  return true;
}

// Numbers come before words and are compared as numbers, of any length.
std::weak_ordering CompareIdentifiers(std::string_view a, std::string_view b) {
  const bool a_number = IsDigits(a);
  const bool b_number = IsDigits(b);
  if (a_number != b_number) {
    return a_number ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (a_number && a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::weak_ordering ComparePrereleases(std::string_view a, std::string_view b) {
  // A version without one is the release, which comes last.
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();
  while (!a.empty() && !b.empty()) {
    const auto order = CompareIdentifiers(TakePart(a, '.'), TakePart(b, '.'));
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

}  // namespace

std::string Semver::ToString() const {
  return fmt::format("{}.{}.{}{}{}{}{}", major, minor, patch, prerelease.empty() ? "" : "-",
                     prerelease, build.empty() ? "" : "+", build);
}

std::weak_ordering operator<=>(const Semver& a, const Semver& b) {
  if (a.major != b.major) return a.major <=> b.major;
  if (a.minor != b.minor) return a.minor <=> b.minor;
  if (a.patch != b.patch) return a.patch <=> b.patch;
  return ComparePrereleases(a.prerelease, b.prerelease);
}

std::optional<Semver> ParseSemver(std::string_view text, SemverForm form) {
  const bool lenient = form == SemverForm::kLenient;
  if (lenient && text.starts_with('v')) text.remove_prefix(1);
  Semver version;
  const std::size_t plus = std::min(text.find('+'), text.size());
  if (plus < text.size()) {
    version.build = text.substr(plus + 1);
    if (!AreIdentifiers(version.build, true)) return std::nullopt;
  }
  const std::string_view before_build = text.substr(0, plus);
  const std::size_t hyphen = std::min(before_build.find('-'), before_build.size());
  if (hyphen < before_build.size()) {
    version.prerelease = before_build.substr(hyphen + 1);
    if (!AreIdentifiers(version.prerelease, false)) return std::nullopt;
  }
  std::string_view numbers = before_build.substr(0, hyphen);
  if (numbers.ends_with('.')) return std::nullopt;
  std::int64_t* const parts[] = {&version.major, &version.minor, &version.patch};
  for (std::int64_t* part : parts) {
    const bool may_lack = lenient && part != &version.major;
    if (numbers.empty() && may_lack) break;
    const std::optional<std::int64_t> number = ParseNumber(TakePart(numbers, '.'), form);
    if (!number) return std::nullopt;
    *part = *number;
  }
  if (!numbers.empty()) return std::nullopt;
  return version;
}

}  // namespace restorable::cel
