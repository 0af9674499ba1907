#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "code/language.h"
#include "scan/scan.h"

namespace restorable::scan {

enum class Format : std::uint8_t { kYaml, kJson, kCode };

// A file to read. Its number in Discovery::files is its FileId.
struct InputFile {
  std::string path;         // as reports print it
  std::string system_path;  // as open() takes it; "-" is standard input
  Format format = Format::kYaml;
  const code::LanguageRow* language = nullptr;  // of kCode
  std::uint32_t deployment = 0;                 // files with the same number are deployed together
  bool reported = true;             // false: only read for what the reported files refer to
  bool in_chart_templates = false;  // under templates/ of a directory with a Chart.yaml
  bool is_patch = false;            // a kustomization changes objects by it; it holds none
};

struct Discovery {
  std::vector<InputFile> files;     // sorted by path, each once
  std::vector<std::string> charts;  // directories with a Chart.yaml, and
  std::vector<std::string>
      kustomizations;                   // with a kustomization file; sorted, as open() takes them
  std::vector<Diagnostic> diagnostics;  // their ranges point nowhere: the path is an argument
  std::vector<Skipped> skipped;
};

// Finds the files under `options.paths`. Never leaves the directories that were asked for: symbolic
// links within them are not followed. A file argument is reported on; the other files of its
// deployment come along with `reported` false: its chart, else the tree below the nearest directory
// upward that has a .git or a .restorable.yaml, or below the working directory if that is nearer;
// outside of such trees the directory of the file.
// What `exclude` matches (globs for paths as reports print them) is left out, whoever names it.
[[nodiscard]] Discovery Discover(const Options& options, std::span<const std::string> exclude = {});

}  // namespace restorable::scan
