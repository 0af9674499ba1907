#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "cel/environment.h"
#include "cel/function.h"
#include "cel/type_pool.h"

namespace restorable::cel {

struct Definition;

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

  Options options;
  TypePool types;
  std::deque<Variable> variables;  // by slot; programs view their names
  std::map<std::string, NamedValue, std::less<>> names;
  std::map<std::string, Function, std::less<>> functions;
  std::map<std::string, std::shared_ptr<const Definition>, std::less<>> definitions;
  std::set<std::string, std::less<>> type_names;  // of opaque types; values view them

  void Add(const Builtin& builtin, bool standard);
  void AddTypeName(std::string_view name, TypeId type);
  void AddOpaqueNames(TypeId type);

  // The function or definition that `name` stands for within the container.
  [[nodiscard]] const Function* FindFunction(std::string_view name, bool root) const;
  [[nodiscard]] const std::shared_ptr<const Definition>* FindDefinition(std::string_view name,
                                                                        bool root) const;
  [[nodiscard]] const NamedValue* FindName(std::string_view name, bool root) const;
};

}  // namespace restorable::cel
