#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "hcl/dump.h"
#include "hcl/parse.h"

namespace restorable::hcl {

// A dump without ranges, on one line: children stand in parentheses behind their node.
inline std::string Compact(std::string_view dump) {
  std::string out;
  std::size_t depth = 0;
  bool first = true;
  while (!dump.empty()) {
    const std::string_view line = dump.substr(0, dump.find('\n'));
    dump.remove_prefix(line.size() + 1);
    const std::size_t indent = line.find_first_not_of(' ') / 2;
    if (indent > depth) {
      out += '(';
    } else {
      out.append(depth - indent, ')');
      if (!first) out += ", ";
    }
    depth = indent;
    first = false;
    out += line.substr(2 * indent, line.rfind(" @") - 2 * indent);
  }
  return out.append(depth, ')');
}

// "line:column-line:column id message", with the line of the end left out where it is the same.
inline std::string Describe(const SourceFile& file, const Diagnostic& diagnostic) {
  const Position begin = file.PositionAt(diagnostic.range.begin);
  const Position end = file.PositionAt(diagnostic.range.end);
  std::string out = std::to_string(begin.line) + ":" + std::to_string(begin.column) + "-";
  if (end.line != begin.line) out += std::to_string(end.line) + ":";
  out += std::to_string(end.column) + " " + std::string(diagnostic.kind->id) + " " +
         Message(diagnostic);
  for (const Note& note : diagnostic.notes) {
    const Position at = file.PositionAt(note.range.begin);
    out += " (" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + note.text + ")";
  }
  return out;
}

struct Reading {
  std::string tree;                      // compact
  std::vector<std::string> diagnostics;  // described
};

inline Reading ReadBody(std::string text, const Limits& limits = {}) {
  const SourceFile file(FileId{0}, "main.tf", std::move(text));
  const ParseResult result = Parse(file, limits);
  Reading reading{.tree = Compact(Dump(file, result.tree)), .diagnostics = {}};
  for (const Diagnostic& d : result.diagnostics) reading.diagnostics.push_back(Describe(file, d));
  return reading;
}

inline Reading ReadExpression(std::string text, const Limits& limits = {}) {
  const SourceFile file(FileId{0}, "main.tf", std::move(text));
  const ParseResult result = ParseExpression({.text = file.text(), .file = file.id()}, limits);
  Reading reading{.tree = Compact(DumpExpression(file, result.tree, result.tree.expression())),
                  .diagnostics = {}};
  for (const Diagnostic& d : result.diagnostics) reading.diagnostics.push_back(Describe(file, d));
  return reading;
}

}  // namespace restorable::hcl
