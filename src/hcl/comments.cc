#include "hcl/comments.h"

namespace restorable::hcl {
namespace {

// The arguments and blocks of all bodies, an outer one before those in it.
std::vector<Range> ItemRanges(const Tree& tree) {
  std::vector<Range> ranges;
  std::vector<BodyId> bodies{tree.root()};
  while (!bodies.empty()) {
    const BodyId body = bodies.back();
    bodies.pop_back();
    for (const Argument& argument : tree.Arguments(body)) ranges.push_back(argument.range);
    for (const Block& block : tree.Blocks(body)) {
      ranges.push_back(block.range);
      bodies.push_back(block.body);
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

}  // namespace restorable::hcl
