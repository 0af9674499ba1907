#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "policy/finding.h"
#include "policy/rule_set.h"
#include "policy/session.h"
#include "policy/suppression.h"
#include "resource/deployment.h"
#include "resource/resource.h"
#include "value/origin.h"

namespace restorable::policy {

// Rules from texts; without the built-in ones unless `options` says so.
[[nodiscard]] RuleSet::LoadResult LoadTexts(std::vector<std::pair<std::string, std::string>> texts,
                                            RuleSet::Options options = {.built_in = false});

// A rule ORG1 with one check on everything of kind Thing; `check` are the lines of its fields.
[[nodiscard]] std::string RuleText(std::string_view check, std::string_view spec = "");

// "rule.yaml:3:5: error: message", one line each.
[[nodiscard]] std::string Show(const std::vector<Diagnostic>& diagnostics, const RuleSet& rules);

// Files, the objects in them and what rules say of these: a scan in small.
class World {
 public:
  explicit World(const RuleSet& rules, const Limits& limits = {});
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Reads YAML, a template if it contains actions; gives what EvaluateLocal said of each object.
  std::vector<bool> Add(std::string path, std::string text);
  // Lowers, and judges all that was kept.
  void Deploy();
  // Judges each object as the webhook does.
  void Review(Value request, Value old_object = Value::Null());

  // "a.yaml:3:5: violated ORG1: message", one line each, in order; with notes and causes indented.
  [[nodiscard]] std::string Findings();
  // Finished: sorted as a report sorts them, suppressed and numbered.
  [[nodiscard]] const std::vector<Finding>& Finished();
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  [[nodiscard]] std::string Messages() const;

  [[nodiscard]] const std::vector<Resource>& resources() const { return resources_; }
  [[nodiscard]] const Deployment& deployment() const { return deployment_; }
  [[nodiscard]] Arena& arena() { return arena_; }
  [[nodiscard]] const SourceFile& File(FileId id) const {
    return files_[static_cast<std::size_t>(id)];
  }

 private:
  [[nodiscard]] std::string Place(Range range) const;

  const RuleSet& rules_;
  std::deque<SourceFile> files_;
  PathOf path_of_;
  Arena arena_;
  OriginTable origins_;
  Session session_;
  std::vector<Resource> resources_;
  Deployment deployment_;
  std::vector<SuppressionComment> suppressions_;
  std::vector<Finding> findings_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace restorable::policy
