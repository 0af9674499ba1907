#include "admission/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

#include "admission/diagnostics.h"
#include "kubernetes/read.h"
#include "policy/configuration.h"
#include "policy/glob.h"
#include "policy/rule.h"
#include "policy/rule_files.h"
#include "value/hash.h"
#include "yaml/parse.h"

namespace restorable::admission {
namespace {

// The backup extension's namespace; its service accounts restore what was backed up.
constexpr std::string_view kExtensionNamespace = "dataprotection-microsoft";
constexpr std::string_view kExtensionUsers = "system:serviceaccount:dataprotection-microsoft:";

constexpr FileId kSettingsFile{static_cast<std::uint32_t>(policy::kFirstOwnFile)};
constexpr FileId kClassesFile{static_cast<std::uint32_t>(policy::kFirstOwnFile) + 1};

bool MatchesAny(const std::vector<std::string>& globs, std::string_view text) {
  return std::ranges::any_of(globs,
                             [&](const auto& glob) { return policy::GlobMatches(glob, text); });
}

}  // namespace

class PolicyLoader {
 public:
  PolicyLoader(const PolicyFiles& files, const Limits& limits)
      : files_(files), policy_(new Policy(limits)) {}

  Policy::LoadResult Load() {
    LoadRules();
    LoadSettings();
    LoadClasses();
    policy_->digest_ = fmt::format("{:016x}", digest_);
    return {std::move(policy_), std::move(diagnostics_)};
  }

 private:
  // The file, kept by the policy; nullptr if there is none or it cannot be read.
  const SourceFile* Read(FileId id, const std::string& path) {
    if (path.empty()) return nullptr;
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf())) {
      diagnostics_.push_back({&kUnreadable, {}, {path, std::strerror(errno)}, {}});
      return nullptr;
    }
    policy_->files_.push_back(std::make_unique<SourceFile>(id, path, std::move(text).str()));
    Digest(policy_->files_.back()->text());
    return policy_->files_.back().get();
  }

  void Digest(std::string_view text) {
    digest_ ^= std::hash<std::string_view>()(text) + 0x9e3779b97f4a7c15 + (digest_ << 6);
  }

  void Report(std::vector<Diagnostic> diagnostics) {
    std::ranges::move(diagnostics, std::back_inserter(diagnostics_));
  }

  void LoadRules() {
    policy::RuleSet::Options options{.paths = files_.rules, .limits = policy_->limits_};
    if (const SourceFile* file = Read(policy::kConfigurationFile, files_.configuration)) {
      auto result = policy::ReadConfiguration(*file, policy_->arena_, policy_->limits_);
      options.configuration = std::move(result.configuration);
      Report(std::move(result.diagnostics));
    }
    for (const auto& file : policy::ReadRuleFiles(files_.rules, policy::kFirstRuleFile,
                                                  policy_->limits_, unreadable_)) {
      Digest(file->text());
    }
    options.compile_all = true;
    policy::RuleSet::LoadResult loaded = policy::RuleSet::Load(options);
    policy_->rules_ = std::move(loaded.rules);
    Report(std::move(loaded.diagnostics));
  }

  void LoadSettings() {
    if (const SourceFile* const file = Read(kSettingsFile, files_.settings)) {
      SettingsResult result = ReadSettings(*file, policy_->limits_);
      policy_->settings_ = std::move(result.settings);
      Report(std::move(result.diagnostics));
    }
    for (const auto& [name, action] : policy_->settings_.rules) {
      if (const policy::Rule* const rule = policy_->rules_->Find(name)) {
        policy_->actions_[rule] = action;
      } else {
        diagnostics_.push_back({&kUnknownRule, {}, {name}, {}});
      }
    }
  }

  void LoadClasses() {
    if (const SourceFile* const file = Read(kClassesFile, files_.classes)) {
      yaml::Stream stream = yaml::Parse(*file, policy_->arena_, policy_->origins_, policy_->limits_,
                                        {.drop_null_entries = true});
      Report(std::move(stream.diagnostics));
      for (const yaml::Document& document : stream.documents) AddClasses(document);
    }
    policy_->classes_.Seal();
  }

  void AddClasses(const yaml::Document& document) {
    kubernetes::ReadResult objects = kubernetes::Read(document, policy_->arena_);
    Report(std::move(objects.diagnostics));
    for (const Resource& resource : objects.resources) {
      if (resource.group == "storage.k8s.io" &&
          (resource.kind == "StorageClass" || resource.kind == "VolumeAttributesClass")) {
        policy_->classes_.Add(resource);
      } else {
        diagnostics_.push_back(
            {&kNotStorageClass, resource.name_range, {std::string(resource.address)}, {}});
      }
    }
  }

  const PolicyFiles& files_;
  std::shared_ptr<Policy> policy_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<Diagnostic> unreadable_;  // said again where the rules are loaded
  std::uint64_t digest_ = 0;
};

Policy::Policy(const Limits& limits)
    : limits_(limits), classes_([this](FileId id) { return PathOf(id); }) {}

Policy::LoadResult Policy::Load(const PolicyFiles& files, const Limits& limits) {
  return PolicyLoader(files, limits).Load();
}

bool Policy::LoadResult::ok() const {
  return std::ranges::none_of(diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.kind->severity == Severity::kError;
  });
}

const SourceFile* Policy::Find(FileId id) const {
  const auto found = std::ranges::find(files_, id, &SourceFile::id);
  return found != files_.end() ? found->get() : rules_->Source(id);
}

std::string_view Policy::PathOf(FileId id) const {
  const auto found = std::ranges::find(files_, id, &SourceFile::id);
  return found != files_.end() ? std::string_view((*found)->path()) : "object";
}

Action Policy::ActionFor(const policy::Rule& rule) const {
  const auto found = actions_.find(&rule);
  if (found != actions_.end()) return found->second;
  return settings_.actions[static_cast<std::size_t>(rule.effective_severity)];
}

bool Policy::IsExempt(std::string_view namespace_, std::string_view username) const {
  return namespace_ == kExtensionNamespace || username.starts_with(kExtensionUsers) ||
         (!namespace_.empty() && MatchesAny(settings_.exempt_namespaces, namespace_)) ||
         MatchesAny(settings_.exempt_users, username);
}

}  // namespace restorable::admission
