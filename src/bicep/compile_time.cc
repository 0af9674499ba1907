#include <algorithm>
#include <iterator>
#include <string>

#include "arm/library.h"
#include "arm/read.h"
#include "base/encoding.h"
#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/library.h"
#include "bicep/translator.h"
#include "json/parse.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::bicep {
namespace {

// The parts of which the path of a file may be put together.
constexpr int kMostFoldingSteps = 200;

// The value without the steps by which YAML's aliases and merges brought it here: they are noted in
// a table of its own.
Value WithoutOrigins(Value value, Arena& arena) {
  if (value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.AsList()) items.push_back(WithoutOrigins(item, arena));
    return Value::List(arena.Copy(std::span<const Value>(items))).At(value.range());
  }
  if (value.IsMap()) {
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : value.AsMap()) {
      entries.push_back({entry.key.Via(OriginId::kNone), WithoutOrigins(entry.value, arena)});
    }
    return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries))).At(value.range());
  }
  return value.Via(OriginId::kNone);
}

// Whether a name fits a pattern in which `*` stands for any text and `?` for one character.
bool Fits(std::string_view name, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t star = pattern.npos;  // of the last `*`, and where the name is behind it
  std::size_t behind = 0;
  std::size_t i = 0;
  while (i < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      behind = i;
    } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[i])) {
      ++at;
      ++i;
    } else if (star != pattern.npos) {
      at = star + 1;
      i = ++behind;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == pattern.npos;
}

// The name or number that a JSON path goes on with, which is cut off its front; nothing if it goes
// on with something else: a wildcard, a filter.
std::optional<std::string_view> TakeStep(std::string_view& path) {
  const bool dot = path.starts_with('.');
  const bool quoted = path.starts_with("['");
  if (!dot && !quoted && !path.starts_with('[')) return std::nullopt;
  path.remove_prefix(quoted ? 2 : 1);
  const std::size_t end = dot ? path.find_first_of(".[") : path.find(quoted ? "']" : "]");
  if (!dot && end == path.npos) return std::nullopt;
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(std::min(step.size() + (dot ? 0 : quoted ? 2 : 1), path.size()));
  const bool plain = !step.empty() && step.find_first_of("*?@:,") == step.npos;
  return plain ? std::optional(step) : std::nullopt;
}

// What a step leads to; nullptr where there is nothing.
const Value* Follow(Value value, std::string_view step) {
  if (!value.IsList()) return value.Find(step);
  std::size_t index = 0;
  for (const char c : step) {
    if (c < '0' || c > '9' || index > value.size()) return nullptr;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index < value.size() ? &value.AsList()[index] : nullptr;
}

}  // namespace

const Translator::CompileTime* Translator::FindCompileTime(std::string_view name) const {
  static constexpr CompileTime kAll[] = {
      {"loadDirectoryFileInfo", &Translator::LoadDirectory},
      {"loadFileAsBase64", &Translator::LoadBase64},
      {"loadJsonContent", &Translator::LoadJson},
      {"loadTextContent", &Translator::LoadText},
      {"loadYamlContent", &Translator::LoadYaml},
      {"nameof", &Translator::NameOfName},
      {"readCliArg", &Translator::LeaveToEnvironment},
      {"readEnvVar", &Translator::LeaveToEnvironment},
      {"roleDefinitions", &Translator::LeaveOpen},
  };
  const auto* const found = std::ranges::find(kAll, name, &CompileTime::name);
  return found == std::end(kAll) ? nullptr : found;
}

std::optional<std::string_view> Translator::ConstantText(NodeId id) const {
  if (id == NodeId::kNone) return std::nullopt;
  const auto* const literal = std::get_if<Literal>(&tree_[id].expression);
  if (literal == nullptr || !literal->value.IsString()) return std::nullopt;
  return literal->value.AsString();
}

// A text that is known without a deployment: a string, a variable with one, or both put together.
std::optional<std::string> Translator::Fold(NodeId id, int& steps) const {
  if (id == NodeId::kNone || --steps < 0) return std::nullopt;
  if (const auto text = ConstantText(id)) return std::string(*text);
  const Expression& expression = tree_[id].expression;
  if (const auto* const text = std::get_if<Text>(&expression)) {
    std::string whole;
    for (const NodeId part : tree_[text->parts]) {
      const std::optional<std::string> folded = Fold(part, steps);
      if (!folded.has_value()) return std::nullopt;
      whole += *folded;
    }
    return whole;
  }
  const auto* const use = std::get_if<Variable>(&expression);
  if (use == nullptr || FindLocal(tree_[use->name].text) != nullptr) return std::nullopt;
  for (const StatementId statement : tree_.statements()) {
    const auto* const variable = std::get_if<VariableDeclaration>(&tree_[statement].kind);
    if (variable == nullptr || variable->name.text != tree_[use->name].text) continue;
    return Fold(variable->value, steps);
  }
  return std::nullopt;
}

// The file that the first argument names; nullptr with what stands for its content where it cannot
// be read.
const SourceFile* Translator::ReadArgument(std::span<const NodeId> arguments,
                                           arm::NodeId& instead) {
  int steps = kMostFoldingSteps;
  const auto path = arguments.empty() ? std::nullopt : Fold(arguments[0], steps);
  if (!path.has_value()) {
    const Range range = arguments.empty() ? file_.WholeRange() : tree_[arguments[0]].range;
    instead = MakeUnresolved(UnknownReason::kUnsupported, "a computed path", range);
    return nullptr;
  }
  const Range range = tree_[arguments[0]].range;
  const std::optional<std::string> resolved = arm::ResolveLink(file_.path(), *path);
  const SourceFile* const found = resolved.has_value() ? library_.files().read(*resolved) : nullptr;
  if (found != nullptr) return found;
  Report(kFileMissing, range, {*path});
  instead = MakeUnresolved(UnknownReason::kFileMissing, "file " + *path, range);
  return nullptr;
}

arm::NodeId Translator::LoadText(std::span<const NodeId> arguments, Range range) {
  arm::NodeId instead = arm::NodeId::kNone;
  const SourceFile* const found = ReadArgument(arguments, instead);
  if (found == nullptr) return instead;
  const std::string_view text = found->text();
  return MakeLiteral(Value::String(text.substr(ByteOrderMarkLength(text))).At(range));
}

arm::NodeId Translator::LoadBase64(std::span<const NodeId> arguments, Range range) {
  const arm::NodeId text = LoadText(arguments, range);
  const arm::NameId name = out_->Add(arm::Name{"base64", range});
  return out_->Add(range, arm::Call{name, out_->Add(std::span(&text, 1))});
}

arm::NodeId Translator::LoadJson(std::span<const NodeId> arguments, Range range) {
  arm::NodeId instead = arm::NodeId::kNone;
  const SourceFile* const found = ReadArgument(arguments, instead);
  if (found == nullptr) return instead;
  const json::ParseResult parsed =
      json::Parse(*found, out_->arena(), library_.limits(), arm::kJson);
  if (parsed.ok) return Select(parsed.root, arguments, range);
  Report(kFileContent, tree_[arguments[0]].range, {found->path(), "JSON"});
  return MakeUnresolved(UnknownReason::kEvalError, "file " + found->path(), range);
}

arm::NodeId Translator::LoadYaml(std::span<const NodeId> arguments, Range range) {
  arm::NodeId instead = arm::NodeId::kNone;
  const SourceFile* const found = ReadArgument(arguments, instead);
  if (found == nullptr) return instead;
  OriginTable origins;
  const yaml::Stream stream = yaml::Parse(*found, out_->arena(), origins, library_.limits());
  if (stream.documents.size() == 1 && stream.documents[0].state == yaml::DocumentState::kParsed) {
    return Select(WithoutOrigins(stream.documents[0].root, out_->arena()), arguments, range);
  }
  Report(kFileContent, tree_[arguments[0]].range, {found->path(), "one document of YAML"});
  return MakeUnresolved(UnknownReason::kEvalError, "file " + found->path(), range);
}

// The value, or the part of it that the second argument selects: $.a.b[0]['c'].
arm::NodeId Translator::Select(Value value, std::span<const NodeId> arguments, Range range) {
  const auto path = arguments.size() < 2 ? std::nullopt : ConstantText(arguments[1]);
  if (!path.has_value()) return out_->Add(range, arm::Literal{value});
  std::string_view rest = *path;
  if (rest.starts_with('$')) rest.remove_prefix(1);
  while (!rest.empty()) {
    const std::optional<std::string_view> step = TakeStep(rest);
    const Value* const next = step.has_value() ? Follow(value, *step) : nullptr;
    if (next == nullptr) {
      const UnknownReason reason =
          step.has_value() ? UnknownReason::kEvalError : UnknownReason::kUnsupported;
      return MakeUnresolved(reason, "path " + std::string(*path), tree_[arguments[1]].range);
    }
    value = *next;
  }
  return out_->Add(range, arm::Literal{value});
}

// [{relativePath, baseName, extension}], of the files that the pattern fits.
arm::NodeId Translator::LoadDirectory(std::span<const NodeId> arguments, Range range) {
  const auto path = arguments.empty() ? std::nullopt : ConstantText(arguments[0]);
  const auto pattern =
      arguments.size() < 2 ? std::optional<std::string_view>("*") : ConstantText(arguments[1]);
  const Files& files = library_.files();
  std::optional<std::vector<std::string>> names;
  if (path.has_value() && pattern.has_value() && files.list != nullptr) {
    const std::optional<std::string> directory = arm::ResolveLink(file_.path(), *path);
    if (directory.has_value()) names = files.list(*directory);
  }
  if (!names.has_value()) {
    return MakeUnresolved(UnknownReason::kFileMissing, file_.Text(range), range);
  }
  Arena& arena = out_->arena();
  const auto text = [&](std::string_view of) { return Value::String(arena.Copy(of)).At(range); };
  std::vector<Value> items;
  for (const std::string& name : *names) {
    if (!Fits(name, *pattern)) continue;
    const std::size_t dot = std::min(name.rfind('.'), name.size());
    const std::string_view slash = path->ends_with('/') ? "" : "/";
    const MapEntry entries[] = {
        {Value::String("relativePath"), text(std::string(*path).append(slash).append(name))},
        {Value::String("baseName"), text(std::string_view(name).substr(0, dot))},
        {Value::String("extension"), text(std::string_view(name).substr(dot))}};
    items.push_back(Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries))).At(range));
  }
  return MakeLiteral(Value::List(arena.Copy(std::span<const Value>(items))).At(range));
}

arm::NodeId Translator::LeaveToEnvironment(std::span<const NodeId> /*arguments*/, Range range) {
  return MakeUnresolved(UnknownReason::kEnvironment, file_.Text(range), range);
}

// What Bicep's compiler has a table for.
arm::NodeId Translator::LeaveOpen(std::span<const NodeId> /*arguments*/, Range range) {
  return MakeUnresolved(UnknownReason::kUnsupported, file_.Text(range), range);
}

// nameof(a.b) is 'b'.
arm::NodeId Translator::NameOfName(std::span<const NodeId> arguments, Range range) {
  std::string_view name;
  if (!arguments.empty()) {
    const Expression& expression = tree_[arguments[0]].expression;
    if (const auto* const variable = std::get_if<Variable>(&expression)) {
      name = tree_[variable->name].text;
    } else if (const auto* const property = std::get_if<Property>(&expression)) {
      name = tree_[property->name].text;
    } else if (const auto* const nested = std::get_if<NestedResource>(&expression)) {
      name = tree_[nested->name].text;
    } else if (const auto* const index = std::get_if<Index>(&expression)) {
      name = ConstantText(index->index).value_or("");
    }
  }
  if (name.empty()) return MakeUnresolved(UnknownReason::kEvalError, file_.Text(range), range);
  return MakeLiteral(Value::String(name).At(range));
}

}  // namespace restorable::bicep
