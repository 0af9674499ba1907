#include "hcl/parse.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/encoding.h"
#include "hcl/diagnostics.h"
#include "hcl/parser.h"

namespace restorable::hcl {
namespace {

// One diagnostic at the first bad byte that is not in a comment, where any bytes may stand.
void ReportEncoding(const std::vector<std::uint32_t>& bad, const Source& source,
                    std::span<const Comment> comments, std::vector<Diagnostic>& diagnostics) {
  for (const std::uint32_t offset : bad) {
    const auto next = std::ranges::upper_bound(comments, offset, {}, &Comment::begin);
    if (next != comments.begin() && offset < std::prev(next)->end) continue;
    diagnostics.push_back(
        {.kind = &kEncoding, .range = source.At(offset, offset + 1), .args = {}, .notes = {}});
    return;
  }
}

void Finish(ParseResult& result) {
  std::vector<Diagnostic>& all = result.diagnostics;
  std::ranges::stable_sort(
      all, {}, [](const Diagnostic& d) { return std::tuple(d.range.begin, d.kind->id); });
  if (all.size() <= kMostDiagnostics) return;
  const Range range = all[kMostDiagnostics].range;
  all.resize(kMostDiagnostics);
  all.push_back({.kind = &kTooManyErrors,
                 .range = range,
                 .args = {std::to_string(kMostDiagnostics)},
                 .notes = {}});
}

template <typename Read>
ParseResult ParseWith(Source source, LexMode mode, const Limits& limits, Read read) {
  ParseResult result;
  const RepairedText repaired = RepairUtf8(source.text, result.tree.arena());
  source.text = repaired.text;
  Parser parser(source, mode, limits, result.tree, result.diagnostics);
  read(parser, result.tree);
  result.tree.SetComments(parser.TakeComments());
  ReportEncoding(repaired.bad, source, result.tree.comments(), result.diagnostics);
  Finish(result);
  return result;
}

}  // namespace

ParseResult Parse(const SourceFile& file, const Limits& limits) {
  const Source source{.text = file.text(), .file = file.id()};
  return ParseWith(source, LexMode::kCode, limits,
                   [](Parser& parser, Tree& tree) { tree.SetRoot(parser.ParseFile()); });
}

ParseResult ParseExpression(const Source& source, const Limits& limits) {
  return ParseWith(source, LexMode::kCode, limits, [](Parser& parser, Tree& tree) {
    tree.SetExpression(parser.ParseWholeExpression());
  });
}

ParseResult ParseTemplate(const Source& source, const Limits& limits) {
  return ParseWith(source, LexMode::kTemplate, limits, [](Parser& parser, Tree& tree) {
    tree.SetExpression(parser.ParseWholeTemplate());
  });
}

}  // namespace restorable::hcl
