#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terraform/configuration.h"
#include "terraform/context.h"
#include "terraform/deploy.h"
#include "terraform/evaluate.h"
#include "terraform/library.h"

namespace restorable::terraform {

// What is not given by a module's own files: values of the root's variables, and where modules from
// a registry lie.
struct Surroundings {
  std::map<std::string, Value, std::less<>> root_values;
  std::map<std::string, std::string, std::less<>> installed;  // directories by dotted call path
};

// One key of a `count` or `for_each`, with what `each` and `count` are for it.
struct InstanceKey {
  std::string suffix;  // `[0]`, `["k"]`, or nothing
  Value key;           // null where there is neither `count` nor `for_each`
  std::string_view scope_name;
  Value scope;
};

// What a block with a type and a name declares.
enum class Mode : std::uint8_t { kManaged, kData, kEphemeral };

struct Expansion {
  enum class Kind : std::uint8_t { kSingle, kCount, kForEach };
  Kind kind = Kind::kSingle;
  std::optional<Value> unknown;  // why it is not known how many there are
  Certainty certainty = Certainty::kCertain;
  std::vector<InstanceKey> keys;
};

// A module as one of its callers has it. Everything is evaluated when it is first asked for.
class Module : public Names {
 public:
  Module(Context& context, Library& library, Deployed& deployed, const Surroundings& surroundings,
         const Configuration& configuration);
  // As `call` of `caller` makes it, for one key.
  Module(Module& caller, const Declaration& call, const InstanceKey& key,
         const Configuration& configuration);
  ~Module() override;

  Value Get(const Reference& reference, Range range) override;
  Value GetOutput(const ModuleReference& reference, Range range) override;

  // Adds what this module and those it calls create to the deployment.
  void AddInstances();

 private:
  struct Memo {
    bool done = false;
    Value value;
  };
  using Memos = std::map<std::string, Memo, std::less<>>;
  // A call, its instances made when they are asked for.
  struct CallState {
    bool ready = false;
    Expansion expansion;
    const Configuration* configuration = nullptr;  // nullptr: not on disk
    std::vector<std::unique_ptr<Module>> modules;  // one for each key
  };

  [[nodiscard]] const std::map<std::string, Declaration, std::less<>>& TableOf(Mode mode) const;
  template <typename Compute>
  Value Once(Memos& memos, std::string_view prefix, std::string_view name, Range range,
             Compute compute);
  Value Undeclared(const Reference& reference, Range range);
  Value GetVariable(std::string_view name, Range range);
  Value ComputeVariable(const Declaration& variable);
  Value ConvertVariable(const Declaration& variable, Value value);
  Value GetLocal(std::string_view name, Range range);
  Value GetPath(std::string_view name, Range range);
  Value GetResource(const Reference& reference, Mode mode, Range range);
  Value ComputeResource(const Declaration& resource, Mode mode);
  Value GetModule(std::string_view name, Range range);
  Value Output(std::string_view name, Range range);
  std::string AddressOf(const ModuleReference& output) const;

  Value Eval(const Expression& expression, const Scope* scope = nullptr) {
    return Evaluate(context_, *expression.tree, expression.node, this, scope);
  }
  const Expansion& Expand(const Declaration& declaration);
  void ExpandCount(const Expression& count, Expansion& expansion);
  void ExpandForEach(const Expression& for_each, Expansion& expansion);
  bool IsOneAtMost(const Expression& number);
  bool TakeInstances(std::size_t count, Range range);
  Value OpenBlocks(const Body& body, Value evaluated, Value rest);
  Value OpenBlock(Value block, Value rest);
  Value Deeper(Value rest, std::string_view block);
  Value EvalInstance(const Declaration& declaration, const InstanceKey& key);
  std::string Address(const Declaration& declaration, Mode mode, std::string_view suffix) const;

  CallState& StateOf(const Declaration& call);
  Value ConditionOf(const Expansion& expansion) const;
  Certainty CertaintyOf(const Expansion& expansion) const;
  const Configuration* FindConfiguration(const Declaration& call);
  void AddResources(const Declaration& resource, Instance::Kind kind);
  void AddCall(const Declaration& call);
  void AddMissingCall(const Declaration& call, const Expansion& expansion);

  Context& context_;
  Library& library_;
  Deployed& deployed_;
  const Surroundings& surroundings_;
  const Configuration& configuration_;
  Module* const caller_ = nullptr;
  const Declaration* const call_ = nullptr;
  const InstanceKey key_{};
  std::string_view address_;  // `module.a["x"]`; in the arena
  std::string path_;          // `a`, `a.b`: as modules.json has it
  std::uint32_t depth_ = 1;
  Value condition_;  // the unknown that decides whether the module is called; null: it is
  Certainty certainty_ = Certainty::kCertain;  // of the call
  Memos variables_, locals_, outputs_;
  Memos resources_[3];  // by Mode
  std::map<const Declaration*, CallState> calls_;
  std::map<const Declaration*, Expansion> expansions_;
  std::map<std::pair<const Declaration*, std::string>, Value> bodies_;
};

}  // namespace restorable::terraform
