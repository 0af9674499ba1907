// Bytes as a report to merge: nothing crashes, whatever is taken can be written in every format,
// and what is merged stays the same when it is merged again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "policy/rule_set.h"
#include "report/formats.h"
#include "report/merger.h"

namespace {

using namespace restorable;

constexpr FileId kDocument{0};

Limits SmallLimits() {
  Limits limits;
  limits.nesting = 40;
  limits.document_nodes = 10'000;
  return limits;
}

const policy::RuleSet& Rules() {
  static const std::unique_ptr<const policy::RuleSet> rules = policy::RuleSet::Load({}).rules;
  return *rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceFile document(kDocument, "report.json",
                            std::string(reinterpret_cast<const char*>(data), size));
  report::Merger merger(Rules(), SmallLimits());
  if (!merger.Add(document).empty()) return 0;
  const scan::Report& merged = merger.Finish();
  const report::View view{.undetermined = true, .suppressed = true, .verbose = true};
  for (const report::Format& format : report::kFormats) (void)format.write(merged, view);

  const std::string text = report::WriteJson(merged, view);
  report::Merger again(Rules(), Limits{});
  if (!again.Add(SourceFile(kDocument, "report.json", text)).empty()) std::abort();
  if (report::WriteJson(again.Finish(), view) != text) std::abort();
  return 0;
}
