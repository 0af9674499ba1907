#include "bicep/dump.h"

#include <string_view>
#include <utility>

#include "base/overloaded.h"
#include "value/json.h"

namespace restorable::bicep {
namespace {

constexpr std::string_view kUnaryNames[] = {"!", "-", "+"};
constexpr std::string_view kBinaryNames[] = {"??", "||", "&&", "==", "!=", "=~", "!~", "<",
                                             "<=", ">",  ">=", "+",  "-",  "*",  "/",  "%"};

class Dumper {
 public:
  Dumper(const SourceFile& file, const Tree& tree) : file_(file), tree_(tree) {}

  void DumpStatement(StatementId id);
  [[nodiscard]] std::string Take() { return std::move(out_); }

 private:
  // The lines below the one last written, until the end of the scope.
  class Below {
   public:
    explicit Below(Dumper& dumper) : dumper_(dumper) { ++dumper_.depth_; }
    ~Below() { --dumper_.depth_; }
    Below(const Below&) = delete;
    Below& operator=(const Below&) = delete;

   private:
    Dumper& dumper_;
  };

  void Line(std::string_view role, std::string_view text, Range range);
  void DumpKind(const StatementKind& kind, Range range);
  void DumpNode(std::string_view role, NodeId id);
  void DumpType(std::string_view role, TypeId id);
  void Nodes(List<NodeId> list);
  void Decorators(List<Decorator> list);
  void Members(List<TypeMember> list);
  void Named(std::string_view word, const Name& name, Range range) {
    Line("", std::string(word) + " " + std::string(name.text), range);
  }
  [[nodiscard]] std::string NameOf(NameId name) const { return std::string(tree_[name].text); }

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

void Dumper::DumpStatement(StatementId id) {
  const Statement& statement = tree_[id];
  Decorators(statement.decorators);
  DumpKind(statement.kind, statement.range);
}

void Dumper::Decorators(List<Decorator> list) {
  for (const Decorator& decorator : tree_[list]) {
    Line("", "@" + std::string(decorator.name.text), decorator.range);
    const Below below(*this);
    Nodes(decorator.arguments);
  }
}

void Dumper::DumpKind(const StatementKind& kind, Range range) {
  std::visit(Overloaded{
                 [&](const TargetScope& scope) {
                   Line("", "target scope", range);
                   const Below below(*this);
                   DumpNode("", scope.value);
                 },
                 [&](const Metadata& metadata) {
                   Named("metadata", metadata.name, range);
                   const Below below(*this);
                   DumpNode("", metadata.value);
                 },
                 [&](const Parameter& parameter) {
                   Named("parameter", parameter.name, range);
                   const Below below(*this);
                   DumpType("type", parameter.type);
                   DumpNode("default", parameter.default_value);
                 },
                 [&](const ParameterValue& value) {
                   Named("parameter value", value.name, range);
                   const Below below(*this);
                   DumpNode("", value.value);
                 },
                 [&](const VariableDeclaration& variable) {
                   Named("variable", variable.name, range);
                   const Below below(*this);
                   DumpType("type", variable.type);
                   DumpNode("", variable.value);
                 },
                 [&](const TypeDeclaration& declaration) {
                   Named("type", declaration.name, range);
                   const Below below(*this);
                   DumpType("", declaration.type);
                 },
                 [&](const Function& function) {
                   Named("function", function.name, range);
                   const Below below(*this);
                   for (const TypedName& parameter : tree_[function.parameters]) {
                     DumpType(parameter.name.text, parameter.type);
                   }
                   DumpType("gives", function.result);
                   DumpNode("", function.body);
                 },
                 [&](const Resource& resource) {
                   Named(resource.existing ? "existing resource" : "resource", resource.name,
                         range);
                   const Below below(*this);
                   DumpNode("type", resource.type);
                   DumpNode("", resource.body);
                 },
                 [&](const Module& module) {
                   Named("module", module.name, range);
                   const Below below(*this);
                   DumpNode("path", module.path);
                   DumpNode("", module.body);
                 },
                 [&](const Output& output) {
                   Named("output", output.name, range);
                   const Below below(*this);
                   DumpType("type", output.type);
                   DumpNode("", output.value);
                 },
                 [&](const Import& import) {
                   Named("import", import.all, range);
                   const Below below(*this);
                   for (const ImportedName& name : tree_[import.names]) {
                     Named(name.name.text, name.alias, name.name.range.To(name.alias.range));
                   }
                   DumpNode("from", import.from);
                 },
                 [&](const Extension& extension) {
                   Named("extension", extension.name, range);
                   const Below below(*this);
                   DumpNode("of", extension.specification);
                   DumpNode("with", extension.configuration);
                 },
                 [&](const ExtensionValues& values) {
                   Named("values of extension", values.name, range);
                   const Below below(*this);
                   DumpNode("with", values.configuration);
                 },
                 [&](const Assertion& assertion) {
                   Named("assertion", assertion.name, range);
                   const Below below(*this);
                   DumpNode("", assertion.value);
                 },
                 [&](const Test& test) {
                   Named("test", test.name, range);
                   const Below below(*this);
                   DumpNode("path", test.path);
                   DumpNode("", test.body);
                 },
                 [&](const Using& statement) {
                   Line("", statement.path == NodeId::kNone ? "using none" : "using", range);
                   const Below below(*this);
                   DumpNode("", statement.path);
                   DumpNode("with", statement.configuration);
                 },
                 [&](const Extends& extends) {
                   Line("", "extends", range);
                   const Below below(*this);
                   DumpNode("", extends.path);
                 },
             },
             kind);
}

void Dumper::Nodes(List<NodeId> list) {
  for (const NodeId child : tree_[list]) DumpNode("", child);
}

void Dumper::DumpNode(std::string_view role, NodeId id) {
  if (id == NodeId::kNone) return;
  const Node& node = tree_[id];
  const auto line = [&](const std::string& text) {
    Line(role, text, node.range);
    return Below(*this);
  };
  std::visit(
      Overloaded{
          [&](const Missing&) { Line(role, "missing", node.range); },
          [&](const Literal& literal) { Line(role, ToJson(literal.value), node.range); },
          [&](const Text& text) {
            const Below below = line("text");
            Nodes(text.parts);
          },
          [&](const Variable& variable) {
            Line(role, "variable " + NameOf(variable.name), node.range);
          },
          [&](const Call& call) {
            const Below below = line("call " + NameOf(call.name));
            Nodes(call.arguments);
          },
          [&](const MethodCall& call) {
            const Below below = line("call ." + NameOf(call.name));
            DumpNode("of", call.object);
            Nodes(call.arguments);
          },
          [&](const Property& property) {
            const Below below =
                line((property.safe ? "property .?" : "property .") + NameOf(property.name));
            DumpNode("", property.object);
          },
          [&](const Index& index) {
            const Below below = line(std::string("index [") + (index.safe ? "?" : "") +
                                     (index.from_end ? "^" : "") + "]");
            DumpNode("", index.collection);
            DumpNode("at", index.index);
          },
          [&](const NestedResource& nested) {
            const Below below = line("nested ::" + NameOf(nested.name));
            DumpNode("", nested.resource);
          },
          [&](const NonNull& assertion) {
            const Below below = line("not null");
            DumpNode("", assertion.operand);
          },
          [&](const Parenthesis& parenthesis) {
            const Below below = line("parenthesis");
            DumpNode("", parenthesis.operand);
          },
          [&](const Unary& unary) {
            const Below below =
                line("unary " + std::string(kUnaryNames[static_cast<std::size_t>(unary.op)]));
            DumpNode("", unary.operand);
          },
          [&](const Binary& binary) {
            const Below below =
                line("binary " + std::string(kBinaryNames[static_cast<std::size_t>(binary.op)]));
            DumpNode("", binary.lhs);
            DumpNode("", binary.rhs);
          },
          [&](const Conditional& conditional) {
            const Below below = line("conditional");
            DumpNode("if", conditional.condition);
            DumpNode("then", conditional.if_true);
            DumpNode("else", conditional.if_false);
          },
          [&](const Lambda& lambda) {
            std::string head = "lambda";
            for (const Name& name : tree_[lambda.parameters]) head += " " + std::string(name.text);
            const Below below = line(head);
            DumpNode("", lambda.body);
          },
          [&](const Array& array) {
            const Below below = line("array");
            Nodes(array.items);
          },
          [&](const Object& object) {
            const Below below = line("object");
            const std::span<const NodeId> items = tree_[object.items];
            for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
              DumpNode(items[i + 1] == NodeId::kNone ? "" : "key", items[i]);
              DumpNode("value", items[i + 1]);
            }
          },
          [&](const Spread& spread) {
            const Below below = line("spread");
            DumpNode("", spread.operand);
          },
          [&](const Declaration& declaration) { DumpStatement(declaration.statement); },
          [&](const For& loop) {
            std::string head = "for";
            for (const NameId name : {loop.item, loop.index}) {
              if (name != NameId::kNone) head += " " + NameOf(name);
            }
            const Below below = line(head);
            DumpNode("in", loop.collection);
            DumpNode("", loop.body);
          },
          [&](const If& condition) {
            const Below below = line("if");
            DumpNode("", condition.condition);
            DumpNode("then", condition.body);
          },
      },
      node.expression);
}

void Dumper::Members(List<TypeMember> list) {
  for (const TypeMember& member : tree_[list]) {
    switch (member.kind) {
      case TypeMember::Kind::kProperty:
        Named("property", member.name, member.range);
        break;
      case TypeMember::Kind::kRest:
        Line("", "property *", member.range);
        break;
      case TypeMember::Kind::kItem:
        Line("", "item", member.range);
        break;
    }
    const Below below(*this);
    Decorators(member.decorators);
    DumpType("", member.type);
  }
}

void Dumper::DumpType(std::string_view role, TypeId id) {
  if (id == TypeId::kNone) return;
  const TypeNode& node = tree_[id];
  const auto line = [&](const std::string& text) {
    Line(role, text, node.range);
    return Below(*this);
  };
  std::visit(Overloaded{
                 [&](const MissingType&) { Line(role, "missing type", node.range); },
                 [&](const TypeName& name) { Line(role, NameOf(name.name), node.range); },
                 [&](const LiteralType& literal) {
                   const Below below = line("literal type");
                   DumpNode("", literal.value);
                 },
                 [&](const GenericType& generic) {
                   const Below below = line(NameOf(generic.name) + "<>");
                   for (const TypeId argument : tree_[generic.arguments]) DumpType("", argument);
                 },
                 [&](const ResourceType& resource) {
                   const Below below = line("resource");
                   DumpNode("", resource.type);
                 },
                 [&](const PropertyType& property) {
                   const Below below = line("type ." + NameOf(property.name));
                   DumpType("", property.type);
                 },
                 [&](const ElementType& element) {
                   constexpr std::string_view kWords[] = {"[*]", ".*", "[]"};
                   const Below below =
                       line("type " + std::string(kWords[static_cast<std::size_t>(element.kind)]));
                   DumpType("", element.type);
                   DumpNode("at", element.index);
                 },
                 [&](const ArrayType& array) {
                   const Below below = line("array of");
                   DumpType("", array.items);
                 },
                 [&](const NullableType& nullable) {
                   const Below below = line("nullable");
                   DumpType("", nullable.type);
                 },
                 [&](const NonNullType& type) {
                   const Below below = line("not null");
                   DumpType("", type.type);
                 },
                 [&](const UnionType& type) {
                   const Below below = line("union");
                   for (const TypeId member : tree_[type.members]) DumpType("", member);
                 },
                 [&](const ObjectType& object) {
                   const Below below = line("object type");
                   Members(object.members);
                 },
                 [&](const TupleType& tuple) {
                   const Below below = line("tuple");
                   Members(tuple.members);
                 },
             },
             node.type);
}

}  // namespace

std::string Dump(const SourceFile& file, const Tree& tree) {
  Dumper dumper(file, tree);
  for (const StatementId id : tree.statements()) dumper.DumpStatement(id);
  return dumper.Take();
}

}  // namespace restorable::bicep
