#include "code/language.h"

#include <algorithm>

#include "arm/read.h"
#include "base/text.h"
#include "code/templates.h"
#include "code/terraform.h"
#include "terraform/plan.h"

namespace restorable::code {
namespace {

constexpr std::string_view kBicepEndings[] = {".bicep", ".bicepparam"};
constexpr std::string_view kTerraformEndings[] = {".tf",          ".tf.json", ".tfvars",
                                                  ".tfvars.json", ".tofu",    ".tofu.json"};

bool IsTemplate(Value document) { return arm::Recognize(document) != arm::Document::kOther; }

constexpr LanguageRow kLanguages[] = {
    // name, endings, owns, values, evaluate
    {"bicep", kBicepEndings, IsTemplate, ".parameters.", EvaluateTemplates},
    {"terraform", kTerraformEndings, terraform::IsPlan, {}, EvaluateTerraform},
};

template <typename Fits>
const LanguageRow* FindRow(Fits fits) {
  const auto* const row = std::ranges::find_if(kLanguages, fits);
  return row == std::end(kLanguages) ? nullptr : row;
}

}  // namespace

std::span<const LanguageRow> Languages() { return kLanguages; }

const LanguageRow* FindLanguage(std::string_view path) {
  return FindRow([&](const LanguageRow& language) {
    return std::ranges::any_of(language.endings, [&](std::string_view ending) {
      return EndsIgnoringAsciiCase(path, ending);
    });
  });
}

const LanguageRow* FindLanguage(const SourceFile& file, const json::ParseResult& parsed,
                                Arena& arena, const Limits& limits) {
  const auto owner = [](Value document) {
    return FindRow([&](const LanguageRow& language) { return language.owns(document); });
  };
  if (parsed.ok) return owner(parsed.root);
  if (file.text().find("\"$schema\"") == std::string_view::npos) return nullptr;
  const json::ParseResult lenient = json::Parse(file, arena, limits, arm::kJson);
  return lenient.ok ? owner(lenient.root) : nullptr;
}

}  // namespace restorable::code
