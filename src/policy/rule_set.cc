#include "policy/rule_set.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "json/parse.h"
#include "policy/built_in.h"
#include "policy/configure.h"
#include "policy/diagnostics.h"
#include "policy/matching.h"
#include "policy/rule_files.h"
#include "policy/rule_set_impl.h"
#include "yaml/parse.h"

namespace restorable::policy {
namespace {

// What tells documents apart: their kind and their name or id.
std::pair<std::string_view, std::string_view> Identity(Value document) {
  const auto text = [](const Value* value) {
    return value != nullptr && value->IsString() ? value->AsString() : std::string_view();
  };
  const Value* const metadata = document.Find("metadata");
  if (metadata == nullptr) return {};
  const Value* const id = metadata->Find("id");
  return {text(document.Find("kind")), text(id != nullptr ? id : metadata->Find("name"))};
}

class RuleSetLoader {
 public:
  RuleSetLoader(const RuleSet::Options& options, RuleSet::Impl& impl,
                std::vector<Diagnostic>& diagnostics)
      : options_(options), impl_(impl), diagnostics_(diagnostics) {}

  void Load() {
    impl_.configuration = options_.configuration;
    impl_.limits = options_.limits;
    if (options_.built_in) ReadBuiltIn();
    ReadUserFiles();
    if (options_.replace) DropReplaced();
    impl_.definitions = ReadDefinitions({built_in_, impl_.documents}, diagnostics_);
    TakeRules();
    SettleDate();
    Configure(impl_.rules, impl_.configuration, impl_.arena, diagnostics_);
    MakeEntries();
    CompileNow();
    CollectKinds();
  }

 private:
  void ReadBuiltIn() {
    impl_.built_in = std::make_unique<SourceFile>(FileId::kNone, "", std::string(BuiltInRules()));
    const json::ParseResult parsed = json::Parse(*impl_.built_in, impl_.arena, impl_.limits);
    blob_ = parsed.root;
    const Value* const documents = blob_.Find("documents");
    if (documents != nullptr)
      built_in_.assign(documents->AsList().begin(), documents->AsList().end());
  }

  void ReadUserFiles() {
    std::vector<std::string> paths = options_.paths;
    const std::vector<std::string>& more = impl_.configuration.rule_directories;
    paths.insert(paths.end(), more.begin(), more.end());
    impl_.sources = ReadRuleFiles(paths, kFirstRuleFile, impl_.limits, diagnostics_);
    for (const auto& [path, text] : options_.texts) {
      const auto id =
          static_cast<FileId>(static_cast<std::size_t>(kFirstRuleFile) + impl_.sources.size());
      impl_.sources.push_back(std::make_unique<SourceFile>(id, path, text));
    }
    for (const auto& file : impl_.sources) {
      yaml::Stream stream = yaml::Parse(*file, impl_.arena, impl_.origins, impl_.limits);
      std::ranges::move(stream.diagnostics, std::back_inserter(diagnostics_));
      for (const yaml::Document& document : stream.documents) {
        if (document.state == yaml::DocumentState::kParsed && !document.root.IsNull()) {
          impl_.documents.push_back(document.root);
        }
      }
    }
  }

  void DropReplaced() {
    std::set<std::pair<std::string_view, std::string_view>> replaced;
    for (const Value& document : impl_.documents) replaced.insert(Identity(document));
    std::erase_if(built_in_, [&](Value document) { return replaced.contains(Identity(document)); });
  }

  void TakeRules() {
    auto& definitions = impl_.definitions.rules;
    std::ranges::sort(definitions, {},
                      [](const RuleDefinition& d) -> std::string_view { return d.rule.id; });
    for (RuleDefinition& definition : definitions) {
      impl_.rules.push_back(std::move(definition.rule));
      impl_.tests.push_back(definition.tests);
    }
    definitions.clear();
  }

  // Facts are of the newest date in the data, unless somebody says otherwise.
  void SettleDate() {
    impl_.as_of = impl_.configuration.as_of;
    if (!impl_.as_of.empty()) return;
    for (const DataTable& table : impl_.definitions.data) {
      const Value* const date = table.content.Find("date");
      if (date == nullptr || !date->IsString() || !IsDate(date->AsString())) continue;
      impl_.as_of = std::max(impl_.as_of, std::string(date->AsString()));
    }
  }

  void MakeEntries() {
    for (const Rule& rule : impl_.rules) {
      if (!rule.enabled) continue;
      for (const Check& check : rule.checks) {
        RuleSet::Impl::CheckEntry& entry = impl_.checks.emplace_back();
        entry.rule = &rule;
        entry.check = &check;
      }
    }
    for (const Lowering& lowering : impl_.definitions.lowerings) {
      impl_.lowerings.emplace_back().lowering = &lowering;
    }
    for (const Lookup& lookup : impl_.definitions.lookups) {
      impl_.lookups.emplace_back().lookup = &lookup;
    }
  }

  void CompileNow() {
    if (!options_.compile_all && impl_.documents.empty()) return;
    ExpressionCompiler compiler(impl_.sources, impl_.limits, diagnostics_);
    const Language& language = *impl_.lazy_language.Get([&] {
      return MakeLanguage(impl_.definitions, impl_.as_of, Functions::kCompileNow, compiler);
    });
    for (const RuleSet::Impl::LoweringEntry& entry : impl_.lowerings) {
      (void)entry.compiled.Get(
          [&] { return CompileLowering(*entry.lowering, language, compiler); });
    }
    for (const RuleSet::Impl::LookupEntry& entry : impl_.lookups) {
      (void)entry.compiled.Get([&] { return CompileLookup(*entry.lookup, language, compiler); });
    }
    for (const Rule& rule : impl_.rules) {
      if (options_.compile_all || !rule.built_in) CompileRule(rule, language, compiler);
    }
  }

  // Rules that are off are compiled for their errors only.
  void CompileRule(const Rule& rule, const Language& language, ExpressionCompiler& compiler) {
    const std::size_t before = diagnostics_.size();
    std::vector<CompiledCheck> spare;
    std::vector<const CompiledCheck*> checks;
    spare.reserve(rule.checks.size());
    if (rule.enabled) {
      for (const RuleSet::Impl::CheckEntry& entry : impl_.checks) {
        if (entry.rule != &rule) continue;
        checks.push_back(&entry.compiled.Get(
            [&] { return CompileCheck(rule, *entry.check, language, compiler); }));
      }
    } else {
      for (const Check& check : rule.checks) {
        checks.push_back(&spare.emplace_back(CompileCheck(rule, check, language, compiler)));
      }
    }
    const bool is_broken = std::ranges::any_of(
        checks, [](const CompiledCheck* check) { return !check->assertion.has_value(); });
    if (!is_broken && diagnostics_.size() == before) ReportUnusedParams(rule, checks, diagnostics_);
  }

  // Those of built-in rules are known without compiling.
  void CollectKinds() {
    const Value* const kinds = blob_.Find("kinds");
    for (const RuleSet::Impl::CheckEntry& entry : impl_.checks) {
      const Value* const known =
          kinds != nullptr && entry.rule->built_in ? kinds->Find(entry.rule->id) : nullptr;
      if (known != nullptr) {
        AddKinds(*known);
      } else {
        const Reach& reach = impl_.Compiled(entry).reach;
        AddKinds(reach, impl_.looked_up);
        if (!entry.rule->built_in) AddKinds(reach, impl_.looked_up_by_user);
      }
    }
    const Value* const lowering_kinds = blob_.Find("loweringKinds");
    if (lowering_kinds != nullptr && impl_.documents.empty()) return AddKinds(*lowering_kinds);
    for (const RuleSet::Impl::LoweringEntry& entry : impl_.lowerings) {
      AddKinds(impl_.Compiled(entry).reach, impl_.looked_up);
    }
  }

  void AddKinds(Value list) {
    for (const Value& kind : list.AsList()) impl_.looked_up.emplace(kind.AsString());
  }
  static void AddKinds(const Reach& reach, std::set<std::string, std::less<>>& kinds) {
    kinds.insert(reach.kinds.begin(), reach.kinds.end());
    if (reach.anything) kinds.emplace(kAnyKind);
  }

  const RuleSet::Options& options_;
  RuleSet::Impl& impl_;
  std::vector<Diagnostic>& diagnostics_;
  Value blob_;
  std::vector<Value> built_in_;
};

}  // namespace

const Language& RuleSet::Impl::language() const {
  return *lazy_language.Get([&] {
    std::vector<Diagnostic> diagnostics;  // none: what is compiled late was compiled before
    ExpressionCompiler compiler(sources, limits, diagnostics);
    return MakeLanguage(definitions, as_of, Functions::kCompileLate, compiler);
  });
}

const CompiledCheck& RuleSet::Impl::Compiled(const CheckEntry& entry) const {
  return entry.compiled.Get([&] {
    std::vector<Diagnostic> diagnostics;
    ExpressionCompiler compiler(sources, limits, diagnostics);
    return CompileCheck(*entry.rule, *entry.check, language(), compiler);
  });
}

const CompiledLowering& RuleSet::Impl::Compiled(const LoweringEntry& entry) const {
  return entry.compiled.Get([&] {
    std::vector<Diagnostic> diagnostics;
    ExpressionCompiler compiler(sources, limits, diagnostics);
    return CompileLowering(*entry.lowering, language(), compiler);
  });
}

const Scope& RuleSet::Impl::Compiled(const LookupEntry& entry) const {
  return entry.compiled.Get([&] {
    std::vector<Diagnostic> diagnostics;
    ExpressionCompiler compiler(sources, limits, diagnostics);
    return CompileLookup(*entry.lookup, language(), compiler);
  });
}

RuleSet::RuleSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RuleSet::~RuleSet() = default;

RuleSet::LoadResult RuleSet::Load(const Options& options) {
  LoadResult result;
  auto impl = std::make_unique<Impl>();
  RuleSetLoader(options, *impl, result.diagnostics).Load();
  result.rules = std::make_unique<const RuleSet>(std::move(impl));
  return result;
}

std::span<const Rule> RuleSet::rules() const { return impl_->rules; }

const Rule* RuleSet::Find(std::string_view id_or_name) const {
  const auto found = std::ranges::find_if(impl_->rules, [&](const Rule& rule) {
    return EqualsIgnoringAsciiCase(rule.id, id_or_name) || rule.name == id_or_name;
  });
  return found == impl_->rules.end() ? nullptr : &*found;
}

bool RuleSet::IsReviewed(const Resource& resource) const {
  const auto is_judged = [&](const Resource& judged) {
    return std::ranges::any_of(impl_->checks, [&](const Impl::CheckEntry& entry) {
      return entry.rule->admission && Matches(entry.check->match, judged);
    });
  };
  return is_judged(resource) ||
         std::ranges::any_of(impl_->lowerings, [&](const Impl::LoweringEntry& entry) {
           const Lowering& lowering = *entry.lowering;
           if (!Matches(lowering.match, resource)) return false;
           return lowering.unwrap || lowering.type_from ||
                  is_judged({.schema = Schema::kAzure, .kind = lowering.type});
         });
}

bool RuleSet::IsNamed(const Resource& object) const {
  return IsAskedForByName(*impl_, object) ||
         std::ranges::any_of(
             impl_->checks,
             [&](const Impl::CheckEntry& entry) { return Names(entry.check->match, object); }) ||
         std::ranges::any_of(impl_->lowerings, [&](const Impl::LoweringEntry& entry) {
           return Names(entry.lowering->match, object);
         });
}

// What an object describes can be asked for as well.
bool RuleSet::IsAskedFor(const Resource& object) const {
  return policy::IsAskedFor(*impl_, object) ||
         std::ranges::any_of(impl_->lowerings, [&](const Impl::LoweringEntry& entry) {
           return Matches(entry.lowering->match, object);
         });
}

const SourceFile* RuleSet::Source(FileId file) const {
  const auto found = std::ranges::find(impl_->sources, file, [](const auto& s) { return s->id(); });
  return found == impl_->sources.end() ? nullptr : found->get();
}

const Configuration& RuleSet::configuration() const { return impl_->configuration; }

std::string_view RuleSet::as_of() const { return impl_->as_of; }

}  // namespace restorable::policy
