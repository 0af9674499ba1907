#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "policy/compiled.h"
#include "policy/configuration.h"
#include "policy/definitions.h"
#include "policy/language.h"
#include "policy/lazy.h"
#include "policy/rule.h"
#include "policy/rule_set.h"
#include "value/origin.h"

namespace restorable::policy {

// Among kinds that are looked up: all of them.
inline constexpr std::string_view kAnyKind = "*";

struct RuleSet::Impl {
  struct CheckEntry {
    const Rule* rule = nullptr;
    const Check* check = nullptr;
    Lazy<CompiledCheck> compiled;
  };
  struct LoweringEntry {
    const Lowering* lowering = nullptr;
    Lazy<CompiledLowering> compiled;
  };

  struct LookupEntry {
    const Lookup* lookup = nullptr;
    Lazy<Scope> compiled;
  };

  Configuration configuration;
  Limits limits;
  Arena arena;  // of all values
  OriginTable origins;
  std::unique_ptr<SourceFile> built_in;
  std::vector<std::unique_ptr<SourceFile>> sources;  // from kFirstRuleFile on
  std::vector<Value> documents;                      // of the sources
  std::string as_of;
  std::vector<Rule> rules;        // by id
  std::vector<Value> tests;       // of each rule, as written; null for built-in ones
  Definitions definitions;        // but for the rules
  std::deque<CheckEntry> checks;  // of all enabled rules
  std::deque<LoweringEntry> lowerings;
  std::deque<LookupEntry> lookups;
  // Kinds that checks or lowerings ask for, and those among them that rules of the user do.
  std::set<std::string, std::less<>> looked_up;
  std::set<std::string, std::less<>> looked_up_by_user;

  [[nodiscard]] const Language& language() const;
  [[nodiscard]] const CompiledCheck& Compiled(const CheckEntry& entry) const;
  [[nodiscard]] const CompiledLowering& Compiled(const LoweringEntry& entry) const;
  [[nodiscard]] const Scope& Compiled(const LookupEntry& entry) const;

  Lazy<std::unique_ptr<const Language>> lazy_language;
};

}  // namespace restorable::policy
