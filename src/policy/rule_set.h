#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "policy/configuration.h"
#include "policy/rule.h"
#include "resource/resource.h"

namespace restorable::policy {

// Files of rules are numbered from here on, so that they and the scanned files do not meet.
inline constexpr FileId kFirstRuleFile{0x40000000};

// The rules of a run with the libraries, data and lowering tables that they use. Constant after it
// is loaded, shared by all threads; it outlives sessions and findings.
class RuleSet {
 public:
  struct Options {
    bool built_in = true;
    // Files and directories (searched for *.yaml and *.yml) with more; as open() takes them.
    std::vector<std::string> paths;
    // The same, read already: what to call it, and its text.
    std::vector<std::pair<std::string, std::string>> texts;
    // What is in these takes the place of built-in documents of the same kind and name.
    bool replace = false;
    // Compile everything at once, so that every error shows; rules that are not built in always
    // are.
    bool compile_all = false;
    // Profile, preset, and what is set for single rules. Its directories are added to `paths`.
    Configuration configuration;
    Limits limits;
  };
  struct LoadResult;

  [[nodiscard]] static LoadResult Load(const Options& options);

  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;
  ~RuleSet();

  // In the order of their ids, those that are not enabled included.
  [[nodiscard]] std::span<const Rule> rules() const;
  // By id ("AKB101", in any case) or by name; nullptr if there is none.
  [[nodiscard]] const Rule* Find(std::string_view id_or_name) const;
  // Whether a check for admission is about such an object (group, version and kind matter), or
  // about what it describes.
  [[nodiscard]] bool IsReviewed(const Resource& resource) const;
  // Whether a rule or a lowering names such objects (any kind will do is no name), or asks for
  // them.
  [[nodiscard]] bool IsNamed(const Resource& object) const;
  // Whether a rule may ask for such objects when it judges another one.
  [[nodiscard]] bool IsAskedFor(const Resource& object) const;
  // The file of a diagnostic's range, if it is a rule file; else nullptr.
  [[nodiscard]] const SourceFile* Source(FileId file) const;
  [[nodiscard]] const Configuration& configuration() const;
  // The date that facts are compared with, "2026-08-21": the configuration's, else the data's own.
  [[nodiscard]] std::string_view as_of() const;

  // For the sessions of this layer.
  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }
  explicit RuleSet(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

struct RuleSet::LoadResult {
  std::unique_ptr<const RuleSet> rules;  // always there: what could be loaded
  std::vector<Diagnostic> diagnostics;
};

}  // namespace restorable::policy
