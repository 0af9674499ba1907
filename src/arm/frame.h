#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arm/context.h"
#include "arm/deploy.h"
#include "arm/names.h"
#include "arm/principal.h"
#include "arm/template.h"
#include "base/text.h"
#include "value/value.h"

// A template as one deployment of it has it. Not for other layers.
namespace restorable::arm {

class Frame;

// What all frames of a deployment share.
struct Run {
  Context& context;
  const LoadTemplate& load;
  Deployed& deployed;
  std::vector<std::pair<Value, Principal>> principals;  // with the id of their resource
  // Of templates that others import from.
  std::map<const Template*, std::unique_ptr<Frame>> libraries;
};

// A value that is computed when it is first asked for.
struct Memo {
  enum class State : std::uint8_t { kOpen, kComputing, kDone };
  State state = State::kOpen;
  Value value;
};

// One round of the loop of a resource, or the one there is without a loop.
struct Occurrence {
  const Resource* resource = nullptr;
  Occurrence* within = nullptr;  // of the resource around it
  const Local* locals = nullptr;
  std::optional<std::uint32_t> round;
  bool one_of_many = false;  // it stands for those of a loop whose count is not known
  Memo type;                 // text
  Memo name;                 // text: with those of the resources above it
  Memo id;                   // text
  Memo condition;            // a bool or a symbol
  Memo body;                 // an object
  Memo answer;               // what the service says of it, as far as it is known
  Memo properties;           // that under `properties`
  bool content_made = false;
  std::unique_ptr<Template> content;  // that was computed
  bool module_made = false;
  std::unique_ptr<Frame> module;  // nullptr after it was made: not on disk
};

// A type with the template that it stands in.
struct TypePlace {
  const Template* where = nullptr;
  TypeId id = TypeId::kNone;

  [[nodiscard]] const Type& operator*() const { return (*where->tree)[id]; }
  [[nodiscard]] bool IsNone() const { return id == TypeId::kNone; }
};

// Finds what a template declares by name, in any case; the first of two with the same name.
template <typename T>
class NameIndex {
 public:
  [[nodiscard]] const T* Find(const std::vector<T>& items, std::string_view name) {
    if (!built_) Build(items);
    const auto found = numbers_.find(AsciiLower(name));
    return found == numbers_.end() ? nullptr : found->second;
  }

 private:
  void Build(const std::vector<T>& items) {
    built_ = true;
    for (const T& item : items) numbers_.try_emplace(AsciiLower(NameIn(item)), &item);
  }
  static std::string_view NameIn(const Resource& resource) { return resource.symbol.text; }
  template <typename Named>
  static std::string_view NameIn(const Named& named) {
    return named.name.text;
  }

  bool built_ = false;
  std::map<std::string, const T*, std::less<>> numbers_;
};

class Frame : public Names {
 public:
  // The root, or a template that others import from.
  Frame(Run& run, const Template& content, const Place& place);
  // What an occurrence of a module deploys.
  Frame(Frame& parent, Occurrence& call, const Template& content, const Place& place,
        Value arguments);
  ~Frame() override;

  Value GetParameter(std::string_view name, Range range) override;
  Value GetVariable(std::string_view name, Range range) override;
  Value CallFunction(std::string_view name, std::span<const Value> arguments, Range range) override;
  Value GetResource(std::string_view symbol, Range range) override;
  Value GetMember(const Member& member, Range range) override;
  Value IsCreated(const Member& member) override;
  Value GetReference(const Referred& referred, Range range) override;
  Value GetReferences(Value symbol, bool full, Range range) override;
  Value GetInfo(Value symbol, Range range) override;
  const Place& GetPlace() const override;
  Value GetDeploymentName(Range range) override;

  // Of the values that it takes.
  [[nodiscard]] TypeKind KindOf(const Parameter& parameter) const;
  // The value for a parameter of the root.
  void SetArgument(std::string_view name, Value value);
  // The values that a file gives to parameters, by name.
  [[nodiscard]] std::vector<std::pair<std::string_view, Value>> EvaluateArguments();
  // Adds what this template and its modules create to the deployment.
  void AddInstances(Certainty certainty);
  [[nodiscard]] Value Output(std::string_view name, Range range);
  [[nodiscard]] const Template& content() const { return template_; }

 private:
  using Memos = std::map<std::string, Memo, std::less<>>;  // by name in lower case

  template <typename Compute>
  Value Once(Memo& memo, std::string_view name, Range range, Compute compute);
  Value Eval(NodeId node, const Local* locals);
  Value EvalText(NodeId node, const Local* locals, std::string_view what);

  // frame.cc
  Value ComputeParameter(const Parameter& parameter);
  Value Checked(const Parameter& parameter, Value value, bool given);
  Value NoValue(const Parameter& parameter);
  Value Marked(TypeId type, Value value) { return Marked({&template_, type}, value); }
  Value Marked(TypePlace type, Value value);
  [[nodiscard]] bool IsNullable(TypeId type) const;
  Frame& Library(const Template& content);

  // frame_resource.cc
  struct Group {  // the occurrences of a resource
    bool ready = false;
    bool computing = false;
    std::vector<std::unique_ptr<Occurrence>> occurrences;
    bool indexed = false;                      // by_id has all of them
    std::map<std::string, Occurrence*> by_id;  // in lower case
  };
  Group& Expand(const Resource& resource);
  void ExpandWithin(const Resource& resource, Occurrence* within, Group& group);
  Occurrence& AddOccurrence(Group& group, const Resource& resource, Occurrence* within,
                            const Local* locals);
  Value TypeOf(Occurrence& occurrence);
  Value PlainTypeOf(Occurrence& occurrence);
  Value NameOf(Occurrence& occurrence);
  Value ShortNameOf(Occurrence& occurrence);
  Value IdOf(Occurrence& occurrence);
  Value EvalScope(NodeId scope, const Local* locals);
  Value ComputeId(Occurrence& occurrence);
  Value ConditionOf(Occurrence& occurrence);
  Value BodyOf(Occurrence& occurrence);
  Value AnsweredBody(Occurrence& occurrence, std::vector<Principal>& principals);
  std::optional<Value> ParentOf(Occurrence& occurrence);
  Value MemberOfParent(Occurrence& occurrence, std::string_view name);
  [[nodiscard]] std::optional<Member> AsMember(NodeId node, const Local* locals);
  [[nodiscard]] std::string AddressOf(const Occurrence& occurrence, Value type, Value name) const;
  [[nodiscard]] std::string_view WithinModule(Occurrence& occurrence);
  [[nodiscard]] std::vector<Note> Calls() const;
  [[nodiscard]] const Template* TemplateOf(Occurrence& occurrence, Value& link);
  [[nodiscard]] const Template* ComputedTemplate(Occurrence& occurrence);
  Frame* ModuleOf(Occurrence& occurrence);
  Place PlaceOfModule(Occurrence& occurrence);
  Value ArgumentsOf(Occurrence& occurrence);
  void AddInstance(Occurrence& occurrence, Certainty certainty);
  void AddModule(Occurrence& occurrence, Certainty certainty, Value condition);
  Value FullBody(Occurrence& occurrence);

  // frame_reference.cc
  struct Found {
    Frame* frame = nullptr;
    Occurrence* occurrence = nullptr;
  };
  Found FindOccurrence(std::string_view symbol, std::optional<Value> index);
  Found FindReferred(Value target);
  Found FindById(Value id);
  Occurrence* FindIn(Group& group, const std::string& id);
  Found FindByName(Value name);
  Value Opened(Value value, Value rest);
  Value ModuleAnswer(Occurrence& occurrence, bool full, Value rest, Range range);
  Value Properties(Occurrence& occurrence, bool full, Range range);
  Value ReferenceTerm(Value id, bool full, UnknownReason reason, Range range);
  Value ModuleOutput(Occurrence& occurrence, std::string_view output, Range range);
  Value MemberValue(Occurrence& occurrence, const Member& member, Range range);
  Value Whole(Occurrence& occurrence, Range range);
  bool IsAbsentNow(Occurrence& occurrence);

  Run& run_;
  Context& context_;
  const Template& template_;
  const Tree& tree_;
  Frame* const parent_ = nullptr;
  Occurrence* const call_ = nullptr;
  const Local* const locals_ = nullptr;  // that all expressions see: of an outer scope
  const bool outer_ = false;             // expressions see what those of the parent see
  const Place place_;                    // where resources go
  std::uint32_t depth_ = 1;
  std::string_view address_;                             // of the module; in the arena
  std::map<std::string, Value, std::less<>> arguments_;  // by name in lower case
  Memos parameters_, variables_, outputs_;
  NameIndex<Parameter> parameter_index_;
  NameIndex<Variable> variable_index_;
  NameIndex<Function> function_index_;
  NameIndex<arm::Output> output_index_;
  NameIndex<Resource> resource_index_;
  std::map<const Resource*, Group> groups_;
  std::optional<Value> rest_;  // a symbol, where not all arguments are known
};

}  // namespace restorable::arm
