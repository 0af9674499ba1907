#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/environment.h"
#include "cel/function.h"
#include "cel/type_pool.h"

namespace restorable::cel {

struct Variable {
  std::string name;
  Type type;
  TypeId type_id = kDynType;
};

// The name of a type, which is a value.
struct TypeConstant {
  Value value;
  TypeId type_id = kDynType;  // type(T)
};

using NamedValue = std::variant<SlotId, TypeConstant>;

struct Environment::Impl {
  explicit Impl(Options given) : options(std::move(given)) {}
  explicit Impl(const Impl& below)
      : options(below.options), base(&below), base_slots(below.SlotCount()), types(&below.types) {}

  Options options;
  const Impl* base = nullptr;  // what this one is on top of
  std::size_t base_slots = 0;  // the variables there
  TypePool types;
  std::deque<Variable> variables;  // by slot, from base_slots on; programs view their names
  std::map<std::string, NamedValue, std::less<>> names;
  std::map<std::string, Function, std::less<>> functions;
  std::map<std::string, std::shared_ptr<const Definition>, std::less<>> definitions;
  const DefinitionSource* more_definitions = nullptr;
  std::set<std::string, std::less<>> type_names;  // of opaque types; values view them

  [[nodiscard]] std::size_t SlotCount() const { return base_slots + variables.size(); }
  [[nodiscard]] const Variable& operator[](SlotId slot) const {
    const auto number = static_cast<std::size_t>(slot);
    return number < base_slots ? (*base)[slot] : variables[number - base_slots];
  }

  // A row of a library, or of the language itself if that is null.
  void Add(const Builtin& builtin, const Library* library);
  void AddTypeName(std::string_view name, TypeId type);
  void AddOpaqueNames(TypeId type);

  // The function or definition that `name` stands for within the container.
  [[nodiscard]] const Function* FindFunction(std::string_view name, bool root) const;
  [[nodiscard]] const std::shared_ptr<const Definition>* FindDefinition(std::string_view name,
                                                                        bool root) const;
  [[nodiscard]] const NamedValue* FindName(std::string_view name, bool root) const;
  // Whether some name begins so.
  [[nodiscard]] bool IsPrefixOfName(std::string_view prefix) const;
  // What could have been meant by a wrong one.
  [[nodiscard]] std::vector<std::string_view> Names() const;
  [[nodiscard]] std::vector<std::string_view> FunctionNames() const;
};

}  // namespace restorable::cel
