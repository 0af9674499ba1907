#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Verdicts as the API server reads them. Its limits: a message has no line breaks taken out, a
// warning is cut at 256 characters and all of them at 4,096, an annotation's key is a name.
namespace restorable::admission {

// "allow", "warn", "deny", "error", "skipped".
enum class Decision : std::uint8_t { kAllow, kWarn, kDeny, kError, kSkipped };

[[nodiscard]] std::string_view Name(Decision decision);

inline constexpr std::size_t kMostDenials = 10;          // lines of a message
inline constexpr std::size_t kLongestDenial = 4 * 1024;  // bytes of it
inline constexpr std::size_t kMostWarnings = 15;
inline constexpr std::size_t kLongestWarning = 240;  // code points
inline constexpr std::size_t kAllWarnings = 3'500;   // code points, together
inline constexpr std::size_t kLongestAnnotation = 1024;

// What is said to a request. Lines have no control characters: see Line.
struct Answer {
  std::string_view uid;
  Decision decision = Decision::kAllow;
  std::vector<std::string> denials;   // each a finding that denies; none: it is allowed
  std::vector<std::string> warnings;  // likewise
  // In the order they are written: name and value.
  std::vector<std::pair<std::string_view, std::string>> annotations;
};

// "AKB101: StorageClass fast provisions …", on one line and without control characters.
[[nodiscard]] std::string Line(std::string_view rule, std::string_view statement);

// The message of a denial: at most kMostDenials lines and kLongestDenial bytes, then how many are
// left out.
[[nodiscard]] std::string DenialMessage(const std::vector<std::string>& lines);

// Without duplicates and within all limits; the last one says how many are left out.
[[nodiscard]] std::vector<std::string> LimitWarnings(const std::vector<std::string>& lines);

// The AdmissionReview of admission.k8s.io/v1 that answers.
[[nodiscard]] std::string ToJson(const Answer& answer);

}  // namespace restorable::admission
