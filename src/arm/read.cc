#include "arm/read.h"

#include <string>
#include <utility>

#include "arm/diagnostics.h"
#include "arm/reader.h"
#include "base/text.h"
#include "json/parse.h"

namespace restorable::arm {
namespace {

std::string_view SchemaOf(Value root) {
  const MapEntry* const schema = FindIgnoringCase(root, "$schema");
  return schema != nullptr && schema->value.IsString() ? schema->value.AsString()
                                                       : std::string_view();
}

// The file that a schema's address names: "subscriptionDeploymentTemplate.json".
std::string SchemaName(Value root) {
  std::string_view schema = SchemaOf(root);
  schema = schema.substr(0, schema.find('#'));
  const std::size_t slash = schema.rfind('/');
  return AsciiLower(slash == std::string_view::npos ? schema : schema.substr(slash + 1));
}

}  // namespace

const MapEntry* FindIgnoringCase(Value map, std::string_view key) {
  if (!map.IsMap()) return nullptr;
  if (const MapEntry* const exact = map.FindEntry(key)) return exact;
  for (const MapEntry& entry : map.AsMap()) {
    if (EqualsIgnoringAsciiCase(entry.key.AsString(), key)) return &entry;
  }
  return nullptr;
}

Document Recognize(Value root) {
  const std::string name = SchemaName(root);
  if (name.ends_with("deploymenttemplate.json")) return Document::kTemplate;
  if (name.ends_with("deploymentparameters.json")) return Document::kParameters;
  return Document::kOther;
}

void Reader::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> arguments) {
  diagnostics_.push_back({&kind, range, std::move(arguments), {}});
}

bool Reader::Expect(Kind kind, Value value, std::string_view what) {
  if (value.Is(kind)) return true;
  Report(kShape, value.range(),
         {std::string(what), std::string(TypeName(value)), kind == Kind::kMap ? "map" : "list"});
  return false;
}

void Reader::ReadTemplate(Value root, Template& made) {
  made.tree = tree_;
  made.range = root.range();
  made.path = path_;
  ReadHeader(root, made);
  using Section = void (Reader::*)(Value, Template&);
  constexpr std::pair<std::string_view, Section> kSections[] = {
      {"parameters", &Reader::ReadParameters}, {"variables", &Reader::ReadVariables},
      {"functions", &Reader::ReadFunctions},   {"outputs", &Reader::ReadOutputs},
      {"imports", &Reader::ReadExtensions},    {"extensions", &Reader::ReadExtensions},
  };
  for (const auto& [name, read] : kSections) {
    const MapEntry* const section = FindIgnoringCase(root, name);
    if (section != nullptr && !section->value.IsNull()) (this->*read)(section->value, made);
  }
  if (const MapEntry* const definitions = FindIgnoringCase(root, "definitions")) {
    if (Expect(Kind::kMap, definitions->value, "definitions")) {
      for (const MapEntry& entry : definitions->value.AsMap()) {
        made.types.push_back({NameOf(entry.key), ReadType(entry.value), {}});
      }
    }
  }
  if (const MapEntry* const resources = FindIgnoringCase(root, "resources")) {
    ReadResources(resources->value, std::nullopt, made);
  }
}

void Reader::ReadHeader(Value root, Template& made) {
  const std::string schema = SchemaName(root);
  if (schema.starts_with("subscription")) made.scope = Scope::kSubscription;
  if (schema.starts_with("managementgroup")) made.scope = Scope::kManagementGroup;
  if (schema.starts_with("tenant")) made.scope = Scope::kTenant;
  if (const MapEntry* const version = FindIgnoringCase(root, "languageVersion")) {
    if (version->value.IsString()) made.language_version = version->value.AsString();
  }
}

void Reader::ReadParameters(Value section, Template& made) {
  if (!Expect(Kind::kMap, section, "parameters")) return;
  for (const MapEntry& entry : section.AsMap()) {
    if (!Expect(Kind::kMap, entry.value, entry.key.AsString())) continue;
    made.parameters.push_back({.name = NameOf(entry.key),
                               .range = entry.key.range().To(entry.value.range()),
                               .type = ReadType(entry.value),
                               .default_value = ReadValue(entry.value, "defaultValue")});
  }
}

void Reader::ReadVariables(Value section, Template& made) {
  if (!Expect(Kind::kMap, section, "variables")) return;
  for (const MapEntry& entry : section.AsMap()) {
    const Range range = entry.key.range().To(entry.value.range());
    if (EqualsIgnoringAsciiCase(entry.key.AsString(), "copy") && entry.value.IsList()) {
      for (const Value& copy : entry.value.AsList()) {
        const MapEntry* const name = FindIgnoringCase(copy, "name");
        if (name == nullptr || !name->value.IsString()) {
          Report(kMissing, copy.range(), {"this loop", "name"});
          continue;
        }
        made.variables.push_back({NameOf(name->value), copy.range(), ReadFor(copy), {}});
      }
      continue;
    }
    made.variables.push_back({NameOf(entry.key), range, ReadValue(entry.value), {}});
  }
}

void Reader::ReadFunctions(Value section, Template& made) {
  if (!Expect(Kind::kList, section, "functions")) return;
  for (const Value& group : section.AsList()) {
    const MapEntry* const name_space = FindIgnoringCase(group, "namespace");
    const MapEntry* const members = FindIgnoringCase(group, "members");
    if (name_space == nullptr || !name_space->value.IsString()) {
      Report(kMissing, group.range(), {"this group of functions", "namespace"});
      continue;
    }
    if (members == nullptr || !Expect(Kind::kMap, members->value, "members")) continue;
    for (const MapEntry& member : members->value.AsMap()) {
      ReadFunction(name_space->value.AsString(), member, made);
    }
  }
}

void Reader::ReadFunction(std::string_view name_space, const MapEntry& member, Template& made) {
  Function function;
  const std::string name = std::string(name_space) + "." + std::string(member.key.AsString());
  function.name = {tree_->arena().Copy(name), member.key.range()};
  const MapEntry* const parameters = FindIgnoringCase(member.value, "parameters");
  if (parameters != nullptr && parameters->value.IsList()) {
    for (const Value& parameter : parameters->value.AsList()) {
      const MapEntry* const written = FindIgnoringCase(parameter, "name");
      if (written != nullptr && written->value.IsString()) {
        function.parameters.push_back(NameOf(written->value));
      }
    }
  }
  function_parameters_ = &function.parameters;
  const MapEntry* const output = FindIgnoringCase(member.value, "output");
  if (output != nullptr) function.body = ReadValue(output->value, "value");
  function_parameters_ = nullptr;
  if (function.body == NodeId::kNone) {
    Report(kMissing, member.key.range(), {"function `" + name + "`", "output.value"});
    return;
  }
  made.functions.push_back(std::move(function));
}

void Reader::ReadOutputs(Value section, Template& made) {
  if (!Expect(Kind::kMap, section, "outputs")) return;
  for (const MapEntry& entry : section.AsMap()) {
    if (!Expect(Kind::kMap, entry.value, entry.key.AsString())) continue;
    const MapEntry* const copy = FindIgnoringCase(entry.value, "copy");
    if (copy == nullptr && FindIgnoringCase(entry.value, "value") == nullptr) {
      Report(kMissing, entry.key.range(), {"this output", "value"});
      continue;
    }
    made.outputs.push_back(
        {.name = NameOf(entry.key),
         .range = entry.key.range().To(entry.value.range()),
         .type = ReadType(entry.value),
         .condition = ReadValue(entry.value, "condition"),
         .value = copy == nullptr ? ReadValue(entry.value, "value") : ReadFor(copy->value)});
  }
}

void Reader::ReadExtensions(Value section, Template& made) {
  if (!section.IsMap()) return;
  for (const MapEntry& entry : section.AsMap()) made.extensions.push_back(NameOf(entry.key));
}

// {"parameters": {name: {"value": …}}}, or without the object around it.
void Reader::ReadArguments(Value root, Template& made) {
  made.tree = tree_;
  made.range = root.range();
  made.path = path_;
  const MapEntry* const section = FindIgnoringCase(root, "parameters");
  const Value values = section == nullptr ? root : section->value;
  if (!Expect(Kind::kMap, values, "parameters")) return;
  for (const MapEntry& entry : values.AsMap()) {
    if (!entry.value.IsMap()) continue;
    Argument argument{.name = NameOf(entry.key)};
    if (const MapEntry* const value = FindIgnoringCase(entry.value, "value")) {
      // Values of a parameter file are not evaluated, whatever they look like.
      argument.value = AddLiteral(value->value);
    } else if (const MapEntry* const text = FindIgnoringCase(entry.value, "expression")) {
      argument.value = ReadValue(text->value);
    } else if (FindIgnoringCase(entry.value, "reference") != nullptr) {
      argument.secret = true;
    } else {
      continue;
    }
    made.arguments.push_back(argument);
  }
}

ReadResult Read(const SourceFile& file, const Limits& limits, Document otherwise) {
  ReadResult result;
  auto tree = std::make_shared<Tree>();
  json::ParseResult parsed = json::Parse(file, tree->arena(), limits, kJson);
  result.diagnostics = std::move(parsed.diagnostics);
  if (!parsed.ok) return result;
  result.document = Recognize(parsed.root);
  if (result.document == Document::kOther) result.document = otherwise;
  if (!parsed.root.IsMap()) return result;
  result.content = std::make_unique<Template>();
  Reader reader(&file, file.path(), std::move(tree), limits, result.diagnostics);
  if (result.document == Document::kParameters) {
    reader.ReadArguments(parsed.root, *result.content);
  } else {
    reader.ReadTemplate(parsed.root, *result.content);
  }
  return result;
}

std::unique_ptr<Template> ReadComputed(Value root, std::string_view path, const Limits& limits,
                                       Arena& arena, std::vector<Diagnostic>& diagnostics) {
  const MapEntry* const resources = FindIgnoringCase(root, "resources");
  if (resources == nullptr || root.OpenRest() != nullptr) return nullptr;
  if (!resources->value.IsList() && !resources->value.IsMap()) return nullptr;
  auto content = std::make_unique<Template>();
  Reader(nullptr, path, std::make_shared<Tree>(arena), limits, diagnostics)
      .ReadTemplate(root, *content);
  return content;
}

}  // namespace restorable::arm
