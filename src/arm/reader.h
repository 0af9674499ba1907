#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "arm/parse_expression.h"
#include "arm/template.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/value.h"

// The parts of the reader of ARM JSON. Not for other layers.
namespace restorable::arm {

// The value of a key in any case; nullptr when there is none, and on what is no map.
[[nodiscard]] const MapEntry* FindIgnoringCase(Value map, std::string_view key);

class Reader {
 public:
  // `file` is nullptr for values that were computed.
  Reader(const SourceFile* file, std::string_view path, std::shared_ptr<Tree> tree,
         const Limits& limits, std::vector<Diagnostic>& diagnostics)
      : file_(file),
        path_(path),
        tree_(std::move(tree)),
        limits_(limits),
        diagnostics_(diagnostics) {}

  void ReadTemplate(Value root, Template& made);
  void ReadArguments(Value root, Template& made);

 private:
  // read.cc
  void ReadHeader(Value root, Template& made);
  void ReadParameters(Value section, Template& made);
  void ReadVariables(Value section, Template& made);
  void ReadFunctions(Value section, Template& made);
  void ReadFunction(std::string_view name_space, const MapEntry& member, Template& made);
  void ReadOutputs(Value section, Template& made);
  void ReadExtensions(Value section, Template& made);

  // read_type.cc
  TypeId ReadType(Value schema);
  void ReadConstraints(Value schema, Type& type);

  // read_resource.cc
  void ReadResources(Value section, std::optional<std::uint32_t> within, Template& made);
  void ReadResource(Value written, const Name& symbol, std::optional<std::uint32_t> within,
                    Template& made);
  [[nodiscard]] std::optional<Loop> ReadLoop(Value copy);
  void ReadModule(Value properties, Resource& resource);
  [[nodiscard]] bool IsModule(Value written) const;

  // read_value.cc
  // A JSON value as an expression. What holds no expression is one Literal, whatever its size.
  NodeId ReadValue(Value value);
  NodeId ReadValue(Value map, std::string_view key);  // kNone where there is none
  // Nothing if the value is constant.
  std::optional<NodeId> ReadOpen(Value value);
  std::optional<NodeId> ReadOpenString(Value value);
  std::optional<NodeId> ReadOpenList(Value value);
  std::optional<NodeId> ReadOpenMap(Value value);
  bool ReadCopies(Value copies, std::vector<NodeId>& items);
  NodeId ReadFor(Value copy);
  NodeId AddLiteral(Value value) { return tree_->Add(value.range(), Literal{value}); }
  // An object of those entries that `left_out` does not name.
  NodeId ReadObjectWithout(Value map, std::span<const std::string_view> left_out);
  [[nodiscard]] NodeId AddName(Value text) { return ReadValue(text); }

  [[nodiscard]] Name NameOf(Value text) const { return {text.AsString(), text.range()}; }
  // Whether a value is a map or a list; reports it if it is not.
  bool Expect(Kind kind, Value value, std::string_view what);
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> arguments);

  const SourceFile* file_;
  std::string_view path_;
  std::shared_ptr<Tree> tree_;
  const Limits& limits_;
  std::vector<Diagnostic>& diagnostics_;
  const std::vector<Name>* function_parameters_ = nullptr;
};

}  // namespace restorable::arm
