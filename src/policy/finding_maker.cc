#include "policy/finding_maker.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "policy/diagnostics.h"
#include "policy/place.h"

namespace restorable::policy {
namespace {

// As Kubernetes has it for message expressions.
constexpr std::size_t kLongestMessage = 5120;
constexpr std::string_view kBlank = " \t\r\n";

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// Empty if the expression fails or gives what cannot be shown in a line.
std::string_view TextOf(const cel::Program& program, Evaluation& evaluation) {
  const Value value = evaluation.RunText(program);
  if (!value.IsString()) return {};
  const std::string_view text = Trimmed(value.AsString());
  const bool is_line = text.find_first_of("\r\n") == std::string_view::npos;
  return is_line && text.size() <= kLongestMessage ? text : std::string_view();
}

std::vector<std::string> InputsOf(Value unknown) {
  std::vector<std::string> inputs;
  for (const UnknownCause& cause : unknown.AsUnknown().causes) {
    std::string input(cause.what.empty() ? Name(cause.reason) : cause.what);
    if (std::ranges::find(inputs, input) == inputs.end()) inputs.push_back(std::move(input));
  }
  return inputs;
}

void AddNotes(const CompiledCheck& check, const Resource& resource, Evaluation& evaluation,
              Finding& finding) {
  for (const CompiledNote& note : check.notes) {
    const auto place = evaluation.Locate(note.at.program);
    if (!place || place->value.IsUnknown()) continue;
    // A part of the rules' own data has no place that could be shown.
    if (!IsScanned(place->value.range()) && !IsScanned(place->key)) continue;
    const Range range = RangeOf(*place, resource);
    const std::string_view text = TextOf(note.text.program, evaluation);
    if (range != finding.range && !text.empty())
      finding.origin.push_back({range, std::string(text)});
  }
}

// What is not known was left open elsewhere, but it came into the resource somewhere.
Range PlaceOf(const cel::Program::Place& place, const Resource& resource,
              const OriginTable& origins) {
  const Range range = RangeOf(place, resource);
  if (!place.value.IsUnknown() || range != resource.name_range) return range;
  for (const Note& step : origins.Chain(place.value.via())) {
    if (resource.range.Contains(step.range)) return step.range;
  }
  return range;
}

}  // namespace

Finding MakeFinding(const RuleSet::Impl::CheckEntry& entry, const CompiledCheck& check,
                    const Resource& resource, const Outcome& outcome,
                    const Session::Context& context, Evaluation& evaluation) {
  const Rule& rule = *entry.rule;
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.effective_severity;
  finding.verdict =
      outcome.kind == Outcome::Kind::kViolated ? Verdict::kViolated : Verdict::kUndetermined;
  finding.resource_type = TypeName(resource);
  finding.resource_address = resource.address;
  finding.range = resource.name_range;
  if (check.at) {
    if (const auto place = evaluation.Locate(check.at->program)) {
      finding.range = PlaceOf(*place, resource, *context.origins);
      if (place->complete) finding.origin = context.origins->Chain(place->value.via());
    }
  }
  if (finding.origin.empty()) finding.origin = context.origins->Chain(resource.body.via());
  finding.steps = finding.origin.size();
  if (check.message) finding.message = TextOf(check.message->program, evaluation);
  if (finding.message.empty()) finding.message = rule.title;
  if (outcome.why.IsUnknown()) finding.waiting_for = InputsOf(outcome.why);
  AddNotes(check, resource, evaluation, finding);
  finding.fingerprint = Fingerprint(rule.id, context.path_of(finding.range.file),
                                    finding.resource_address, PathTo(finding.range, resource));
  return finding;
}

Diagnostic MakeFailure(const RuleSet::Impl::CheckEntry& entry, const Resource& resource,
                       const Outcome& outcome) {
  Diagnostic diagnostic{
      &kRuleFailed,
      resource.name_range,
      {entry.rule->id, std::string(resource.address), std::string(outcome.why.AsError().message)},
      {}};
  if (!entry.check->range.IsNone()) {
    diagnostic.notes.push_back({entry.check->range, "the check that failed"});
  }
  return diagnostic;
}

}  // namespace restorable::policy
