// Makes of the files of rules what is made at build time, compiling every expression in them:
//   restorable_embed source RULES OUTPUT.cc    the built-in rules as a C++ source
//   restorable_embed docs RULES DIRECTORY      a page for each rule, and a table
//   restorable_embed check-docs RULES DIRECTORY  whether these pages are there and up to date
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "policy/built_in.h"
#include "policy/embed.h"
#include "policy/markdown.h"
#include "policy/rule_set.h"

namespace restorable::policy {

// This program makes them.
std::string_view BuiltInRules() { return "{}"; }
std::string_view BuiltInExamples() { return "{}"; }

namespace {

using Pages = std::map<std::string, std::string>;  // by file name

void Print(const Diagnostic& diagnostic, const RuleSet& rules) {
  std::string place;
  if (const SourceFile* const file = rules.Source(diagnostic.range.file)) {
    const Position at = file->PositionAt(diagnostic.range.begin);
    place = file->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
  }
  const std::string line =
      place + std::string(Name(diagnostic.kind->severity)) + ": " + Message(diagnostic) + "\n";
  std::fputs(line.c_str(), stderr);
}

bool Fail(const std::string& message) {
  std::fputs(("restorable_embed: " + message + "\n").c_str(), stderr);
  return false;
}

bool Write(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  return out ? true : Fail("cannot write " + path);
}

Pages MakePages(const RuleSet& rules) {
  Pages pages;
  for (const Rule& rule : rules.rules()) pages[rule.id + ".md"] = RulePage(rule);
  pages["README.md"] = RuleIndex(rules.rules());
  return pages;
}

bool WriteDocs(const RuleSet& rules, const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  for (const auto& [name, text] : MakePages(rules)) {
    if (!Write(std::filesystem::path(directory) / name, text)) return false;
  }
  return true;
}

bool CheckDocs(const RuleSet& rules, const std::string& directory) {
  const Pages pages = MakePages(rules);
  bool ok = true;
  for (const auto& [name, text] : pages) {
    const std::filesystem::path file = std::filesystem::path(directory) / name;
    std::ifstream in(file, std::ios::binary);
    const std::string there{std::istreambuf_iterator<char>(in), {}};
    if (there != text) ok = Fail(file.string() + " is not up to date");
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::filesystem::path& file = entry.path();
    if (!pages.contains(file.filename().string())) {
      ok = Fail(file.string() + " is the page of no rule");
    }
  }
  return ok || Fail("`restorable_embed docs` writes the pages");
}

bool Run(std::string_view command, const std::string& input, const std::string& output) {
  RuleSet::Options options;
  options.built_in = false;
  options.paths = {input};
  options.compile_all = true;
  const RuleSet::LoadResult loaded = RuleSet::Load(options);
  for (const Diagnostic& diagnostic : loaded.diagnostics) Print(diagnostic, *loaded.rules);
  if (!loaded.diagnostics.empty()) return false;
  if (command == "source") return Write(output, EmbeddedSource(*loaded.rules));
  if (command == "docs") return WriteDocs(*loaded.rules, output);
  if (command == "check-docs") return CheckDocs(*loaded.rules, output);
  return Fail("there is no command `" + std::string(command) + "`");
}

}  // namespace
}  // namespace restorable::policy

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 4) {
    std::fputs("usage: restorable_embed source|docs|check-docs RULES OUTPUT\n", stderr);
    return 2;
  }
  return restorable::policy::Run(arguments[1], arguments[2], arguments[3]) ? 0 : 1;
}
