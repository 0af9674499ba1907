#include "policy/library_order.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "cel/parse.h"
#include "cel/tree.h"
#include "policy/diagnostics.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kVariables = "variables";

class LibrarySorter {
 public:
  LibrarySorter(const Definitions& definitions, std::vector<Diagnostic>& diagnostics)
      : diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < definitions.functions.size(); ++i) {
      const LibraryFunction& function = definitions.functions[i];
      functions_.emplace(function.name, nodes_.size());
      nodes_.push_back({{true, i}, function.name, &function.expression, {}, State::kNew});
    }
    for (std::size_t i = 0; i < definitions.variables.size(); ++i) {
      const NamedExpression& variable = definitions.variables[i];
      variables_.emplace(variable.name, nodes_.size());
      nodes_.push_back({{false, i}, variable.name, &variable.expression, {}, State::kNew});
    }
  }

  std::vector<LibraryMember> Sort(Ordered ordered) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].state != State::kNew) continue;
      if (ordered == Ordered::kAll || !nodes_[i].member.is_function) SortFrom(i);
    }
    return std::move(order_);
  }

 private:
  enum class State { kNew, kOpen, kDone };
  struct Node {
    LibraryMember member;
    std::string_view name;
    const Expression* expression;
    std::vector<std::size_t> uses;
    State state;
  };

  // Without recursion: a library may be a long chain.
  void SortFrom(std::size_t root) {
    std::vector<std::pair<std::size_t, std::size_t>> path = {{root, 0}};  // node, next use
    Open(nodes_[root]);
    while (!path.empty()) {
      auto& [at, next] = path.back();
      Node& node = nodes_[at];
      if (next == node.uses.size()) {
        node.state = State::kDone;
        order_.push_back(node.member);
        path.pop_back();
        continue;
      }
      const std::size_t used = node.uses[next++];
      if (nodes_[used].state == State::kOpen) ReportCycle(path, used);
      if (nodes_[used].state != State::kNew) continue;
      Open(nodes_[used]);
      path.emplace_back(used, 0);
    }
  }

  void ReportCycle(const std::vector<std::pair<std::size_t, std::size_t>>& path,
                   std::size_t begin) {
    std::string way;
    bool inside = false;
    for (const auto& [node, next] : path) {
      inside |= node == begin;
      if (inside) way.append("`").append(nodes_[node].name).append("` uses ");
    }
    way.append("`").append(nodes_[begin].name).append("`");
    diagnostics_.push_back({&kCycle,
                            nodes_[begin].expression->range,
                            {std::string(nodes_[begin].name), std::move(way)},
                            {}});
  }

  void Open(Node& node) {
    node.state = State::kOpen;
    const cel::ParseResult parsed = cel::Parse(node.expression->text, Limits{});
    for (std::uint32_t i = 0; i < parsed.tree.size(); ++i) {
      const auto id = static_cast<cel::NodeId>(i);
      if (const auto* call = parsed.tree.As<cel::Call>(id); call != nullptr && !call->receiver) {
        AddUse(node, functions_, call->name.text);
      }
      const auto* select = parsed.tree.As<cel::Select>(id);
      if (select == nullptr) continue;
      const auto* ident = parsed.tree.As<cel::Ident>(select->operand);
      if (ident != nullptr && ident->name == kVariables) {
        AddUse(node, variables_, select->field.text);
      }
    }
  }

  static void AddUse(Node& node, const std::map<std::string_view, std::size_t>& members,
                     std::string_view name) {
    if (const auto found = members.find(name); found != members.end()) {
      node.uses.push_back(found->second);
    }
  }

  std::vector<Diagnostic>& diagnostics_;
  std::vector<Node> nodes_;
  std::map<std::string_view, std::size_t> functions_;
  std::map<std::string_view, std::size_t> variables_;
  std::vector<LibraryMember> order_;
};

}  // namespace

std::vector<LibraryMember> OrderLibrary(const Definitions& definitions, Ordered ordered,
                                        std::vector<Diagnostic>& diagnostics) {
  return LibrarySorter(definitions, diagnostics).Sort(ordered);
}

}  // namespace restorable::policy
