#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace restorable::cel {

// A semantic version. Source: Semantic Versioning 2.0.0, semver.org.
struct Semver {
  std::int64_t major = 0;
  std::int64_t minor = 0;
  std::int64_t patch = 0;
  std::string_view prerelease;  // of the text parsed, without the hyphen
  std::string_view build;       // of the text parsed, without the plus

  [[nodiscard]] std::string ToString() const;

  // The order of precedence; builds have none.
  friend std::weak_ordering operator<=>(const Semver& a, const Semver& b);
  friend bool operator==(const Semver& a, const Semver& b) { return a <=> b == 0; }
};

// Strictly, or leniently: with a "v" before it, minor and patch left out, leading zeros. Nothing
// when it is no version or a number does not fit.
enum class SemverForm { kStrict, kLenient };
[[nodiscard]] std::optional<Semver> ParseSemver(std::string_view text, SemverForm form);

}  // namespace restorable::cel
