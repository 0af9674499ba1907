#include "world.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>

#include "kubernetes/read.h"
#include "policy/finish.h"
#include "yaml/parse.h"

namespace restorable::policy {

RuleSet::LoadResult LoadTexts(std::vector<std::pair<std::string, std::string>> texts,
                              RuleSet::Options options) {
  options.texts = std::move(texts);
  return RuleSet::Load(options);
}

std::string RuleText(std::string_view check, std::string_view spec) {
  std::string text =
      "apiVersion: restorable.dev/v1\n"
      "kind: Rule\n"
      "metadata: {id: ORG1, name: first}\n"
      "spec:\n"
      "  title: Something is wrong\n"
      "  severity: error\n"
      "  category: storage\n";
  text += spec;
  text +=
      "  checks:\n"
      "    - match: {kubernetes: [{apiGroups: ['*'], kinds: [Thing]}]}\n";
  std::size_t at = 0;
  while (at < check.size()) {
    const std::size_t end = std::min(check.find('\n', at), check.size());
    text.append("      ").append(check.substr(at, end - at)).append("\n");
    at = end + 1;
  }
  return text;
}

std::string Show(const std::vector<Diagnostic>& diagnostics, const RuleSet& rules) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (const SourceFile* const file = rules.Source(diagnostic.range.file)) {
      const Position at = file->PositionAt(diagnostic.range.begin);
      text += file->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    }
    text.append(Name(diagnostic.kind->severity)).append(": ").append(Message(diagnostic));
    text += '\n';
  }
  return text;
}

World::World(const RuleSet& rules, const Limits& limits)
    : rules_(rules),
      path_of_([this](FileId id) -> std::string_view { return File(id).path(); }),
      session_({.rules = &rules, .origins = &origins_, .path_of = path_of_, .limits = limits}),
      deployment_(path_of_) {}

std::vector<bool> World::Add(std::string path, std::string text) {
  const SourceFile& file =
      files_.emplace_back(static_cast<FileId>(files_.size()), std::move(path), std::move(text));
  yaml::Stream stream = yaml::Parse(file, arena_, origins_, Limits{}, {.drop_null_entries = true});
  std::ranges::move(stream.diagnostics, std::back_inserter(diagnostics_));
  std::vector<bool> kept;
  for (const yaml::Document& document : stream.documents) {
    kubernetes::ReadResult objects = kubernetes::Read(document, arena_);
    std::ranges::move(objects.diagnostics, std::back_inserter(diagnostics_));
    std::ranges::move(FindSuppressions(file, document, rules_, diagnostics_),
                      std::back_inserter(suppressions_));
    for (std::size_t i = 0; i < objects.resources.size(); ++i) {
      const Resource resource = objects.resources[i];
      resources_.push_back(resource);
      kept.push_back(session_.EvaluateLocal(resource));
      if (kept.back()) deployment_.Add(resource);
      std::ranges::copy(session_.Unwrap(resource, arena_), std::back_inserter(objects.resources));
    }
  }
  return kept;
}

void World::Deploy() {
  (void)session_.LowerInto(deployment_, arena_);
  for (const Resource& resource : deployment_.resources()) {
    session_.EvaluateDeployment(resource, deployment_);
  }
}

void World::Review(Value request, Value old_object) {
  const struct Review review {
    .request = request, .old_object = old_object, .namespace_object = Value::Null()
  };
  for (const Resource& resource : resources_) {
    session_.EvaluateReview(resource, review, std::chrono::steady_clock::time_point::max());
  }
}

const std::vector<Finding>& World::Finished() {
  std::ranges::move(session_.TakeFindings(), std::back_inserter(findings_));
  std::ranges::move(session_.TakeDiagnostics(), std::back_inserter(diagnostics_));
  std::ranges::sort(findings_, [](const Finding& a, const Finding& b) {
    return std::tie(a.range, a.rule->id, a.message) < std::tie(b.range, b.rule->id, b.message);
  });
  Finish(rules_, path_of_, suppressions_, findings_, diagnostics_);
  return findings_;
}

std::string World::Place(Range range) const {
  const SourceFile& file = File(range.file);
  const Position at = file.PositionAt(range.begin);
  return file.path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string World::Findings() {
  std::string text;
  for (const Finding& finding : Finished()) {
    text += Place(finding.range) + ": ";
    text.append(Name(finding.verdict)).append(" ").append(finding.rule->id).append(": ");
    text += finding.message + (finding.suppressed ? " (suppressed)" : "") + "\n";
    for (const std::string& input : finding.waiting_for) text += "  waits for " + input + "\n";
    for (const Note& note : finding.origin)
      text += "  " + Place(note.range) + ": " + note.text + "\n";
  }
  return text;
}

std::string World::Messages() const {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics_) {
    if (!diagnostic.range.IsNone() && diagnostic.range.file < kFirstOwnFile) {
      text += Place(diagnostic.range) + ": ";
    }
    text += Message(diagnostic) + "\n";
  }
  return text;
}

}  // namespace restorable::policy
