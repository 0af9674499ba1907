#include <memory>
#include <utility>

#include "arm/diagnostics.h"
#include "arm/reader.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kDeployments = "Microsoft.Resources/deployments";

// What is no part of the body that is sent.
constexpr std::string_view kOwnKeys[] = {
    "type",     "apiVersion", "name",     "condition", "copy",    "dependsOn", "scope",
    "existing", "resources",  "comments", "metadata",  "asserts", "import",    "extension",
};
constexpr std::string_view kOwnKeysOfModule[] = {
    "type",  "apiVersion", "name",      "condition", "copy",     "dependsOn",
    "scope", "existing",   "resources", "comments",  "metadata", "properties",
};

bool IsText(const MapEntry* entry, std::string_view text) {
  return entry != nullptr && entry->value.IsString() &&
         EqualsIgnoringAsciiCase(entry->value.AsString(), text);
}

}  // namespace

// A list, or by symbolic name as languageVersion 2.0 has it.
void Reader::ReadResources(Value section, std::optional<std::uint32_t> within, Template& made) {
  if (section.IsNull()) return;
  if (section.IsMap()) {
    made.symbolic = true;
    for (const MapEntry& entry : section.AsMap()) {
      ReadResource(entry.value, NameOf(entry.key), within, made);
    }
    return;
  }
  if (!Expect(Kind::kList, section, "resources")) return;
  for (const Value& written : section.AsList()) ReadResource(written, {}, within, made);
}

void Reader::ReadResource(Value written, const Name& symbol, std::optional<std::uint32_t> within,
                          Template& made) {
  if (!Expect(Kind::kMap, written, symbol.text.empty() ? "a resource" : symbol.text)) return;
  Resource resource{.range = written.range(), .symbol = symbol};
  resource.type = ReadValue(written, "type");
  resource.api_version = ReadValue(written, "apiVersion");
  resource.name = ReadValue(written, "name");
  // A resource of an extension has no name of its own; `az` is Azure itself.
  for (const std::string_view key : {"import", "extension"}) {
    const MapEntry* const extension = FindIgnoringCase(written, key);
    if (extension == nullptr || !extension->value.IsString()) continue;
    if (!EqualsIgnoringAsciiCase(extension->value.AsString(), "az")) {
      resource.extension = NameOf(extension->value);
    }
  }
  const bool extended = !resource.extension.text.empty();
  if (resource.type == NodeId::kNone) {
    Report(kMissing, written.range(), {"this resource", "type"});
    return;
  }
  if (resource.name == NodeId::kNone && !extended) {
    Report(kMissing, written.range(), {"this resource", "name"});
    return;
  }
  resource.name_range = FindIgnoringCase(written, extended ? "type" : "name")->value.range();
  resource.within = within;
  resource.scope = ReadValue(written, "scope");
  resource.condition = ReadValue(written, "condition");
  if (const MapEntry* const existing = FindIgnoringCase(written, "existing")) {
    resource.existing = existing->value.IsTrue();
  }
  if (const MapEntry* const copy = FindIgnoringCase(written, "copy")) {
    resource.loop = ReadLoop(copy->value);
  }
  if (const MapEntry* const depends = FindIgnoringCase(written, "dependsOn");
      depends != nullptr && depends->value.IsList()) {
    for (const Value& item : depends->value.AsList()) {
      resource.depends_on.push_back(ReadValue(item));
    }
  }
  if (IsModule(written)) {
    resource.body = ReadObjectWithout(written, kOwnKeysOfModule);
    ReadModule(FindIgnoringCase(written, "properties")->value, resource);
  } else {
    resource.body = ReadObjectWithout(written, kOwnKeys);
  }
  const auto number = static_cast<std::uint32_t>(made.resources.size());
  made.resources.push_back(std::move(resource));
  if (const MapEntry* const children = FindIgnoringCase(written, "resources")) {
    ReadResources(children->value, number, made);
  }
}

std::optional<Loop> Reader::ReadLoop(Value copy) {
  if (!Expect(Kind::kMap, copy, "copy")) return std::nullopt;
  Loop loop{.range = copy.range(), .count = ReadValue(copy, "count")};
  const MapEntry* const name = FindIgnoringCase(copy, "name");
  if (name != nullptr && name->value.IsString()) loop.label = tree_->Add(NameOf(name->value));
  if (loop.count != NodeId::kNone) return loop;
  Report(kMissing, copy.range(), {"this loop", "count"});
  return std::nullopt;
}

bool Reader::IsModule(Value written) const {
  if (!IsText(FindIgnoringCase(written, "type"), kDeployments)) return false;
  const MapEntry* const properties = FindIgnoringCase(written, "properties");
  return properties != nullptr && (FindIgnoringCase(properties->value, "template") != nullptr ||
                                   FindIgnoringCase(properties->value, "templateLink") != nullptr);
}

void Reader::ReadModule(Value properties, Resource& resource) {
  resource.module = std::make_unique<Module>();
  Module& module = *resource.module;
  module.wrapped = true;
  module.arguments = ReadValue(properties, "parameters");
  if (const MapEntry* const link = FindIgnoringCase(properties, "templateLink")) {
    for (const std::string_view key : {"relativePath", "uri", "id"}) {
      if (module.link == NodeId::kNone) module.link = ReadValue(link->value, key);
    }
  }
  const MapEntry* const content = FindIgnoringCase(properties, "template");
  if (content == nullptr) return;
  if (!content->value.IsMap()) {
    module.computed = ReadValue(content->value);
    return;
  }
  const MapEntry* const options = FindIgnoringCase(properties, "expressionEvaluationOptions");
  module.outer_scope =
      options == nullptr || !IsText(FindIgnoringCase(options->value, "scope"), "inner");
  module.content = std::make_unique<Template>();
  ReadTemplate(content->value, *module.content);
}

}  // namespace restorable::arm
