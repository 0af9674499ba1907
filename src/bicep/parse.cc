#include "bicep/parse.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/encoding.h"
#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/parser.h"

namespace restorable::bicep {
namespace {

// One diagnostic at the first bad byte that is not in a comment, where any bytes may stand.
void ReportEncoding(const std::vector<std::uint32_t>& bad, const Tree& tree, FileId file,
                    std::vector<Diagnostic>& diagnostics) {
  const std::span<const Comment> comments = tree.comments();
  for (const std::uint32_t offset : bad) {
    const auto next = std::ranges::upper_bound(comments, offset, {}, &Comment::begin);
    if (next != comments.begin() && offset < std::prev(next)->end) continue;
    diagnostics.push_back(
        {.kind = &kEncoding, .range = {file, offset, offset + 1}, .args = {}, .notes = {}});
    return;
  }
}

void Finish(std::vector<Diagnostic>& all) {
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

}  // namespace

Dialect DialectOf(std::string_view path) {
  constexpr std::string_view kEnding = ".bicepparam";
  const bool parameters =
      path.size() >= kEnding.size() &&
      EqualsIgnoringAsciiCase(path.substr(path.size() - kEnding.size()), kEnding);
  return parameters ? Dialect::kParameters : Dialect::kTemplate;
}

ParseResult Parse(const SourceFile& file, Dialect dialect, const Limits& limits) {
  ParseResult result;
  const RepairedText repaired = RepairUtf8(file.text(), result.tree.arena());
  Parser parser(repaired.text, file.id(), dialect, limits, result.tree, result.diagnostics);
  parser.ParseFile();
  result.tree.SetComments(parser.TakeComments());
  ReportEncoding(repaired.bad, result.tree, file.id(), result.diagnostics);
  Finish(result.diagnostics);
  return result;
}

}  // namespace restorable::bicep
