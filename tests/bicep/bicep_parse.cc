// bicep_parse [--quiet] [--tree] FILE...: the syntax errors of each file, one a line, or its tree.
// With --quiet only those files that have errors. Exit status 1 if there are any.

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/source.h"
#include "bicep/dump.h"
#include "bicep/parse.h"

namespace {

using namespace restorable;
using Clock = std::chrono::steady_clock;

std::string ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool Take(std::vector<std::string>& arguments, std::string_view option) {
  return std::erase(arguments, option) > 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  const bool quiet = Take(paths, "--quiet");
  const bool with_tree = Take(paths, "--tree");
  const Limits limits;
  std::size_t bytes = 0;
  std::size_t broken = 0;
  Clock::duration took{};
  for (const std::string& path : paths) {
    const SourceFile file(FileId{0}, path, ReadText(path));
    bytes += file.text().size();
    const auto begin = Clock::now();
    const bicep::ParseResult result = bicep::Parse(file, bicep::DialectOf(path), limits);
    took += Clock::now() - begin;
    if (with_tree) std::cout << bicep::Dump(file, result.tree);
    if (result.diagnostics.empty()) continue;
    ++broken;
    if (quiet) {
      std::cout << path << "\n";
      continue;
    }
    for (const Diagnostic& diagnostic : result.diagnostics) {
      const Position at = file.PositionAt(diagnostic.range.begin);
      std::cout << path << ":" << at.line << ":" << at.column << ": " << Message(diagnostic) << " ["
                << diagnostic.kind->id << "]\n";
    }
  }
  const double seconds = std::chrono::duration<double>(took).count();
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::fprintf(stderr, "%zu files, %zu with errors, %.1f MB, %.0f MB/s\n", paths.size(), broken,
               megabytes, megabytes / seconds);
  return broken == 0 ? 0 : 1;
}
