// Makes built-in rules: reads the files of a directory, compiles every expression in them, and
// writes what of it the program needs at run time as a C++ source with one JSON text.
//   restorable_embed RULES_DIRECTORY OUTPUT.cc
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "policy/built_in.h"
#include "policy/embed.h"
#include "policy/rule_set.h"

namespace restorable::policy {

// This program makes them.
std::string_view BuiltInRules() { return "{}"; }

}  // namespace restorable::policy

namespace {

using restorable::Diagnostic;
using restorable::Severity;
using restorable::SourceFile;
using restorable::policy::RuleSet;

void Print(const Diagnostic& diagnostic, const RuleSet& rules) {
  std::string place;
  if (const SourceFile* const file = rules.Source(diagnostic.range.file)) {
    const restorable::Position at = file->PositionAt(diagnostic.range.begin);
    place = file->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
  }
  const std::string_view severity = Name(diagnostic.kind->severity);
  std::fprintf(stderr, "%s%.*s: %s\n", place.c_str(), static_cast<int>(severity.size()),
               severity.data(), Message(diagnostic).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: restorable_embed RULES_DIRECTORY OUTPUT.cc\n", stderr);
    return 2;
  }
  RuleSet::Options options;
  options.built_in = false;
  options.paths = {argv[1]};
  options.compile_all = true;
  const RuleSet::LoadResult loaded = RuleSet::Load(options);
  for (const Diagnostic& diagnostic : loaded.diagnostics) Print(diagnostic, *loaded.rules);
  if (!loaded.diagnostics.empty()) return 1;
  std::ofstream out(argv[2], std::ios::binary);
  out << restorable::policy::EmbeddedSource(*loaded.rules);
  out.close();
  if (out) return 0;
  std::fprintf(stderr, "restorable_embed: cannot write %s\n", argv[2]);
  return 1;
}
