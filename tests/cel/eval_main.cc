// cel_eval BINDINGS
// Evaluates the expressions on standard input, one a line, with all libraries on, and writes each
// result as a line of JSON: {"value": …} in the form of the conformance vectors, or {"error": "…"}.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/base64.h"
#include "base/source.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "cel/time_text.h"
#include "json/parse.h"
#include "value/json.h"
#include "vectors.h"

namespace restorable::cel {
namespace {

void Encode(std::string& out, Value value);

void EncodeText(std::string& out, std::string_view kind, std::string_view text) {
  out.append("{\"").append(kind).append("\":");
  AppendJsonString(out, text);
  out += '}';
}

std::string DoubleText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value == 0) return "0";
  char buffer[32];
  return {buffer,
          std::to_chars(buffer, std::end(buffer), value, std::chars_format::scientific).ptr};
}

void EncodeList(std::string& out, Value list) {
  out += "{\"list\":[";
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    Encode(out, list.AsList()[i]);
  }
  out += "]}";
}

void EncodeMap(std::string& out, Value map) {
  out += "{\"map\":[";
  for (std::size_t i = 0; i < map.size(); ++i) {
    out += i > 0 ? ",[" : "[";
    Encode(out, map.AsMap()[i].key);
    out += ',';
    Encode(out, map.AsMap()[i].value);
    out += ']';
  }
  out += "]}";
}

void Encode(std::string& out, Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      out += "{\"null\":null}";
      return;
    case Kind::kBool:
      out += value.AsBool() ? "{\"bool\":true}" : "{\"bool\":false}";
      return;
    case Kind::kInt:
      return EncodeText(out, "int", fmt::to_string(value.AsInt()));
    case Kind::kUint:
      return EncodeText(out, "uint", fmt::to_string(value.AsUint()));
    case Kind::kDouble:
      return EncodeText(out, "double", DoubleText(value.AsDouble()));
    case Kind::kString:
      return EncodeText(out, "string", value.AsString());
    case Kind::kBytes:
      return EncodeText(out, "bytes", EncodeBase64(value.AsBytes()));
    case Kind::kList:
      return EncodeList(out, value);
    case Kind::kMap:
      return EncodeMap(out, value);
    case Kind::kTimestamp:
      return EncodeText(out, "timestamp", FormatTimestamp({value.Seconds(), value.Nanoseconds()}));
    case Kind::kDuration:
      return EncodeText(out, "duration", fmt::to_string(value.AsDuration()));
    case Kind::kType:
      return EncodeText(out, "type", value.AsType());
    case Kind::kOpaque:
      return EncodeText(out, "opaque", value.AsOpaque().type->name);
    case Kind::kOptional:
      out += "{\"optional\":";
      if (value.AsOptional() == nullptr) {
        out += "null";
      } else {
        Encode(out, *value.AsOptional());
      }
      out += '}';
      return;
    case Kind::kError:
    case Kind::kUnknown:
      return EncodeText(out, "unexpected", TypeName(value));
  }
}

std::string ErrorLine(std::string_view message) {
  std::string line = "{\"error\":";
  AppendJsonString(line, message);
  return line + '}';
}

std::string EvaluateLine(const Environment& environment, Activation& activation,
                         std::string_view text) {
  const CompileResult compiled = Compile(environment, text, Limits{});
  if (!compiled.program) {
    const auto error = std::ranges::find_if(compiled.diagnostics, [](const Diagnostic& diagnostic) {
      return diagnostic.kind->severity == Severity::kError;
    });
    return ErrorLine(Message(*error));
  }
  Arena arena;
  Budget budget{.limit = Limits{}.cel_cost};
  const Value result = compiled.program->Evaluate(activation, arena, budget);
  if (result.IsError()) return ErrorLine(result.AsError().message);
  std::string line = "{\"value\":";
  Encode(line, result);
  return line + '}';
}

int Run(const char* bindings_path) {
  Arena arena;
  std::ifstream stream(bindings_path);
  const SourceFile file(FileId{1}, bindings_path,
                        std::string(std::istreambuf_iterator<char>(stream), {}));
  const json::ParseResult bindings = json::Parse(file, arena, Limits{});
  if (!stream || !bindings.ok) {
    fmt::print(stderr, "cel_eval: {} cannot be read\n", bindings_path);
    return 2;
  }
  Environment environment;
  for (const Library& library : AllLibraries()) environment.AddLibrary(library);
  for (const MapEntry& binding : bindings.root.AsMap()) {
    environment.AddVariable(binding.key.AsString(), {});
  }
  Activation activation(environment);
  for (const MapEntry& binding : bindings.root.AsMap()) {
    activation.Set(*environment.FindVariable(binding.key.AsString()), Decode(binding.value, arena));
  }
  for (std::string line; std::getline(std::cin, line);) {
    fmt::print("{}\n", EvaluateLine(environment, activation, line));
  }
  return 0;
}

}  // namespace
}  // namespace restorable::cel

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: cel_eval BINDINGS\n");
    return 2;
  }
  return restorable::cel::Run(arguments[1]);
}
