#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "policy/rule.h"
#include "value/value.h"

// What the files of rules define, as it is written. Views and values live as long as the values it
// was read from.
namespace restorable::policy {

inline constexpr std::string_view kApiVersion = "restorable.dev/v1";

struct LibraryFunction {
  std::string_view name;
  std::vector<std::string> parameters;
  Expression expression;
};

struct DataTable {
  std::string_view name;
  Value content;
};

// How Kubernetes objects and resources of Terraform that describe Azure resources are read: as a
// resource of ARM's shape, or as the Kubernetes objects that they contain.
struct Lowering {
  Match match;
  std::optional<Expression> for_each;
  std::vector<Expression> when;
  std::vector<NamedExpression> variables;
  std::optional<Expression> unwrap;  // a list of Kubernetes objects; nothing of the below then
  bool part = false;                 // of the resource with that id, which another one describes
  std::string_view type;             // of ARM; empty: `type_from` gives it
  std::optional<Expression> type_from;
  std::optional<Expression> name;
  std::optional<Expression> id;
  std::optional<Expression> parent;
  Value body;  // a tree whose strings are expressions, an expression, or null
};

// Objects that the libraries' own functions look up only if `when` holds for them: a deployment has
// many workloads, and few of them matter to anything else. Others need not be kept.
struct Lookup {
  Match match;
  Expression when;
  bool built_in = false;
};

struct RuleDefinition {
  Rule rule;
  Value tests;  // as written; null without
};

struct Definitions {
  std::vector<RuleDefinition> rules;
  std::vector<NamedExpression> variables;
  std::vector<LibraryFunction> functions;
  std::vector<DataTable> data;
  std::vector<Lowering> lowerings;
  std::vector<Lookup> lookups;
};

// The documents of all files: those before `user_documents` are built in.
struct Documents {
  std::span<const Value> built_in;
  std::span<const Value> user;
};

// Reads them. What is wrong is reported and left out.
[[nodiscard]] Definitions ReadDefinitions(const Documents& documents,
                                          std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
