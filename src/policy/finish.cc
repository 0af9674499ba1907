#include "policy/finish.h"

#include <algorithm>
#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "policy/diagnostics.h"
#include "policy/glob.h"

namespace restorable::policy {
namespace {

class Suppressor {
 public:
  Suppressor(const RuleSet& rules, const PathOf& path_of, std::vector<Finding>& findings,
             std::vector<Diagnostic>& diagnostics)
      : rules_(rules), path_of_(path_of), findings_(findings), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const Finding& finding = findings[i];
      places_.push_back({finding.range.file, finding.range.begin, i});
      for (std::size_t step = 0; step < finding.steps; ++step) {
        const Range range = finding.origin[step].range;
        places_.push_back({range.file, range.begin, i});
      }
    }
    std::ranges::sort(places_);
  }

  void Apply(const SuppressionComment& comment) {
    if (rules_.configuration().suppression_mode == SuppressionMode::kForbid) {
      Report(kForbiddenSuppression, comment.range, {});
      return;
    }
    for (const Rule* const rule : comment.rules) {
      if (IsExpired(comment.until, rule->id, comment.range)) continue;
      const Suppression suppression{Suppression::Kind::kInSource, comment.reason, comment.until,
                                    comment.range};
      bool used = false;
      for (const Place& place : PlacesIn(comment.scope)) {
        Finding& finding = findings_[place.finding];
        if (finding.rule != rule) continue;
        used = true;
        if (!finding.suppressed) finding.suppressed = suppression;
      }
      if (!used && rule->enabled) Report(kUnusedSuppression, comment.range, {rule->id});
    }
  }

  // Entries that hide nothing are not reported: a run may see a part of the
  // project only.
  void Apply(const SuppressionEntry& entry) {
    const Rule* const rule = rules_.Find(entry.rule);
    if (rule == nullptr || IsExpired(entry.until, rule->id, entry.range)) return;
    const Suppression suppression{Suppression::Kind::kConfiguration, entry.reason, entry.until, {}};
    for (Finding& finding : findings_) {
      const bool means = finding.rule == rule && Fits(entry.path, path_of_(finding.range.file)) &&
                         Fits(entry.resource, finding.resource_address);
      if (means && !finding.suppressed) finding.suppressed = suppression;
    }
  }

 private:
  static bool Fits(std::string_view pattern, std::string_view text) {
    return pattern.empty() || GlobMatches(pattern, text);
  }

  // Where a finding is, or where a step of its value's way is: the call of a module, say.
  struct Place {
    FileId file;
    std::uint32_t begin;
    std::size_t finding;

    auto operator<=>(const Place&) const = default;
  };

  // Those that begin in `scope`.
  std::span<const Place> PlacesIn(Range scope) const {
    const auto first = std::ranges::lower_bound(places_, Place{scope.file, scope.begin, 0});
    const auto last =
        std::ranges::lower_bound(first, places_.end(), Place{scope.file, scope.end, 0});
    return {first, last};
  }

  bool IsExpired(const std::string& until, const std::string& rule, Range range) {
    if (until.empty() || until >= rules_.as_of()) return false;
    Report(kExpiredSuppression, range, {rule, until, std::string(rules_.as_of())});
    return true;
  }

  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
    diagnostics_.push_back({&kind, range, std::move(args), {}});
  }

  const RuleSet& rules_;
  const PathOf& path_of_;
  std::vector<Finding>& findings_;
  std::vector<Place> places_;  // sorted
  std::vector<Diagnostic>& diagnostics_;
};

void NumberFingerprints(std::vector<Finding>& findings) {
  std::map<std::string, int> seen;
  for (Finding& finding : findings) {
    const int number = ++seen[finding.fingerprint];
    if (number > 1) finding.fingerprint += "/" + std::to_string(number);
  }
}

}  // namespace

void Finish(const RuleSet& rules, const PathOf& path_of,
            const std::vector<SuppressionComment>& comments, std::vector<Finding>& findings,
            std::vector<Diagnostic>& diagnostics) {
  Suppressor suppressor(rules, path_of, findings, diagnostics);
  for (const SuppressionComment& comment : comments) suppressor.Apply(comment);
  for (const SuppressionEntry& entry : rules.configuration().suppressions) {
    suppressor.Apply(entry);
  }
  NumberFingerprints(findings);
}

}  // namespace restorable::policy
