#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "cel/parse.h"
#include "cel/tree.h"
#include "policy/definitions.h"
#include "policy/rule.h"
#include "value/value.h"

namespace restorable::policy {

// Rewrites the expressions of a check into what an API server understands: functions of libraries
// are put in where they are called, data and parameters where they are read; variables stay, and
// are collected. What only a scan knows becomes what a review knows of it: other objects are not
// there, and what is not known is an error, which a policy with failurePolicy Ignore lets pass. So
// is a branch that needs what no API server has: the others judge all the same.
class Inliner {
 public:
  Inliner(const Definitions& definitions, std::string_view as_of, const Rule& rule,
          const Check& check, const Limits& limits);

  // One line of CEL. With `item`, the expression stands in a macro over the items of the check.
  // Nothing if it cannot be done: see reason().
  [[nodiscard]] std::optional<std::string> Inline(std::string_view text, bool item);
  // Whether it depends on the item.
  [[nodiscard]] bool UsesItem(std::string_view text);
  // The variables that what was inlined reads, each after those that it uses.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& variables() const {
    return variables_;
  }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  // Why branches became errors.
  [[nodiscard]] const std::vector<std::string>& gaps() const { return gaps_; }

 private:
  struct Scope;
  // A node as it is to be understood: its names are those of the scope.
  struct Source {
    const cel::Tree* tree = nullptr;
    cel::NodeId node{};
    const Scope* scope = nullptr;
  };
  struct Scope {
    const Scope* outer = nullptr;
    std::string_view name;
    std::string_view written;  // its name in the result; empty if a value stands for it
    Source value;
  };
  struct Output {
    cel::Tree tree;
    std::vector<std::string_view> bound;  // names of the macros that surround the current node
    std::size_t depth = 0;
    std::deque<Scope> scopes;
  };

  [[nodiscard]] const cel::Tree& Parsed(std::string_view text);
  [[nodiscard]] const std::string_view* FindVariable(std::string_view name) const;
  [[nodiscard]] cel::NodeId Copy(Output& out, Source source);
  [[nodiscard]] cel::NodeId CopyBranch(Output& out, Source source, cel::NodeId branch);
  [[nodiscard]] cel::NodeId CopyIdent(Output& out, Source source, const cel::Ident& ident);
  [[nodiscard]] cel::NodeId CopySelect(Output& out, Source source, const cel::Select& select);
  [[nodiscard]] cel::NodeId CopyCall(Output& out, Source source, const cel::Call& call);
  [[nodiscard]] cel::NodeId CopyLibraryCall(Output& out, Source source, const cel::Call& call,
                                            const LibraryFunction& function);
  [[nodiscard]] cel::NodeId CopyList(Output& out, Source source, const cel::ListLiteral& list);
  [[nodiscard]] cel::NodeId CopyMap(Output& out, Source source, const cel::MapLiteral& map);
  [[nodiscard]] cel::NodeId FailOptional(Output& out);
  [[nodiscard]] static bool NeedsDyn(const cel::Tree& tree, std::span<const cel::NodeId> parts);
  [[nodiscard]] static cel::NodeId AsDyn(Output& out, cel::NodeId node);
  [[nodiscard]] cel::NodeId CopyComprehension(Output& out, Source source,
                                              const cel::Comprehension& loop);
  [[nodiscard]] cel::NodeId CopyOptionalMap(Output& out, Source source,
                                            const cel::OptionalMap& map);
  [[nodiscard]] cel::NodeId CopyVariable(Output& out, Source source, std::string_view name);
  [[nodiscard]] std::optional<cel::NodeId> CopyResource(Output& out, std::string_view name);
  [[nodiscard]] std::optional<Value> Constant(Source source) const;
  [[nodiscard]] cel::NodeId Literal(Output& out, Value value);
  [[nodiscard]] cel::NodeId Insert(Output& out, std::string_view text);
  [[nodiscard]] cel::NodeId Fail(Output& out, std::string reason);
  [[nodiscard]] const Scope& Bind(Output& out, const Scope* outer, std::string_view name);
  [[nodiscard]] static const Scope* Lookup(const Scope* scope, std::string_view name);
  // Copies the children of a run, and is the run in the result.
  template <typename T, typename Make>
  [[nodiscard]] cel::Run<T> CopyRun(Output& out, Source source, cel::Run<T> run, Make make);
  [[nodiscard]] bool MentionsItem(const cel::Tree& tree);

  const Definitions& definitions_;
  std::string_view as_of_;
  const Rule& rule_;
  const Check& check_;
  const Limits& limits_;
  std::map<std::string_view, cel::ParseResult> parsed_;
  std::vector<std::pair<std::string, std::string>> variables_;
  std::map<std::string, bool, std::less<>> uses_item_;
  std::size_t nodes_ = 0;
  std::string reason_;
  bool lacks_means_ = false;  // of the API server: that is the reason
  std::vector<std::string> gaps_;
};

}  // namespace restorable::policy
