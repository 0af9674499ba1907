#include "policy/rule_test_run.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "code/language.h"
#include "json/parse.h"
#include "kubernetes/read.h"
#include "policy/diagnostics.h"
#include "policy/finish.h"
#include "policy/session.h"
#include "policy/suppression.h"
#include "resource/deployment.h"
#include "yaml/parse.h"

namespace restorable::policy {
namespace {

class TestRun {
 public:
  TestRun(const RuleSet& rules, const Rule& rule, const RuleTestCase& test, const Limits& limits)
      : rules_(rules), rule_(rule), test_(test), limits_(limits) {
    for (const auto& [name, text] : test.files) {
      files_.emplace_back(static_cast<FileId>(files_.size()), std::string(name), std::string(text));
    }
    path_of_ = [this](FileId id) -> std::string_view {
      return files_[static_cast<std::size_t>(id)].path();
    };
  }

  RuleTestOutcome Run() {
    Session session(
        {.rules = &rules_, .origins = &origins_, .path_of = path_of_, .limits = limits_});
    for (const SourceFile& file : files_) ReadFile(file);
    if (test_.admission) {
      Review(session);
    } else {
      Scan(session, resources_);
      ScanCode(session);
    }
    std::vector<Finding> findings = session.TakeFindings();
    std::ranges::move(session.TakeDiagnostics(), std::back_inserter(diagnostics_));
    std::ranges::sort(findings, {}, [](const Finding& finding) { return finding.range; });
    Finish(rules_, path_of_, suppressions_, findings, diagnostics_);
    for (const Finding& finding : findings) Take(finding);
    for (const Diagnostic& diagnostic : diagnostics_) Take(diagnostic);
    return std::move(outcome_);
  }

 private:
  void ReadFile(const SourceFile& file) {
    if (const code::LanguageRow* const language = LanguageOf(file)) {
      return code_[language].push_back(file.path());
    }
    yaml::Stream stream = yaml::Parse(file, arena_, origins_, limits_, {.drop_null_entries = true});
    std::ranges::move(stream.diagnostics, std::back_inserter(diagnostics_));
    for (const yaml::Document& document : stream.documents) {
      kubernetes::ReadResult objects = kubernetes::Read(document, arena_);
      std::ranges::move(objects.diagnostics, std::back_inserter(diagnostics_));
      resources_.insert(resources_.end(), objects.resources.begin(), objects.resources.end());
      for (SuppressionComment& comment : FindSuppressions(file, document, rules_, diagnostics_)) {
        suppressions_.push_back(std::move(comment));
      }
    }
  }

  void Scan(Session& session, const std::vector<Resource>& resources) {
    Deployment deployment(path_of_);
    session.Add(resources, deployment, arena_);
    (void)session.LowerInto(deployment, arena_);
    for (const Resource& resource : deployment.resources()) {
      session.EvaluateDeployment(resource, deployment);
    }
  }

  // Of a file that has a meaning only together with others.
  const code::LanguageRow* LanguageOf(const SourceFile& file) {
    const code::LanguageRow* const language = code::FindLanguage(file.path());
    if (language != nullptr || !file.path().ends_with(".json")) return language;
    const json::ParseResult parsed = json::Parse(file, arena_, limits_, {.comments = true});
    return code::FindLanguage(file, parsed, arena_, limits_);
  }

  void ScanCode(Session& session) {
    for (const auto& [language, paths] : code_) Scan(session, *language, paths);
  }

  void Scan(Session& session, const code::LanguageRow& language,
            const std::vector<std::string>& paths) {
    const code::Values values;
    const code::Input input{
        .paths = paths,
        .read = [this](std::string_view path) { return FindFile(path); },
        .list = [this](std::string_view directory) { return List(directory); },
        .comment_marker = kSuppressionMarker,
        .values = values,
        .arena = arena_,
        .origins = origins_,
        .limits = limits_,
    };
    code::Result result = language.evaluate(input);
    for (const code::Deployed& deployed : result.deployments) Scan(session, deployed.resources);
    std::ranges::move(result.diagnostics, std::back_inserter(diagnostics_));
    for (const MarkedComment& found : result.comments) AddSuppression(found);
    trees_.push_back(std::move(result.trees));
  }

  // The names of the files directly in a directory.
  std::optional<std::vector<std::string>> List(std::string_view directory) const {
    const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
    std::vector<std::string> names;
    for (const SourceFile& file : files_) {
      if (!file.path().starts_with(prefix)) continue;
      const std::string name = file.path().substr(prefix.size());
      if (name.find('/') == std::string::npos) names.push_back(name);
    }
    if (names.empty()) return std::nullopt;
    std::ranges::sort(names);
    return names;
  }

  const SourceFile* FindFile(std::string_view path) const {
    const auto found =
        std::ranges::find_if(files_, [&](const SourceFile& file) { return file.path() == path; });
    return found == files_.end() ? nullptr : &*found;
  }

  void AddSuppression(const MarkedComment& found) {
    const SourceFile& file = files_[static_cast<std::size_t>(found.comment.file)];
    auto comment = ReadSuppression(file.Text(found.comment), found.comment, rules_, diagnostics_);
    if (!comment.has_value()) return;
    comment->scope = found.scope;
    suppressions_.push_back(std::move(*comment));
  }

  void Review(Session& session) {
    for (const Resource& resource : resources_) {
      const struct Review review {
        .request = Request(resource), .old_object = OldObject(),
        .namespace_object = Value::Unknown(
            arena_, {.reason = UnknownReason::kNotInReview, .what = "namespaceObject", .range = {}})
      };
      session.EvaluateReview(resource, review, std::chrono::steady_clock::time_point::max());
    }
  }

  Value OldObject() {
    if (test_.old_object.empty()) return Value::Null();
    const SourceFile& file = files_.emplace_back(static_cast<FileId>(files_.size()), "oldObject",
                                                 std::string(test_.old_object));
    const yaml::Stream stream =
        yaml::Parse(file, arena_, origins_, limits_, {.drop_null_entries = true});
    return stream.documents.empty() ? Value::Null() : stream.documents.front().root;
  }

  // An ordinary CREATE or UPDATE, with what the test says about it.
  Value Request(const Resource& resource) {
    std::vector<MapEntry> entries = {
        {Value::String("operation"), Value::String(test_.old_object.empty() ? "CREATE" : "UPDATE")},
        {Value::String("name"), Value::String(resource.name)},
        {Value::String("namespace"), Value::String(resource.namespace_)}};
    if (test_.request.IsMap()) {
      for (const MapEntry& given : test_.request.AsMap()) {
        std::erase_if(entries, [&](const MapEntry& entry) {
          return given.key.IsString() && entry.key.AsString() == given.key.AsString();
        });
        entries.push_back(given);
      }
    }
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }

  void Take(const Finding& finding) {
    if (finding.rule != &rule_ || finding.suppressed) return;
    const SourceFile& file = files_[static_cast<std::size_t>(finding.range.file)];
    const Position at = file.PositionAt(finding.range.begin);
    outcome_.found.push_back({file.path(), at.line, at.column, finding.verdict, finding.message});
  }

  // Other rules may fail in their own tests.
  void Take(const Diagnostic& diagnostic) {
    const bool is_rule = diagnostic.kind == &kRuleFailed && diagnostic.args[0] != rule_.id;
    if (is_rule || diagnostic.kind->severity != Severity::kError) return;
    std::string text;
    if (!diagnostic.range.IsNone()) {
      const SourceFile& file = files_[static_cast<std::size_t>(diagnostic.range.file)];
      text = "line " + std::to_string(file.PositionAt(diagnostic.range.begin).line) + ": ";
    }
    outcome_.errors.push_back(text + Message(diagnostic));
  }

  const RuleSet& rules_;
  const Rule& rule_;
  const RuleTestCase& test_;
  const Limits& limits_;
  std::deque<SourceFile> files_;
  PathOf path_of_;
  Arena arena_;
  OriginTable origins_;
  std::vector<Resource> resources_;
  std::map<const code::LanguageRow*, std::vector<std::string>> code_;  // paths
  std::vector<std::shared_ptr<const void>> trees_;
  std::vector<SuppressionComment> suppressions_;
  std::vector<Diagnostic> diagnostics_;
  RuleTestOutcome outcome_;
};

}  // namespace

RuleTestOutcome RunRuleTest(const RuleSet& rules, const Rule& rule, const RuleTestCase& test,
                            const Limits& limits) {
  return TestRun(rules, rule, test, limits).Run();
}

}  // namespace restorable::policy
