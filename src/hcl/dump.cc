#include "hcl/dump.h"

#include <string_view>
#include <utility>

#include "base/overloaded.h"
#include "value/json.h"

namespace restorable::hcl {
namespace {

constexpr std::string_view kUnaryNames[] = {"!", "-"};
constexpr std::string_view kBinaryNames[] = {"||", "&&", "==", "!=", "<", "<=", ">",
                                             ">=", "+",  "-",  "*",  "/", "%"};

class Dumper {
 public:
  Dumper(const SourceFile& file, const Tree& tree) : file_(file), tree_(tree) {}

  void DumpBody(BodyId body);
  void DumpNode(std::string_view role, NodeId id);
  [[nodiscard]] std::string Take() { return std::move(out_); }

 private:
  void Line(std::string_view role, std::string_view text, Range range);
  void Children(NodeList list);
  [[nodiscard]] std::string NameOf(NameId name) const;

  const SourceFile& file_;
  const Tree& tree_;
  std::string out_;
  std::size_t depth_ = 0;
};

void Dumper::Line(std::string_view role, std::string_view text, Range range) {
  const Position begin = file_.PositionAt(range.begin);
  const Position end = file_.PositionAt(range.end);
  out_.append(2 * depth_, ' ');
  if (!role.empty()) out_.append(role).append(": ");
  out_.append(text).append(" @").append(std::to_string(begin.line)).append(":");
  out_.append(std::to_string(begin.column)).append("-");
  if (end.line != begin.line) out_.append(std::to_string(end.line)).append(":");
  out_.append(std::to_string(end.column)).append("\n");
}

std::string Dumper::NameOf(NameId name) const { return std::string(tree_[name].text); }

void Dumper::DumpBody(BodyId body) {
  const std::span<const Argument> arguments = tree_.Arguments(body);
  const std::span<const Block> blocks = tree_.Blocks(body);
  // In the order of the text.
  for (std::size_t a = 0, b = 0; a < arguments.size() || b < blocks.size();) {
    const bool argument_next =
        b == blocks.size() ||
        (a < arguments.size() && arguments[a].range.begin < blocks[b].range.begin);
    if (argument_next) {
      const Argument& argument = arguments[a++];
      Line("argument", argument.name.text, argument.range);
      ++depth_;
      DumpNode("", argument.value);
      --depth_;
      continue;
    }
    const Block& block = blocks[b++];
    std::string header(block.type.text);
    for (const Label& label : tree_.Labels(block)) {
      header += ' ';
      AppendJsonString(header, label.text);
    }
    Line("block", header, block.range);
    ++depth_;
    DumpBody(block.body);
    --depth_;
  }
}

void Dumper::Children(NodeList list) {
  for (const NodeId child : tree_[list]) DumpNode("", child);
}

void Dumper::DumpNode(std::string_view role, NodeId id) {
  if (id == NodeId::kNone) return;
  const Node& node = tree_[id];
  const auto line = [&](const std::string& text) {
    Line(role, text, node.range);
    ++depth_;
  };
  std::visit(Overloaded{
                 [&](const Missing&) { line("missing"); },
                 [&](const Literal& literal) { line(ToJson(literal.value)); },
                 [&](const Variable& variable) { line("variable " + NameOf(variable.name)); },
                 [&](const Attribute& attribute) {
                   line("attribute " + NameOf(attribute.name));
                   DumpNode("", attribute.object);
                 },
                 [&](const Index& index) {
                   line(index.legacy ? "legacy index" : "index");
                   DumpNode("", index.collection);
                   DumpNode("key", index.key);
                 },
                 [&](const Splat& splat) {
                   line(splat.full ? "splat [*]" : "splat .*");
                   DumpNode("", splat.source);
                   DumpNode("each", splat.each);
                 },
                 [&](const SplatItem&) { line("item"); },
                 [&](const Call& call) {
                   line("call " + NameOf(call.name) + (call.expand_last ? " ..." : ""));
                   Children(call.arguments);
                 },
                 [&](const Unary& unary) {
                   line("unary " + std::string(kUnaryNames[static_cast<std::size_t>(unary.op)]));
                   DumpNode("", unary.operand);
                 },
                 [&](const Binary& binary) {
                   line("binary " + std::string(kBinaryNames[static_cast<std::size_t>(binary.op)]));
                   DumpNode("", binary.lhs);
                   DumpNode("", binary.rhs);
                 },
                 [&](const Conditional& conditional) {
                   line("conditional");
                   DumpNode("if", conditional.condition);
                   DumpNode("then", conditional.if_true);
                   DumpNode("else", conditional.if_false);
                 },
                 [&](const Tuple& tuple) {
                   line("tuple");
                   Children(tuple.items);
                 },
                 [&](const Object& object) {
                   line("object");
                   const std::span<const NodeId> items = tree_[object.items];
                   for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
                     DumpNode("key", items[i]);
                     DumpNode("value", items[i + 1]);
                   }
                 },
                 [&](const ReferenceKey& key) {
                   line("reference key");
                   DumpNode("", key.reference);
                 },
                 [&](const For& loop) {
                   const bool keyed = loop.key_name != NameId::kNone;
                   line("for " + (keyed ? NameOf(loop.key_name) + ", " : "") +
                        NameOf(loop.value_name) + (loop.group ? " ..." : ""));
                   DumpNode("in", loop.collection);
                   DumpNode("key", loop.key);
                   DumpNode("value", loop.value);
                   DumpNode("if", loop.condition);
                 },
                 [&](const Template& parts) {
                   line("template");
                   Children(parts.parts);
                 },
                 [&](const Wrap& wrap) {
                   line("wrap");
                   DumpNode("", wrap.expression);
                 },
                 [&](const TemplateIf& directive) {
                   line("template if");
                   DumpNode("if", directive.condition);
                   DumpNode("then", directive.if_true);
                   DumpNode("else", directive.if_false);
                 },
                 [&](const TemplateFor& directive) {
                   const bool keyed = directive.key_name != NameId::kNone;
                   line("template for " + (keyed ? NameOf(directive.key_name) + ", " : "") +
                        NameOf(directive.value_name));
                   DumpNode("in", directive.collection);
                   DumpNode("each", directive.body);
                 },
             },
             node.expression);
  --depth_;
}

}  // namespace

std::string Dump(const SourceFile& file, const Tree& tree) {
  Dumper dumper(file, tree);
  dumper.DumpBody(tree.root());
  return dumper.Take();
}

std::string DumpExpression(const SourceFile& file, const Tree& tree, NodeId node) {
  Dumper dumper(file, tree);
  dumper.DumpNode("", node);
  return dumper.Take();
}

}  // namespace restorable::hcl
