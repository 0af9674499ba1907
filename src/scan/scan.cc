#include "scan/scan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "policy/finish.h"
#include "policy/rule_set.h"
#include "scan/code_scan.h"
#include "scan/discover.h"
#include "scan/finding_merger.h"
#include "scan/kustomization.h"
#include "scan/render.h"
#include "scan/rendered_findings.h"
#include "scan/worker.h"

namespace restorable::scan {
namespace {

// Fewer are checked before a second thread has started.
constexpr std::size_t kResourcesWorthAThread = 100;

template <typename T>
void Append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

class Scanner {
 public:
  Scanner(const Options& options, const policy::RuleSet& rules)
      : options_(options),
        rules_(rules),
        discovery_(Discover(options, rules.configuration().exclude)) {
    report_.rules = &rules;
    report_.diagnostics = std::move(discovery_.diagnostics);
    report_.skipped = std::move(discovery_.skipped);
    MarkPatches();
    if (options.render) AddRenderings();
    context_.origins = &origins_;
    context_.policy.rules = &rules;
    context_.policy.origins = &origins_;
    context_.policy.limits = options.limits;
    context_.policy.path_of = [this](FileId id) { return PathOf(id); };
    const std::size_t threads = options.threads == 0 ? AvailableProcessors() : options.threads;
    workers_.resize(std::max<std::size_t>(1, threads));
    results_.resize(discovery_.files.size());
    found_files_ = discovery_.files.size();
  }

  Report Run() {
    ReadFiles(true);
    if (AnyKept()) ReadFiles(false);
    EvaluateDeployments();
    EvaluateCode();
    Collect();
    return std::move(report_);
  }

 private:
  std::string_view PathOf(FileId id) const {
    const auto index = static_cast<std::size_t>(id);
    return index < discovery_.files.size() ? std::string_view(discovery_.files[index].path)
                                           : std::string_view();
  }

  void MarkPatches() {
    std::set<std::string> patches;
    for (const std::string& directory : discovery_.kustomizations) {
      for (std::string& patch : ReadKustomization(directory, options_.limits).patches) {
        patches.insert(std::move(patch));
      }
    }
    if (patches.empty()) return;
    for (InputFile& file : discovery_.files) file.is_patch = patches.contains(file.system_path);
  }

  // What helm and kustomize make takes part like a file.
  void AddRenderings() {
    RenderResult rendered = Render(discovery_, options_.limits);
    Append(report_.diagnostics, std::move(rendered.diagnostics));
    context_.rendered = !rendered.renderings.empty();
    first_rendering_ = discovery_.files.size();
    renderings_ = std::move(rendered.renderings);
    for (const Rendering& rendering : renderings_) {
      discovery_.files.push_back(FileOf(rendering, discovery_));
    }
  }

  Worker& WorkerOf(std::size_t index) {
    if (!workers_[index]) workers_[index] = std::make_unique<Worker>(context_);
    return *workers_[index];
  }

  // Those that are reported on, or those that come along for reference, of deployments in which
  // something is still open.
  void ReadFiles(bool reported) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < discovery_.files.size(); ++i) {
      const InputFile& file = discovery_.files[i];
      if (file.reported != reported) continue;
      if (reported || open_deployments_.contains(file.deployment)) chosen.push_back(i);
    }
    ParallelFor(chosen.size(), workers_.size(), [&](std::size_t i, std::size_t worker) {
      const std::size_t index = chosen[i];
      const NumberedFile input{FileId(index), &discovery_.files[index]};
      results_[index] =
          index < first_rendering_
              ? WorkerOf(worker).Read(input)
              : WorkerOf(worker).ReadText(input, renderings_[index - first_rendering_].text);
      if (options_.progress != nullptr) options_.progress->fetch_add(1, std::memory_order_relaxed);
    });
  }

  bool AnyKept() {
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (!results_[i].kept.empty()) open_deployments_.insert(discovery_.files[i].deployment);
    }
    return !open_deployments_.empty();
  }

  void EvaluateDeployments() {
    std::map<std::uint32_t, std::vector<std::size_t>> files;  // with something in it, by deployment
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (!results_[i].kept.empty()) files[discovery_.files[i].deployment].push_back(i);
    }
    for (const std::uint32_t number : open_deployments_) {
      Deployment deployment([this](FileId id) { return PathOf(id); });
      for (const std::size_t i : files[number]) {
        for (const Resource& resource : results_[i].kept) deployment.Add(resource);
      }
      Arena arena;
      lowered_ += WorkerOf(0).session().LowerInto(deployment, arena);
      Evaluate(deployment);
    }
    for (const auto& worker : workers_) {
      if (!worker) continue;
      Append(report_.findings, worker->session().TakeFindings());
      Append(report_.diagnostics, worker->session().TakeDiagnostics());
    }
  }

  void Evaluate(const Deployment& deployment) {
    const std::span<const Resource> resources = deployment.resources();
    const std::size_t useful = resources.size() / kResourcesWorthAThread + 1;
    ParallelFor(resources.size(), std::min(useful, workers_.size()),
                [&](std::size_t i, std::size_t worker) {
                  WorkerOf(worker).session().EvaluateDeployment(resources[i], deployment);
                });
  }

  // Code is evaluated by one thread, and what it deploys is checked by all.
  void EvaluateCode() {
    CodeScan found = ScanCode(discovery_, results_, options_.values, origins_, options_.limits);
    std::map<std::string, std::size_t> environments;  // how many, by root
    for (const code::Deployed& deployed : found.deployments) ++environments[deployed.root];
    FindingMerger merger;
    for (const code::Deployed& deployed : found.deployments) {
      Deployment deployment([this](FileId id) { return PathOf(id); });
      Arena arena;
      policy::Session& session = WorkerOf(0).session();
      session.Add(deployed.resources, deployment, arena);
      (void)session.LowerInto(deployment, arena);
      Evaluate(deployment);
      merger.SetEnvironment(deployed.environment, environments[deployed.root]);
      for (const auto& worker : workers_) {
        if (!worker) continue;
        merger.Add(worker->session().TakeFindings());
        Append(report_.diagnostics, worker->session().TakeDiagnostics());
      }
      code_resources_ += deployed.resources.size();
    }
    Append(report_.findings, merger.Take());
    AddCodeDiagnostics(std::move(found.diagnostics));
    for (const MarkedComment& comment : found.comments) AddSuppression(comment);
  }

  // Each once, however often the file was evaluated.
  void AddCodeDiagnostics(std::vector<Diagnostic> diagnostics) {
    std::set<std::tuple<Range, std::string_view, std::vector<std::string>>> seen;
    for (Diagnostic& diagnostic : diagnostics) {
      if (!IsReported(diagnostic.range)) continue;
      if (!seen.insert({diagnostic.range, diagnostic.kind->id, diagnostic.args}).second) continue;
      report_.diagnostics.push_back(std::move(diagnostic));
    }
  }

  void AddSuppression(const MarkedComment& found) {
    if (!IsReported(found.comment)) return;
    FileResult& result = results_[static_cast<std::size_t>(found.comment.file)];
    const std::string_view text = result.source->Text(found.comment);
    auto suppression = policy::ReadSuppression(text, found.comment, rules_, result.diagnostics);
    if (!suppression.has_value()) return;
    suppression->scope = found.scope;
    result.suppressions.push_back(std::move(*suppression));
  }

  bool IsReported(Range range) const {
    const auto index = static_cast<std::size_t>(range.file);
    return index >= discovery_.files.size() || discovery_.files[index].reported;
  }

  // ---- the report

  void Collect() {
    std::vector<policy::SuppressionComment> suppressions;
    for (std::size_t i = 0; i < results_.size(); ++i) {
      FileResult& result = results_[i];
      CountFile(discovery_.files[i], result);
      if (!discovery_.files[i].reported) continue;
      Append(report_.findings, std::move(result.findings));
      Append(report_.diagnostics, std::move(result.diagnostics));
      Append(suppressions, std::move(result.suppressions));
    }
    for (policy::Finding& finding : report_.findings) MoveToCaller(finding);
    // What was only read for reference is not reported on.
    std::erase_if(report_.findings,
                  [&](const policy::Finding& finding) { return !IsReported(finding.range); });
    KeepSources();
    if (!renderings_.empty()) MapRenderings();
    SortFindings();
    policy::Finish(rules_, context_.policy.path_of, suppressions, report_.findings,
                   report_.diagnostics);
    SortRest();
    DropUnusedSources();
    CountFindings();
  }

  // What is wrong in a file that nobody asked to scan (a module that was downloaded) is told where
  // it was called from.
  void MoveToCaller(policy::Finding& finding) const {
    const auto index = static_cast<std::size_t>(finding.range.file);
    if (index < found_files_ || IsReported(finding.range)) return;
    for (std::size_t i = 0; i < finding.steps; ++i) {
      const Range range = finding.origin[i].range;
      if (!IsReported(range)) continue;
      finding.origin.insert(finding.origin.begin(), {finding.range, "it is written here"});
      ++finding.steps;
      finding.range = range;
      return;
    }
  }

  void CountFile(const InputFile& file, const FileResult& result) {
    if (!file.reported || !result.was_read) return;
    Summary& summary = report_.summary;
    ++summary.files;
    summary.documents += result.documents;
    summary.resources += result.resources;
    for (const auto& [reason, count] : result.skipped_documents) {
      summary.skipped_documents[reason] += count;
      report_.skipped.push_back({file.path, reason});
    }
    if (result.documents == 0) report_.skipped.push_back({file.path, "empty"});
  }

  void KeepSources() {
    for (FileResult& result : results_) {
      result.kept.clear();
      result.arena.reset();
      if (!result.source) continue;
      const FileId id = result.source->id();
      report_.sources.emplace(id, std::move(result.source));
    }
  }

  void MapRenderings() {
    MapToSources(discovery_, renderings_, first_rendering_, options_.limits, report_);
  }

  std::tuple<std::string_view, std::uint32_t, std::uint32_t> PlaceOf(Range range) const {
    return {PathOf(range.file), range.begin, range.end};
  }

  void SortFindings() {
    std::sort(
        report_.findings.begin(), report_.findings.end(),
        [&](const policy::Finding& a, const policy::Finding& b) {
          return std::tuple(PlaceOf(a.range), std::string_view(a.rule->id),
                            std::string_view(a.resource_address), std::string_view(a.message)) <
                 std::tuple(PlaceOf(b.range), std::string_view(b.rule->id),
                            std::string_view(b.resource_address), std::string_view(b.message));
        });
  }

  void SortRest() {
    std::sort(report_.diagnostics.begin(), report_.diagnostics.end(),
              [&](const Diagnostic& a, const Diagnostic& b) {
                const auto place_a = PlaceOf(a.range);
                const auto place_b = PlaceOf(b.range);
                return std::tie(place_a, a.kind->id, a.args) <
                       std::tie(place_b, b.kind->id, b.args);
              });
    std::sort(report_.skipped.begin(), report_.skipped.end(),
              [](const Skipped& a, const Skipped& b) {
                return std::tie(a.path, a.reason) < std::tie(b.path, b.reason);
              });
  }

  void DropUnusedSources() {
    std::set<FileId> used;
    const auto use = [&](Range range, const std::vector<Note>& notes) {
      used.insert(range.file);
      for (const Note& note : notes) used.insert(note.range.file);
    };
    for (const policy::Finding& finding : report_.findings) {
      use(finding.range, finding.origin);
      if (finding.suppressed) used.insert(finding.suppressed->range.file);
    }
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      use(diagnostic.range, diagnostic.notes);
    }
    std::erase_if(report_.sources, [&](const auto& entry) { return !used.contains(entry.first); });
  }

  void CountFindings() {
    Summary& summary = report_.summary;
    for (const policy::Finding& finding : report_.findings) {
      if (finding.suppressed) {
        ++summary.suppressed;
      } else if (finding.verdict == policy::Verdict::kViolated) {
        ++summary.violations;
      } else {
        ++summary.undetermined;
      }
    }
    summary.resources += lowered_ + code_resources_;
    summary.errors = static_cast<std::size_t>(
        std::count_if(report_.diagnostics.begin(), report_.diagnostics.end(),
                      [](const Diagnostic& d) { return d.kind->severity == Severity::kError; }));
  }

  const Options& options_;
  const policy::RuleSet& rules_;
  Discovery discovery_;
  std::vector<Rendering> renderings_;
  std::size_t first_rendering_ = static_cast<std::size_t>(-1);  // its number among the files
  std::size_t found_files_ = 0;  // files behind these are read because code asks for them
  OriginTable origins_;
  Worker::Context context_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<FileResult> results_;  // by file
  std::set<std::uint32_t> open_deployments_;
  std::size_t lowered_ = 0;
  std::size_t code_resources_ = 0;
  Report report_;
};

}  // namespace

const SourceFile* Report::Find(FileId id) const {
  if (const auto found = sources.find(id); found != sources.end()) return found->second.get();
  return rules == nullptr ? nullptr : rules->Source(id);
}

Report Scan(const Options& options, const policy::RuleSet& rules) {
  return Scanner(options, rules).Run();
}

}  // namespace restorable::scan
