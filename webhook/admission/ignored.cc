#include "admission/ignored.h"

#include <string>
#include <string_view>
#include <vector>

namespace restorable::admission {
namespace {

constexpr std::string_view kIgnoreAnnotation = "restorable.dev/ignore";

Value Field(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr ? *value : Value::Null();
}

}  // namespace

std::optional<policy::SuppressionComment> ReadIgnored(Value object, const policy::RuleSet& rules) {
  const Value text = Field(Field(Field(object, "metadata"), "annotations"), kIgnoreAnnotation);
  if (!text.IsString()) return std::nullopt;
  std::vector<Diagnostic> diagnostics;
  const std::string comment =
      std::string(policy::kSuppressionMarker) + " " + std::string(text.AsString());
  auto suppression = policy::ReadSuppression(comment, text.range(), rules, diagnostics);
  const bool is_over =
      suppression && !suppression->until.empty() && suppression->until < rules.as_of();
  return is_over ? std::nullopt : suppression;
}

}  // namespace restorable::admission
