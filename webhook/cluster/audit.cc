#include "cluster/audit.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "admission/ignored.h"
#include "admission/kinds.h"
#include "base/arena.h"
#include "cluster/classes.h"
#include "cluster/diagnostics.h"
#include "cluster/discovery.h"
#include "kubernetes/object_kinds.h"
#include "kubernetes/read.h"
#include "policy/finish.h"
#include "policy/rule.h"
#include "policy/session.h"
#include "resource/deployment.h"

namespace restorable::cluster {
namespace {

constexpr std::string_view kControlled = "made by a controller that is checked";
constexpr std::string_view kNotServed = "not served by the cluster";

template <typename T>
void Append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Resource Example(const Kind& kind) {
  return {.group = kind.group, .version = kind.version, .kind = kind.kind};
}

bool IsNamespace(const Resource& resource) {
  return resource.group.empty() && resource.kind == "Namespace";
}

// Kinds come after those that control them: what operators bring, workloads, what these make, pods.
int Rank(const Kind& kind) {
  if (kind.group.empty()) return kind.kind == "Pod" ? 3 : 2;
  return kind.group == "apps" || kind.group == "batch" ? 1 : 0;
}

// Namespaces are listed before what is in them, Deployments before ReplicaSets.
bool ComesBefore(const Kind& a, const Kind& b) {
  const auto key = [](const Kind& kind) {
    return std::tuple(kind.is_namespaced, Rank(kind), std::string_view(kind.group),
                      std::string_view(kind.plural));
  };
  return key(a) < key(b);
}

class Auditor {
 public:
  Auditor(Client& client, const admission::Policy& policy, const AuditOptions& options)
      : client_(client),
        policy_(policy),
        rules_(policy.rules()),
        options_(options),
        lister_(client, options.list),
        session_({.rules = &rules_,
                  .origins = &policy.origins(),
                  .path_of = [](FileId) { return std::string_view(); },
                  .limits = policy.limits()}) {
    result_.report.rules = &rules_;
  }

  AuditResult Run() {
    for (const Kind& kind : FindKinds()) ListKind(kind);
    EvaluateDeployment();
    Report();
    return std::move(result_);
  }

 private:
  // A finding on its way to the report.
  struct Found {
    policy::Finding finding;
    Object object;
    std::optional<policy::SuppressionComment> ignored;
  };

  // How much there was before a list began.
  struct Mark {
    std::size_t found, kept, inner, classes, namespaces, diagnostics, resources, controlled;
  };

  // ---- which kinds

  std::vector<Kind> FindKinds() {
    const std::vector<const admission::ObjectKind*> known = admission::AuditedKinds(rules_);
    const auto is_known = [&](const Kind& kind) {
      return std::ranges::any_of(known, [&](const admission::ObjectKind* row) {
        return row->group == kind.group && row->plural == kind.plural;
      });
    };
    Discovery discovery = Discover(
        client_, [&](const Kind& kind) { return is_known(kind) || rules_.IsNamed(Example(kind)); });
    Append(result_.report.diagnostics, std::move(discovery.diagnostics));
    std::ranges::sort(discovery.kinds, ComesBefore);
    if (options_.verbose) NoteMissing(known, discovery.kinds);
    return std::move(discovery.kinds);
  }

  void NoteMissing(const std::vector<const admission::ObjectKind*>& known,
                   const std::vector<Kind>& kinds) {
    for (const admission::ObjectKind* const row : known) {
      const bool is_served = std::ranges::any_of(kinds, [&](const Kind& kind) {
        return kind.group == row->group && kind.plural == row->plural;
      });
      if (is_served) continue;
      const Kind missing{std::string(row->group), {}, {}, std::string(row->plural), false};
      result_.report.skipped.push_back({missing.Name(), std::string(kNotServed)});
    }
  }

  // ---- listing

  // Other shards' objects are of interest only if rules look such objects up.
  void ListKind(const Kind& kind) {
    const bool is_split = kind.is_namespaced && options_.shard.count > 1 &&
                          !rules_.IsAskedFor(Example(kind)) && has_namespaces_;
    bool ok = true;
    if (is_split) {
      for (const std::string& name : namespaces_) {
        ok = ok && (!IsOurs(name, name) || ListPath(kind, kind.Path(name)));
      }
    } else {
      ok = ListPath(kind, kind.Path());
    }
    if (!ok) return;
    listed_.emplace(kind.group, kind.kind);
    has_namespaces_ |= kind.group.empty() && kind.kind == "Namespace";
    result_.has_all_classes |= kind.kind == "StorageClass";
  }

  bool ListPath(const Kind& kind, const std::string& path) {
    const Mark mark = TakeMark();
    const auto failure = lister_.List(
        path, [&] { ReturnTo(mark); }, [&](const Page& page) { TakePage(page); });
    if (!failure) return true;
    // A definition that was deleted meanwhile, or a namespace.
    if (lister_.last_status() == 404) return true;
    result_.report.diagnostics.push_back(
        lister_.last_status() == 403
            ? Diagnostic{&kForbidden, {}, {kind.Name(), "list", kind.group, failure->args[2]}, {}}
            : *failure);
    return false;
  }

  Mark TakeMark() const {
    return {found_.size(),
            kept_.size(),
            inner_.size(),
            classes_.size(),
            namespaces_.size(),
            result_.report.diagnostics.size(),
            result_.report.summary.resources,
            controlled_};
  }

  void ReturnTo(const Mark& mark) {
    found_.resize(mark.found);
    kept_.resize(mark.kept);
    inner_.resize(mark.inner);
    classes_.resize(mark.classes);
    namespaces_.resize(mark.namespaces);
    result_.report.diagnostics.resize(mark.diagnostics);
    result_.report.summary.resources = mark.resources;
    controlled_ = mark.controlled;
  }

  // ---- one page

  void TakePage(const Page& page) {
    kubernetes::ReadResult objects = kubernetes::Read(page.list, {}, page.arena);
    Append(result_.report.diagnostics, std::move(objects.diagnostics));
    for (const Resource& resource : objects.resources) TakeObject(resource, page.arena);
  }

  void TakeObject(const Resource& resource, Arena& page) {
    if (IsClass(resource)) classes_.push_back(Keep(resource, arena_));
    if (IsNamespace(resource)) namespaces_.emplace_back(resource.name);
    const bool is_reported = IsReported(resource);
    if (IsControlled(resource)) {
      controlled_ += is_reported ? 1 : 0;
      return;
    }
    result_.report.summary.resources += is_reported ? 1 : 0;
    if (!session_.Unwrap(resource, page).empty()) return TakeWrapping(Keep(resource, arena_));
    if (Judge(resource, resource)) kept_.push_back(Keep(resource, arena_));
  }

  // What is inside points into it: all of it stays.
  void TakeWrapping(const Resource& object) {
    kept_.push_back(object);
    std::vector<Resource> resources{object};
    for (std::size_t i = 0; i < resources.size(); ++i) {
      const Resource resource = resources[i];
      if (Judge(resource, object) && i > 0) inner_.push_back(resource);
      std::ranges::copy(session_.Unwrap(resource, arena_), std::back_inserter(resources));
    }
  }

  // Runs the checks on the resource, which is the object or inside it. True if it must be kept.
  bool Judge(const Resource& resource, const Resource& object) {
    if (!IsReported(object)) return session_.IsNeeded(resource);
    const bool keep = session_.EvaluateLocal(resource);
    TakeFindings(object);
    return keep;
  }

  bool IsControlled(const Resource& resource) const {
    const auto controller = ControllerOf(resource);
    return controller && listed_.contains(std::pair(std::string(controller->group),
                                                    std::string(controller->kind)));
  }

  // A namespace itself is exempt as what is in it.
  bool IsReported(const Resource& object) const {
    return IsOurs(object.namespace_, IsNamespace(object) ? object.name : object.namespace_);
  }

  bool IsOurs(std::string_view namespace_, std::string_view exempt_by) const {
    return options_.shard.Has(namespace_) && !policy_.IsExempt(exempt_by, "");
  }

  // ---- all together

  void EvaluateDeployment() {
    Deployment deployment([](FileId) { return std::string_view(); });
    for (const Resource& resource : kept_) deployment.Add(resource);
    for (const Resource& resource : inner_) deployment.Add(resource);
    session_.LowerInto(deployment, arena_);
    TakeFindings();
    for (const Resource& resource : deployment.resources()) {
      const Resource* const around = FindAround(kept_, resource.range);
      const Resource& object = around != nullptr ? *around : resource;
      if (!IsReported(object)) continue;
      session_.EvaluateDeployment(resource, deployment);
      TakeFindings(object);
    }
  }

  // Of the object that was judged last.
  void TakeFindings(const Resource& object) {
    for (policy::Finding& finding : session_.TakeFindings()) Take(std::move(finding), object);
    Append(result_.report.diagnostics, session_.TakeDiagnostics());
  }

  // Of resources that were judged as they were made.
  void TakeFindings() {
    for (policy::Finding& finding : session_.TakeFindings()) {
      const Resource* const object = FindAround(kept_, finding.range);
      if (object != nullptr && IsReported(*object)) Take(std::move(finding), *object);
    }
    Append(result_.report.diagnostics, session_.TakeDiagnostics());
  }

  void Take(policy::Finding finding, const Resource& object) {
    Found found{std::move(finding), MakeObject(object), std::nullopt};
    if (policy_.settings().suppressions)
      found.ignored = admission::ReadIgnored(object.body, rules_);
    // Ranges are of pages, which nobody will see.
    found.finding.range = {};
    for (Note& note : found.finding.origin) PlaceNote(note, object);
    found_.push_back(std::move(found));
  }

  void PlaceNote(Note& note, const Resource& object) const {
    const Resource* const other = FindAround(kept_, note.range);
    const bool is_elsewhere = !object.range.Contains(note.range) && other != nullptr;
    if (is_elsewhere) note.text = std::string(other->address) + ": " + note.text;
    note.range = {};
  }

  // ---- the report

  void Report() {
    std::ranges::stable_sort(found_,
                             [](const Found& a, const Found& b) { return Key(a) < Key(b); });
    scan::Report& report = result_.report;
    for (Found& found : found_) {
      report.findings.push_back(std::move(found.finding));
      result_.objects.push_back(std::move(found.object));
    }
    policy::Finish(
        rules_, [](FileId) { return std::string_view(); }, {}, report.findings, report.diagnostics);
    SuppressIgnored();
    SortDiagnostics();
    Count();
    if (controlled_ > 0) report.summary.skipped_documents[std::string(kControlled)] = controlled_;
    std::ranges::sort(classes_, {}, [](const Resource& c) { return std::pair(c.kind, c.name); });
    result_.classes = ClassesText(classes_);
  }

  static std::tuple<std::string_view, std::string_view, std::string_view, std::string_view,
                    std::string_view>
  Key(const Found& found) {
    const policy::Finding& finding = found.finding;
    return {found.object.namespace_, found.object.address, finding.resource_type, finding.rule->id,
            finding.message};
  }

  void SuppressIgnored() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      policy::Finding& finding = result_.report.findings[i];
      const auto& ignored = found_[i].ignored;
      if (!ignored || finding.suppressed || std::ranges::count(ignored->rules, finding.rule) == 0) {
        continue;
      }
      finding.suppressed = {policy::Suppression::Kind::kInSource, ignored->reason, ignored->until,
                            Range()};
    }
  }

  void SortDiagnostics() {
    const auto key = [](const Diagnostic& d) { return std::tie(d.kind->id, d.args); };
    std::vector<Diagnostic>& all = result_.report.diagnostics;
    for (Diagnostic& diagnostic : all) {
      diagnostic.range = {};
      for (Note& note : diagnostic.notes) {
        if (rules_.Source(note.range.file) == nullptr) note.range = {};
      }
    }
    std::ranges::stable_sort(all, [&](const auto& a, const auto& b) { return key(a) < key(b); });
    const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
  }

  void Count() {
    scan::Summary& summary = result_.report.summary;
    for (const policy::Finding& finding : result_.report.findings) {
      ++(finding.suppressed                              ? summary.suppressed
         : finding.verdict == policy::Verdict::kViolated ? summary.violations
                                                         : summary.undetermined);
    }
    summary.errors = static_cast<std::size_t>(
        std::ranges::count(result_.report.diagnostics, Severity::kError,
                           [](const Diagnostic& d) { return d.kind->severity; }));
  }

  Client& client_;
  const admission::Policy& policy_;
  const policy::RuleSet& rules_;
  const AuditOptions& options_;
  Lister lister_;
  policy::Session session_;
  Arena arena_;                  // of what is kept
  std::vector<Resource> kept_;   // in the order of their ranges
  std::vector<Resource> inner_;  // what they contain
  std::vector<Resource> classes_;
  std::vector<std::string> namespaces_;
  bool has_namespaces_ = false;
  std::set<std::pair<std::string, std::string>> listed_;  // groups and kinds
  std::size_t controlled_ = 0;
  std::vector<Found> found_;
  AuditResult result_;
};

}  // namespace

AuditResult Audit(Client& client, const admission::Policy& policy, const AuditOptions& options) {
  return Auditor(client, policy, options).Run();
}

}  // namespace restorable::cluster
