#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "admission/settings.h"
#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "policy/rule_set.h"
#include "resource/deployment.h"
#include "value/origin.h"

namespace restorable::admission {

// The files of an operator. An empty path stands for none.
struct PolicyFiles {
  std::string configuration;       // as the linter reads it: preset, matrix, severities, params
  std::string settings;            // see settings.h
  std::vector<std::string> rules;  // files and directories with rules besides the built-in ones
  std::string classes;  // StorageClasses and VolumeAttributesClasses of the cluster, YAML
};

// All that decides a verdict: constant, shared by all threads, replaced as a whole.
class Policy {
 public:
  struct LoadResult;

  // Reads and compiles everything, so that nothing can go wrong later.
  [[nodiscard]] static LoadResult Load(const PolicyFiles& files, const Limits& limits);

  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;

  [[nodiscard]] const policy::RuleSet& rules() const { return *rules_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  // The classes that are known to exist.
  [[nodiscard]] const Deployment& classes() const { return classes_; }
  [[nodiscard]] const OriginTable& origins() const { return origins_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] std::string_view PathOf(FileId id) const;
  // The file of a diagnostic's range; nullptr if it has none.
  [[nodiscard]] const SourceFile* Find(FileId id) const;

  // What a violation of the rule does.
  [[nodiscard]] Action ActionFor(const policy::Rule& rule) const;
  // Whether requests in that namespace or by that user are none of our business.
  [[nodiscard]] bool IsExempt(std::string_view namespace_, std::string_view username) const;
  // Stable over runs; changes with any byte of the files.
  [[nodiscard]] const std::string& digest() const { return digest_; }

 private:
  explicit Policy(const Limits& limits);
  friend class PolicyLoader;

  Limits limits_;
  Arena arena_;
  OriginTable origins_;
  std::vector<std::unique_ptr<SourceFile>> files_;
  std::unique_ptr<const policy::RuleSet> rules_;
  Settings settings_;
  Deployment classes_;
  std::map<const policy::Rule*, Action> actions_;
  std::string digest_;
};

struct Policy::LoadResult {
  std::shared_ptr<const Policy> policy;  // always there; not to be used if an error stands below
  std::vector<Diagnostic> diagnostics;
  [[nodiscard]] bool ok() const;
};

}  // namespace restorable::admission
