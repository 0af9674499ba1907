#include "policy/finish.h"

#include <algorithm>
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
    for (std::size_t first = 0; first < findings.size();) {
      const FileId file = findings[first].range.file;
      std::size_t last = first;
      while (last < findings.size() && findings[last].range.file == file) ++last;
      files_[file] = std::span(findings).subspan(first, last - first);
      first = last;
    }
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
      const bool used = Suppress(suppression, FindingsIn(comment.scope),
                                 [&](const Finding& finding) { return finding.rule == rule; });
      if (!used && rule->enabled) Report(kUnusedSuppression, comment.range, {rule->id});
    }
  }

  // Entries that hide nothing are not reported: a run may see a part of the
  // project only.
  void Apply(const SuppressionEntry& entry) {
    const Rule* const rule = rules_.Find(entry.rule);
    if (rule == nullptr || IsExpired(entry.until, rule->id, entry.range)) return;
    const Suppression suppression{Suppression::Kind::kConfiguration, entry.reason, entry.until, {}};
    (void)Suppress(suppression, findings_, [&](const Finding& finding) {
      return finding.rule == rule && Fits(entry.path, path_of_(finding.range.file)) &&
             Fits(entry.resource, finding.resource_address);
    });
  }

 private:
  static bool Fits(std::string_view pattern, std::string_view text) {
    return pattern.empty() || GlobMatches(pattern, text);
  }

  // Those that begin in `scope`: the findings of a file stand together, by where they begin.
  std::span<Finding> FindingsIn(Range scope) {
    const auto file = files_.find(scope.file);
    if (file == files_.end()) return {};
    const std::span<Finding> all = file->second;
    const auto begins_before = [](const Finding& finding, std::uint32_t offset) {
      return finding.range.begin < offset;
    };
    const auto first = std::lower_bound(all.begin(), all.end(), scope.begin, begins_before);
    const auto last = std::lower_bound(first, all.end(), scope.end, begins_before);
    return {first, last};
  }

  template <typename Means>
  static bool Suppress(const Suppression& suppression, std::span<Finding> findings, Means means) {
    bool any = false;
    for (Finding& finding : findings) {
      if (!means(finding)) continue;
      any = true;
      if (!finding.suppressed) finding.suppressed = suppression;
    }
    return any;
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
  std::map<FileId, std::span<Finding>> files_;
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
