#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic_ids.h"
#include "policy/rule_set.h"
#include "scan/scan.h"
#include "temporary_tree.h"

namespace restorable::scan {

// Scans code about which AKB203 has something to say.
class CodeTest : public testing::Test {
 protected:
  // Findings of AKB203: "main.bicep:1 violated in dev.bicepparam", and the origin below it.
  std::vector<std::string> Findings(std::initializer_list<std::string_view> names = {""}) {
    static const policy::RuleSet::LoadResult loaded = policy::RuleSet::Load({});
    options_.paths.clear();
    for (const std::string_view name : names) options_.paths.push_back(tree_.path(name));
    report_ = Scan(options_, *loaded.rules);
    std::vector<std::string> lines;
    for (const policy::Finding& finding : report_.findings) {
      if (finding.rule->id != "AKB203") continue;
      std::string line = Place(finding.range) + " " + std::string(Name(finding.verdict));
      if (finding.suppressed) line += " suppressed";
      for (const std::string& environment : finding.environments) {
        line += " in " + environment.substr(tree_.path().size() + 1);
      }
      for (const Note& note : finding.origin) line += ", " + note.text + " " + Place(note.range);
      lines.push_back(line);
    }
    return lines;
  }
  [[nodiscard]] std::string Place(Range range) const {
    const SourceFile* const file = report_.Find(range.file);
    return file->path().substr(tree_.path().size() + 1) + ":" +
           std::to_string(file->PositionAt(range.begin).line);
  }

  TemporaryTree tree_;
  Options options_;
  Report report_;
};

}  // namespace restorable::scan
