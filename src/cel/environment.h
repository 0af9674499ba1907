#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "cel/builtin.h"
#include "cel/type.h"

namespace restorable::cel {

struct Definition;

// The number by which an Activation knows a variable.
enum class SlotId : std::uint32_t {};

// Definitions (see Environment::AddDefinition) that are made when an expression first calls them.
class DefinitionSource {
 public:
  virtual ~DefinitionSource() = default;

  // nullptr if there is none of that name. Any thread that compiles may ask; what is given lives as
  // long as the source.
  [[nodiscard]] virtual const std::shared_ptr<const Definition>* Find(
      std::string_view name) const = 0;
  [[nodiscard]] virtual std::vector<std::string_view> Names() const = 0;
};

// What an expression may speak of: variables, functions, a container for name resolution. Built
// once, constant afterwards, shared by all threads.
class Environment {
 public:
  struct Options {
    std::string container;
    bool check = true;  // false: undeclared names and missing overloads are run-time errors
  };

  Environment();
  explicit Environment(Options options);
  // An environment on top of another: speaks of all that `base` does, under the same slots, and of
  // what is added to it. Cheap to make. `base` outlives it and nothing is added to it any more.
  [[nodiscard]] static Environment On(const Environment& base);
  Environment(Environment&&) noexcept;
  Environment& operator=(Environment&&) noexcept;
  ~Environment();

  // The standard library and all macros are always there.
  void AddLibrary(const Library& library);
  // `name` may be qualified ("variables.sku"). Adding it again changes the type and keeps the slot.
  SlotId AddVariable(std::string_view name, const Type& type);
  // A function given as an expression over its parameters, put in where it is called (each argument
  // evaluated at most once). `text` is checked like any expression and sees the variables and
  // definitions added so far; after an error the function is not there. Ranges count in `text`.
  void AddDefinition(std::string_view name, std::span<const std::string> parameters,
                     std::string_view text, std::vector<Diagnostic>& diagnostics);
  // More of them, under their full names. The source outlives the environment and all on top of it.
  void SetDefinitions(const DefinitionSource& source);

  // The number of slots an Activation needs.
  [[nodiscard]] std::size_t SlotCount() const;
  [[nodiscard]] std::optional<SlotId> FindVariable(std::string_view name) const;
  [[nodiscard]] std::string_view VariableName(SlotId slot) const;

  // For the parser, checker and compiler of this layer.
  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  explicit Environment(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

// A definition as AddDefinition makes it, for environments that speak of all that `environment`
// does; nullptr after an error.
[[nodiscard]] std::shared_ptr<const Definition> Define(const Environment& environment,
                                                       std::string_view name,
                                                       std::span<const std::string> parameters,
                                                       std::string_view text,
                                                       std::vector<Diagnostic>& diagnostics);

// Every library: "strings", "lists", "sets", "regex", "optionals", "quantity", "semver", "network",
// "url", "format", "math", "encoders", "bindings", "macros2", "authorizer", ….
[[nodiscard]] std::span<const Library> AllLibraries();

}  // namespace restorable::cel
