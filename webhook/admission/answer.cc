#include "admission/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/printable.h"
#include "value/json.h"

namespace restorable::admission {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::array<std::string_view, 5> kDecisions = {"allow", "warn", "deny", "error",
                                                        "skipped"};

std::string AndMore(std::size_t count) { return fmt::format("and {} more", count); }

// Valid UTF-8 cut to a number of code points, the ellipsis among them.
std::string CutCodePoints(std::string_view text, std::size_t most) {
  if (text.size() <= most || CodePointCount(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < most; ++i) (void)DecodeUtf8(text, end);
  return std::string(text.substr(0, end)).append(kEllipsis);
}

std::string CutBytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(TruncateUtf8(text, most - kEllipsis.size())).append(kEllipsis);
}

void AppendMember(std::string& out, std::string_view name, std::string_view text) {
  AppendJsonString(out, name);
  out += ':';
  AppendJsonString(out, text);
}

void AppendStatus(std::string& out, const Answer& answer) {
  out += R"(,"status":{"code":403,"reason":"Forbidden",)";
  AppendMember(out, "message", DenialMessage(answer.denials));
  out += '}';
}

void AppendWarnings(std::string& out, const std::vector<std::string>& warnings) {
  if (warnings.empty()) return;
  out += R"(,"warnings":[)";
  for (const std::string& warning : warnings) {
    if (&warning != &warnings.front()) out += ',';
    AppendJsonString(out, warning);
  }
  out += ']';
}

void AppendAnnotations(std::string& out, const Answer& answer) {
  if (answer.annotations.empty()) return;
  out += R"(,"auditAnnotations":{)";
  for (const auto& [name, value] : answer.annotations) {
    if (&name != &answer.annotations.front().first) out += ',';
    AppendMember(out, name, CutBytes(value, kLongestAnnotation));
  }
  out += '}';
}

}  // namespace

std::string_view Name(Decision decision) { return kDecisions[static_cast<std::size_t>(decision)]; }

std::string Line(std::string_view rule, std::string_view statement) {
  return std::string(rule) + ": " + report::Printable(statement);
}

std::string DenialMessage(const std::vector<std::string>& lines) {
  constexpr std::size_t kRoomForRest = 32;  // for "and … more"
  std::string message;
  std::size_t taken = 0;
  for (const std::string& line : lines) {
    const std::size_t room = kLongestDenial - kRoomForRest - message.size();
    if (taken == kMostDenials || (taken > 0 && line.size() + 1 > room)) break;
    if (taken > 0) message += '\n';
    message += CutBytes(line, room);
    ++taken;
  }
  if (taken < lines.size()) message += '\n' + AndMore(lines.size() - taken);
  return message;
}

std::vector<std::string> LimitWarnings(const std::vector<std::string>& lines) {
  constexpr std::size_t kRoomForRest = 32;
  std::vector<std::string> distinct;
  for (const std::string& line : lines) {
    std::string cut = CutCodePoints(line, kLongestWarning);
    if (std::ranges::find(distinct, cut) == distinct.end()) distinct.push_back(std::move(cut));
  }
  std::vector<std::string> kept;
  std::size_t length = 0;
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    const std::size_t more = CodePointCount(distinct[i]);
    const bool is_last = i + 1 == distinct.size();
    const bool fits = kept.size() + (is_last ? 0 : 1) < kMostWarnings &&
                      length + more + (is_last ? 0 : kRoomForRest) <= kAllWarnings;
    if (!fits) {
      kept.push_back(AndMore(distinct.size() - i));
      break;
    }
    length += more;
    kept.push_back(std::move(distinct[i]));
  }
  return kept;
}

std::string ToJson(const Answer& answer) {
  const bool allowed = answer.denials.empty();
  std::string out = R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{)";
  AppendMember(out, "uid", answer.uid);
  out += allowed ? R"(,"allowed":true)" : R"(,"allowed":false)";
  if (!allowed) AppendStatus(out, answer);
  AppendWarnings(out, LimitWarnings(answer.warnings));
  AppendAnnotations(out, answer);
  return out + "}}";
}

}  // namespace restorable::admission
