#include "cel/print.h"

#include <fmt/format.h>

#include "cel/lex.h"

namespace restorable::cel {
namespace {

// How tightly what was printed binds; the levels of binary operators are between the two groups.
constexpr int kPrimary = 1;
constexpr int kUnary = 2;
constexpr int kAnd = 6;
constexpr int kOr = 7;
constexpr int kConditional = 8;

bool IsPlainName(std::string_view name) {
  if (name.empty() || name == "true" || name == "false" || name == "null" || name == "in") {
    return false;
  }
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
  };
  if (name[0] >= '0' && name[0] <= '9') return false;
  for (const char c : name) {
    if (!is_part(c)) return false;
  }
  return true;
}

std::string PrintBytes(std::string_view octets) {
  std::string out = "b'";
  for (const char c : octets) {
    if (c == '\'' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c >= 0x20 && c < 0x7F) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out + "'";
}

std::string PrintDouble(double value) {
  std::string out = fmt::format("{}", value);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string PrintLiteral(Value value) {
  switch (value.kind()) {
    case Kind::kBool:
      return value.AsBool() ? "true" : "false";
    case Kind::kInt:
      return fmt::to_string(value.AsInt());
    case Kind::kUint:
      return fmt::to_string(value.AsUint()) + "u";
    case Kind::kDouble:
      return PrintDouble(value.AsDouble());
    case Kind::kString:
      return PrintString(value.AsString());
    case Kind::kBytes:
      return PrintBytes(value.AsBytes());
    default:
      return "null";
  }
}

class Printer {
 public:
  explicit Printer(const Tree& tree) : tree_(tree) {}

  // In parentheses if it binds less tightly than `level`.
  void Print(NodeId id, int level) {
    const bool parentheses = LevelOf(id) > level;
    if (parentheses) out_ += '(';
    std::visit([&](const auto& node) { PrintNode(node); }, tree_[id].expr);
    if (parentheses) out_ += ')';
  }

  std::string Take() { return std::move(out_); }

 private:
  [[nodiscard]] int LevelOf(NodeId id) const {
    const auto& expr = tree_[id].expr;
    if (std::holds_alternative<Unary>(expr)) return kUnary;
    if (const Chain* chain = std::get_if<Chain>(&expr)) {
      return Info(tree_[chain->rest][0].op).level;
    }
    if (const Logic* logic = std::get_if<Logic>(&expr)) {
      return logic->op == LogicOp::kAnd ? kAnd : kOr;
    }
    return std::holds_alternative<Conditional>(expr) ? kConditional : kPrimary;
  }

  void PrintNode(const Missing&) { out_ += "_"; }
  void PrintNode(const Literal& node) { out_ += PrintLiteral(node.value); }
  void PrintNode(const Ident& node) {
    if (node.root) out_ += '.';
    out_ += node.name;
  }
  void PrintNode(const Select& node) {
    Print(node.operand, kPrimary);
    PrintField(node.field.text, node.optional);
  }
  void PrintNode(const Has& node) {
    out_ += "has(";
    Print(node.operand, kPrimary);
    PrintField(node.field.text, false);
    out_ += ')';
  }
  void PrintNode(const Index& node) {
    Print(node.operand, kPrimary);
    out_ += node.optional ? "[?" : "[";
    Print(node.index, kConditional);
    out_ += ']';
  }
  void PrintNode(const Call& node) {
    if (node.receiver) Print(*node.receiver, kPrimary);
    if (node.receiver || node.root) out_ += '.';
    Open(node.name.text);
    for (const NodeId argument : tree_[node.arguments]) Argument(argument);
    out_ += ')';
  }

  void PrintNode(const Unary& node) {
    const char op = node.op == UnaryOp::kNot ? '!' : '-';
    out_ += op;
    const std::size_t begin = out_.size();
    const Unary* inner = tree_.As<Unary>(node.operand);
    Print(node.operand, inner != nullptr && inner->op == node.op ? kUnary : kPrimary);
    // A minus before a number would become part of it; another operator may not follow `!`.
    const char first = out_[begin];
    const bool merges = op == '-' ? first >= '0' && first <= '9' : first == '-';
    if (!merges) return;
    out_.insert(begin, "(");
    out_ += ')';
  }

  void PrintNode(const Chain& node) {
    const int level = Info(tree_[node.rest][0].op).level;
    Print(node.first, level - 1);
    for (const Link& link : tree_[node.rest]) {
      out_.append(" ").append(Info(link.op).text).append(" ");
      Print(link.operand, level - 1);
    }
  }
  void PrintNode(const Logic& node) {
    const bool is_and = node.op == LogicOp::kAnd;
    bool first = true;
    for (const NodeId operand : tree_[node.operands]) {
      if (!first) out_ += is_and ? " && " : " || ";
      first = false;
      Print(operand, (is_and ? kAnd : kOr) - 1);
    }
  }
  void PrintNode(const Conditional& node) {
    Print(node.condition, kOr);
    out_ += " ? ";
    Print(node.then, kOr);
    out_ += " : ";
    Print(node.otherwise, kConditional);
  }

  void PrintNode(const ListLiteral& node) {
    out_ += '[';
    for (const Element& element : tree_[node.elements]) {
      Separate('[');
      if (element.optional) out_ += '?';
      Print(element.value, kConditional);
    }
    out_ += ']';
  }
  void PrintNode(const MapLiteral& node) {
    out_ += '{';
    for (const Entry& entry : tree_[node.entries]) {
      Separate('{');
      if (entry.optional) out_ += '?';
      Print(entry.key, kConditional);
      out_ += ": ";
      Print(entry.value, kConditional);
    }
    out_ += '}';
  }

  void PrintNode(const Comprehension& node) {
    Print(node.range, kPrimary);
    out_ += '.';
    Open(node.name);
    out_ += node.first.text;
    if (node.second) out_.append(", ").append(node.second->text);
    if (node.predicate) Argument(*node.predicate);
    if (node.transform) Argument(*node.transform);
    out_ += ')';
  }
  void PrintNode(const Bind& node) {
    out_ += "cel.";
    Open("bind");
    out_ += node.variable.text;
    Argument(node.init);
    Argument(node.body);
    out_ += ')';
  }
  void PrintNode(const OptionalMap& node) {
    Print(node.operand, kPrimary);
    out_ += '.';
    Open(node.flat ? "optFlatMap" : "optMap");
    out_ += node.variable.text;
    Argument(node.body);
    out_ += ')';
  }

  void PrintField(std::string_view field, bool optional) {
    out_ += optional ? ".?" : ".";
    if (IsPlainName(field)) {
      out_ += field;
    } else {
      out_.append("`").append(field).append("`");
    }
  }
  void Open(std::string_view name) { out_.append(name).append("("); }
  void Argument(NodeId id) {
    Separate('(');
    Print(id, kConditional);
  }
  // A comma, unless this is the first after the opening bracket.
  void Separate(char open) {
    if (out_.back() != open) out_ += ", ";
  }

  const Tree& tree_;
  std::string out_;
};

}  // namespace

std::string PrintString(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const char quote = has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + quote;
}

std::string Print(const Tree& tree) { return Print(tree, tree.root()); }

std::string Print(const Tree& tree, NodeId node) {
  Printer printer(tree);
  printer.Print(node, kConditional);
  return printer.Take();
}

}  // namespace restorable::cel
