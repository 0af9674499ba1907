#include "hcl/tree.h"

#include <algorithm>

namespace restorable::hcl {
namespace {

std::uint32_t Count(std::size_t size) { return static_cast<std::uint32_t>(size); }

}  // namespace

std::span<const Argument> Tree::Arguments(BodyId body) const {
  const Body& b = (*this)[body];
  return std::span(arguments_).subspan(b.first_argument, b.argument_count);
}

std::span<const Block> Tree::Blocks(BodyId body) const {
  const Body& b = (*this)[body];
  return std::span(blocks_).subspan(b.first_block, b.block_count);
}

std::span<const Label> Tree::Labels(const Block& block) const {
  return std::span(labels_).subspan(block.first_label, block.label_count);
}

const Argument* Tree::FindArgument(BodyId body, std::string_view name) const {
  const std::span<const Argument> arguments = Arguments(body);
  const auto found = std::find_if(arguments.rbegin(), arguments.rend(),
                                  [&](const Argument& a) { return a.name.text == name; });
  return found == arguments.rend() ? nullptr : &*found;
}

NameId Tree::Add(const Name& name) {
  names_.push_back(name);
  return static_cast<NameId>(names_.size() - 1);
}

NodeList Tree::Add(std::span<const NodeId> children) {
  const NodeList list{Count(children_.size()), Count(children.size())};
  children_.insert(children_.end(), children.begin(), children.end());
  return list;
}

BodyId Tree::Add(Range range, std::span<const Argument> arguments, std::span<const Block> blocks) {
  bodies_.push_back({.range = range,
                     .first_argument = Count(arguments_.size()),
                     .argument_count = Count(arguments.size()),
                     .first_block = Count(blocks_.size()),
                     .block_count = Count(blocks.size())});
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  blocks_.insert(blocks_.end(), blocks.begin(), blocks.end());
  return static_cast<BodyId>(bodies_.size() - 1);
}

void Tree::AddLabels(Block& block, std::span<const Label> labels) {
  block.first_label = Count(labels_.size());
  block.label_count = Count(labels.size());
  labels_.insert(labels_.end(), labels.begin(), labels.end());
}

}  // namespace restorable::hcl
