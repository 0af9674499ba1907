// Runs the YAML test suite against the reader.
//
//   yaml_suite DIRECTORY [EXPECTED]
//
// DIRECTORY has one directory for each case: in.yaml, test.event, in.json when the text has a JSON
// form, and a file `error` when it must be refused. Two things are compared: the events, with what
// is accepted, and the values. EXPECTED lists the comparisons that are known to fail, one a line,
// `#` for comments; any difference from it fails the run.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "value/json.h"
#include "yaml/events.h"
#include "yaml/parse.h"
#include "yaml/split.h"

namespace {

using namespace restorable;
namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// ---- Events, in the suite's notation

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view kCharacters = "\\\n\t\r\b";
    constexpr std::string_view kNames = "\\ntrb";
    const std::size_t index = kCharacters.find(c);
    if (index == std::string_view::npos) {
      out += c;
    } else {
      out += {'\\', kNames[index]};
    }
  }
  return out;
}

std::string Properties(const yaml::Event& event) {
  std::string out;
  if (!event.anchor.empty()) out += " &" + std::string(event.anchor);
  if (!event.tag.empty()) out += " <" + std::string(event.tag) + ">";
  return out;
}

char StyleMark(yaml::ScalarStyle style) {
  switch (style) {
    case yaml::ScalarStyle::kPlain:
      return ':';
    case yaml::ScalarStyle::kSingleQuoted:
      return '\'';
    case yaml::ScalarStyle::kDoubleQuoted:
      return '"';
    case yaml::ScalarStyle::kLiteral:
      return '|';
    case yaml::ScalarStyle::kFolded:
      return '>';
  }
  return ':';
}

std::string Line(const yaml::Event& event) {
  switch (event.kind) {
    case yaml::EventKind::kScalar:
      return "=VAL" + Properties(event) + " " + StyleMark(event.style) + Escape(event.text);
    case yaml::EventKind::kAlias:
      return "=ALI *" + std::string(event.text);
    case yaml::EventKind::kListBegin:
      return std::string("+SEQ") + (event.is_flow ? " []" : "") + Properties(event);
    case yaml::EventKind::kMapBegin:
      return std::string("+MAP") + (event.is_flow ? " {}" : "") + Properties(event);
    case yaml::EventKind::kListEnd:
      return "-SEQ";
    case yaml::EventKind::kMapEnd:
      return "-MAP";
    case yaml::EventKind::kEnd:
    case yaml::EventKind::kError:
      break;
  }
  return "";
}

// One event a line; "error" when the text is refused.
std::string EventsOf(const SourceFile& file) {
  std::vector<Diagnostic> diagnostics;
  std::string out = "+STR\n";
  for (const yaml::Segment& segment : yaml::Split(file, Limits().documents, diagnostics)) {
    out += "+DOC\n";
    if (segment.is_empty) out += "=VAL :\n";
    yaml::EventReader reader(file.text(), segment.range.begin, segment.range.end);
    while (!segment.is_empty) {
      const yaml::Event& event = reader.Next();
      if (event.kind == yaml::EventKind::kError) return "error";
      if (event.kind == yaml::EventKind::kEnd) break;
      out += Line(event) + "\n";
    }
    out += "-DOC\n";
  }
  const bool is_refused = std::any_of(
      diagnostics.begin(), diagnostics.end(),
      [](const Diagnostic& diagnostic) { return diagnostic.kind->severity == Severity::kError; });
  return is_refused ? "error" : out + "-STR\n";
}

// Without indentation and without the marks of explicit document ends, which say nothing about the
// values.
std::string Normalize(const std::string& events) {
  std::istringstream in(events);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (line.starts_with("+DOC") || line.starts_with("-DOC")) line.resize(4);
    if (!line.empty()) out += line + "\n";
  }
  return out;
}

// ---- Values

std::vector<nlohmann::json> ParseAll(const std::string& text) {
  std::vector<nlohmann::json> values;
  std::istringstream in(text);
  while (in >> std::ws && !in.eof()) {
    nlohmann::json value;
    in >> value;
    values.push_back(std::move(value));
  }
  return values;
}

bool HasValues(const SourceFile& file, const std::string& expected) {
  Arena arena;
  OriginTable origins;
  const yaml::Stream stream = yaml::Parse(file, arena, origins, Limits());
  std::string ours;
  for (const yaml::Document& document : stream.documents) {
    if (document.state != yaml::DocumentState::kParsed) return false;
    ours += ToJson(document.root) + "\n";
  }
  return ParseAll(ours) == ParseAll(expected);
}

// ---- The run

struct Tally {
  int passed = 0;
  int skipped = 0;
  std::set<std::string> failed;

  void Count(const std::string& name, bool pass) {
    if (pass) {
      ++passed;
    } else {
      failed.insert(name);
    }
  }
};

void RunCase(const fs::path& directory, const std::string& name, Tally& tally) {
  const SourceFile file(FileId{0}, name, ReadFile(directory / "in.yaml"));
  const bool must_fail = fs::exists(directory / "error");
  const std::string events = EventsOf(file);
  tally.Count(name + " events", must_fail
                                    ? events == "error"
                                    : events == Normalize(ReadFile(directory / "test.event")));
  if (must_fail || !fs::exists(directory / "in.json")) {
    ++tally.skipped;
  } else {
    tally.Count(name + " values", HasValues(file, ReadFile(directory / "in.json")));
  }
}

std::set<std::string> ReadExpected(const char* path) {
  std::set<std::string> names;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') names.insert(line);
  }
  return names;
}

// How many of `from` are not in `without`, each told.
std::size_t Tell(std::string_view title, const std::set<std::string>& from,
                 const std::set<std::string>& without) {
  std::vector<std::string> names;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(names));
  for (const std::string& name : names) std::cout << title << ": " << name << "\n";
  return names.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::cerr << "usage: yaml_suite DIRECTORY [EXPECTED]\n";
    return 2;
  }
  std::set<fs::path> cases;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(argv[1])) {
    if (entry.path().filename() == "in.yaml") cases.insert(entry.path().parent_path());
  }
  Tally tally;
  for (const fs::path& path : cases) {
    RunCase(path, path.lexically_relative(argv[1]).generic_string(), tally);
  }
  if (cases.empty()) {
    std::cerr << "no case in " << argv[1] << "\n";
    return 2;
  }
  const std::set<std::string> listed = argc == 3 ? ReadExpected(argv[2]) : std::set<std::string>();
  const std::size_t failed = Tell("failed", tally.failed, listed);
  const std::size_t outdated = Tell("passed, but is listed", listed, tally.failed);
  std::cout << tally.passed << " passed, " << failed << " failed, " << tally.failed.size() - failed
            << " fail as is listed, " << tally.skipped << " skipped\n";
  return failed + outdated == 0 ? 0 : 1;
}
