#include "terraform/type_expression.h"

#include <algorithm>
#include <string>
#include <utility>

#include "terraform/diagnostics.h"
#include "terraform/evaluate.h"

namespace restorable::terraform {
namespace {

struct TypeName {
  std::string_view word;
  TypeKind kind;
};
constexpr TypeName kNames[] = {
    {"any", TypeKind::kAny},       {"bool", TypeKind::kBool},     {"list", TypeKind::kList},
    {"map", TypeKind::kMap},       {"number", TypeKind::kNumber}, {"set", TypeKind::kSet},
    {"string", TypeKind::kString},
};

class TypeReader {
 public:
  TypeReader(Context& context, const hcl::Tree& tree) : context_(context), tree_(tree) {}

  std::optional<Type> Read(hcl::NodeId id);

 private:
  std::optional<Type> Fail(hcl::NodeId id, std::string_view what);
  std::optional<Type> ReadWord(hcl::NodeId id, std::string_view word);
  std::optional<Type> ReadCall(hcl::NodeId id, const hcl::Call& call);
  std::optional<Type> ReadTuple(hcl::NodeId id, const hcl::Tuple& tuple);
  std::optional<Type> ReadObject(hcl::NodeId id, const hcl::Object& object);
  std::optional<Type> ReadMember(hcl::NodeId id, Type::Member& member);

  Context& context_;
  const hcl::Tree& tree_;
};

std::optional<Type> TypeReader::Fail(hcl::NodeId id, std::string_view what) {
  context_.diagnostics.push_back(
      {.kind = &kType, .range = tree_[id].range, .args = {std::string(what)}, .notes = {}});
  return std::nullopt;
}

std::optional<Type> TypeReader::Read(hcl::NodeId id) {
  const hcl::Expression& expression = tree_[id].expression;
  if (const auto* const variable = std::get_if<hcl::Variable>(&expression)) {
    return ReadWord(id, tree_[variable->name].text);
  }
  if (const auto* const literal = std::get_if<hcl::Literal>(&expression)) {
    return literal->value.IsString() ? ReadWord(id, literal->value.AsString())
                                     : Fail(id, "this literal");
  }
  if (const auto* const wrap = std::get_if<hcl::Wrap>(&expression)) return Read(wrap->expression);
  if (const auto* const call = std::get_if<hcl::Call>(&expression)) return ReadCall(id, *call);
  return Fail(id, "this expression");
}

std::optional<Type> TypeReader::ReadWord(hcl::NodeId id, std::string_view word) {
  const auto* const row = std::ranges::find(kNames, word, &TypeName::word);
  return row == std::end(kNames) ? Fail(id, word) : Type{.kind = row->kind};
}

std::optional<Type> TypeReader::ReadCall(hcl::NodeId id, const hcl::Call& call) {
  const std::string_view name = tree_[call.name].text;
  const std::span<const hcl::NodeId> arguments = tree_[call.arguments];
  if (arguments.size() != 1) return Fail(id, name);
  const hcl::Expression& argument = tree_[arguments[0]].expression;
  if (const auto* const object = std::get_if<hcl::Object>(&argument); name == "object" && object) {
    return ReadObject(id, *object);
  }
  if (const auto* const tuple = std::get_if<hcl::Tuple>(&argument); name == "tuple" && tuple) {
    return ReadTuple(id, *tuple);
  }
  if (name != "list" && name != "map" && name != "set") return Fail(id, name);
  std::optional<Type> element = Read(arguments[0]);
  if (!element.has_value()) return std::nullopt;
  Type type = *ReadWord(id, name);
  type.items.push_back(*std::move(element));
  return type;
}

std::optional<Type> TypeReader::ReadTuple(hcl::NodeId, const hcl::Tuple& tuple) {
  Type type{.kind = TypeKind::kTuple};
  for (const hcl::NodeId item : tree_[tuple.items]) {
    std::optional<Type> element = Read(item);
    if (!element.has_value()) return std::nullopt;
    type.items.push_back(*std::move(element));
  }
  return type;
}

std::optional<Type> TypeReader::ReadObject(hcl::NodeId id, const hcl::Object& object) {
  Type type{.kind = TypeKind::kObject};
  const std::span<const hcl::NodeId> items = tree_[object.items];
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const auto* const key = std::get_if<hcl::Literal>(&tree_[items[i]].expression);
    if (key == nullptr || !key->value.IsString()) return Fail(id, "this key");
    Type::Member member{.name = context_.arena.Copy(key->value.AsString())};
    std::optional<Type> item = ReadMember(items[i + 1], member);
    if (!item.has_value()) return std::nullopt;
    type.items.push_back(*std::move(item));
    type.members.push_back(member);
  }
  return type;
}

std::optional<Type> TypeReader::ReadMember(hcl::NodeId id, Type::Member& member) {
  const auto* const call = std::get_if<hcl::Call>(&tree_[id].expression);
  if (call == nullptr || tree_[call->name].text != "optional") return Read(id);
  const std::span<const hcl::NodeId> arguments = tree_[call->arguments];
  if (arguments.empty() || arguments.size() > 2) return Fail(id, "optional");
  member.optional = true;
  std::optional<Type> type = Read(arguments[0]);
  if (!type.has_value() || arguments.size() == 1) return type;
  const Value fallback = Evaluate(context_, tree_, arguments[1], nullptr);
  const Value converted = Convert(context_, fallback, *type);
  if (converted.IsError()) return Fail(id, "this default");
  member.fallback = converted;
  return type;
}

}  // namespace

std::optional<Type> ReadType(Context& context, const hcl::Tree& tree, hcl::NodeId node) {
  return TypeReader(context, tree).Read(node);
}

}  // namespace restorable::terraform
