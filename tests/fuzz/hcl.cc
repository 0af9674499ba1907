// Bytes as a file, as a template and as JSON syntax: nothing crashes, every range lies in its
// file, every child in its parent.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/source.h"
#include "hcl/comments.h"
#include "hcl/dump.h"
#include "hcl/parse.h"
#include "hcl/parse_json.h"

namespace {

using namespace restorable;

constexpr hcl::BlockShape kInResource[] = {{"lifecycle"}};
constexpr hcl::BlockShape kShapes[] = {{"resource", 2, kInResource}, {"locals"}};

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckBody(const SourceFile& file, const hcl::Tree& tree, hcl::BodyId body, Range within) {
  for (const hcl::Argument& argument : tree.Arguments(body)) {
    Require(within.Contains(argument.range));
    Require(argument.range.Contains(argument.name.range));
    Require(argument.range.Contains(tree[argument.value].range));
  }
  for (const hcl::Block& block : tree.Blocks(body)) {
    Require(within.Contains(block.range));
    Require(block.range.Contains(block.header));
    CheckBody(file, tree, block.body, block.range);
  }
}

void Check(const SourceFile& file, const hcl::ParseResult& result, bool native) {
  for (const Diagnostic& diagnostic : result.diagnostics) {
    Require(file.WholeRange().Contains(diagnostic.range));
    static_cast<void>(Message(diagnostic));
  }
  if (native) CheckBody(file, result.tree, result.tree.root(), file.WholeRange());
  for (std::size_t i = 0; i < result.tree.node_count(); ++i) {
    Require(file.WholeRange().Contains(result.tree[static_cast<hcl::NodeId>(i)].range));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.expression_depth = 60;
  limits.nesting = 40;
  const SourceFile file(FileId{0}, "fuzz.tf", std::string(data, data + size));

  const hcl::ParseResult body = hcl::Parse(file, limits);
  Check(file, body, true);
  static_cast<void>(hcl::Dump(file, body.tree));
  for (const MarkedComment& found : hcl::FindMarkedComments(file, body.tree, "ignore")) {
    Require(file.WholeRange().Contains(found.scope));
  }
  const hcl::Source source{.text = file.text(), .file = file.id()};
  Check(file, hcl::ParseTemplate(source, limits), false);
  Check(file, hcl::ParseExpression(source, limits), false);
  Check(file, hcl::ParseJson(file, kShapes, limits), false);
  return 0;
}
