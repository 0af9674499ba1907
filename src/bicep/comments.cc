#include "bicep/comments.h"

#include <variant>

namespace restorable::bicep {
namespace {

std::vector<Range> ItemRanges(const Tree& tree) {
  std::vector<Range> ranges;
  for (std::size_t i = 0; i < tree.statement_count(); ++i) {
    ranges.push_back(tree[static_cast<StatementId>(i)].range);
  }
  for (std::size_t i = 0; i < tree.node_count(); ++i) {
    const Expression& expression = tree[static_cast<NodeId>(i)].expression;
    if (const auto* const array = std::get_if<Array>(&expression)) {
      for (const NodeId item : tree[array->items]) ranges.push_back(tree[item].range);
    }
    const auto* const object = std::get_if<Object>(&expression);
    if (object == nullptr) continue;
    const std::span<const NodeId> items = tree[object->items];
    for (std::size_t k = 0; k + 1 < items.size(); k += 2) {
      const Range key = tree[items[k]].range;
      ranges.push_back(items[k + 1] == NodeId::kNone ? key : key.To(tree[items[k + 1]].range));
    }
  }
  SortItems(ranges);
  return ranges;
}

}  // namespace

std::vector<MarkedComment> FindMarkedComments(const SourceFile& file, const Tree& tree,
                                              std::string_view marker) {
  if (file.text().find(marker) == std::string_view::npos) return {};
  return restorable::FindMarkedComments(file, tree.comments(), ItemRanges(tree), marker);
}

}  // namespace restorable::bicep
