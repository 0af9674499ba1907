// Bytes as a Bicep file, as a file of parameter values, and as what both of them import: nothing
// crashes or hangs, every range lies in its file, every child in its parent.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "arm/deploy.h"
#include "base/overloaded.h"
#include "base/source.h"
#include "bicep/comments.h"
#include "bicep/dump.h"
#include "bicep/library.h"
#include "bicep/parse.h"
#include "value/json.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

template <typename Id>
void CheckWithin(const bicep::Tree& tree, Range parent, Id child) {
  if (child != Id::kNone) Require(parent.Contains(tree[child].range));
}

void CheckTree(const SourceFile& file, const bicep::Tree& tree) {
  for (std::size_t i = 0; i < tree.node_count(); ++i) {
    const bicep::Node& node = tree[static_cast<bicep::NodeId>(i)];
    Require(file.WholeRange().Contains(node.range));
    if (const auto* const array = std::get_if<bicep::Array>(&node.expression)) {
      for (const bicep::NodeId item : tree[array->items]) CheckWithin(tree, node.range, item);
    }
    if (const auto* const object = std::get_if<bicep::Object>(&node.expression)) {
      for (const bicep::NodeId item : tree[object->items]) CheckWithin(tree, node.range, item);
    }
    if (const auto* const binary = std::get_if<bicep::Binary>(&node.expression)) {
      CheckWithin(tree, node.range, binary->lhs);
      CheckWithin(tree, node.range, binary->rhs);
    }
  }
  for (std::size_t i = 0; i < tree.statement_count(); ++i) {
    Require(file.WholeRange().Contains(tree[static_cast<bicep::StatementId>(i)].range));
  }
}

void CheckSyntax(const SourceFile& file, const Limits& limits) {
  const bicep::ParseResult parsed = bicep::Parse(file, bicep::DialectOf(file.path()), limits);
  CheckTree(file, parsed.tree);
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    Require(file.WholeRange().Contains(diagnostic.range));
    static_cast<void>(Message(diagnostic));
  }
  static_cast<void>(bicep::Dump(file, parsed.tree));
  for (const MarkedComment& found : bicep::FindMarkedComments(file, parsed.tree, "ignore")) {
    Require(file.WholeRange().Contains(found.scope));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.expression_depth = 60;
  limits.nesting = 40;
  limits.module_depth = 4;
  limits.evaluation_steps = 20'000;
  limits.document_nodes = 2'000;
  const std::string text(data, data + size);
  const SourceFile main(FileId{0}, "main.bicep", text);
  const SourceFile parameters(FileId{1}, "main.bicepparam", text);
  const SourceFile other(FileId{2}, "other.bicep", text);
  CheckSyntax(main, limits);
  CheckSyntax(parameters, limits);

  const bicep::Files files{.read = [&](std::string_view path) -> const SourceFile* {
                             for (const SourceFile* const file : {&main, &parameters, &other}) {
                               if (file->path() == path) return file;
                             }
                             return nullptr;
                           },
                           .list = nullptr};
  bicep::Library library(files, limits);
  const arm::Inputs inputs{.root = library.Get("main.bicep"),
                           .arguments = library.Get("main.bicepparam")};
  Require(inputs.root != nullptr && inputs.arguments != nullptr);
  Arena arena;
  OriginTable origins;
  const arm::Deployed deployed = arm::Deploy(
      inputs,
      [&](const arm::Template& from, std::string_view link) { return library.Load(from, link); },
      arena, origins, limits);
  for (const arm::Instance& instance : deployed.instances) {
    static_cast<void>(ToJson(instance.body));
  }
  for (const Diagnostic& diagnostic : library.TakeDiagnostics()) {
    static_cast<void>(Message(diagnostic));
  }
  return 0;
}
