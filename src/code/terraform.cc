#include "code/terraform.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "base/text.h"
#include "hcl/comments.h"
#include "json/parse.h"
#include "terraform/deploy.h"
#include "terraform/diagnostics.h"
#include "terraform/files.h"
#include "terraform/library.h"
#include "terraform/plan.h"
#include "terraform/roots.h"
#include "value/rebuild.h"

namespace restorable::code {
namespace {

constexpr std::string_view kProviderType = "required_provider";
constexpr std::string_view kDefaultHost = "registry.terraform.io/";

// What the values of a deployment point into.
struct Trees {
  Trees(terraform::Files given, const Limits& limits)
      : files(std::move(given)), library(files, limits) {}

  terraform::Files files;
  terraform::Library library;
};

// Whether an entry of a map in it is null.
bool HasNull(Value value) {
  if (value.IsList()) return std::ranges::any_of(value.AsList(), HasNull);
  return value.IsMap() && std::ranges::any_of(value.AsMap(), [](const MapEntry& entry) {
           return entry.value.IsNull() || HasNull(entry.value);
         });
}

Presence PresenceOf(terraform::Certainty certainty) {
  switch (certainty) {
    case terraform::Certainty::kCertain:
      return Presence::kCertain;
    case terraform::Certainty::kConditional:
      return Presence::kConditional;
    case terraform::Certainty::kAnyNumber:
      break;
  }
  return Presence::kAnyNumber;
}

class Converter {
 public:
  explicit Converter(const Input& input) : arena_(input.arena), origins_(input.origins) {}

  std::vector<Resource> ResourcesOf(const terraform::Deployed& deployed) {
    std::vector<Resource> resources;
    for (const terraform::Instance& instance : deployed.instances) {
      if (instance.kind == terraform::Instance::Kind::kData) continue;
      Resource resource = Blank(WithId(instance).Via(OriginOf(instance)));
      resource.kind = instance.type;
      if (instance.kind == terraform::Instance::Kind::kModuleCall) {
        resource.schema = Schema::kModule;
        resource.kind = ModuleSource(instance.type);
      }
      resource.presence = PresenceOf(instance.certainty);
      resource.condition = instance.condition;
      if (instance.before) resource.before = arena_.New<Value>(WithoutNulls(*instance.before));
      resource.name = instance.name;
      resource.address = instance.address;
      resource.range = instance.range;
      resource.name_range = instance.name_range;
      resources.push_back(resource);
    }
    for (const terraform::Provider& provider : deployed.providers) {
      resources.push_back(ProviderOf(provider));
    }
    return resources;
  }

 private:
  static Resource Blank(Value body) {
    Resource resource;
    resource.schema = Schema::kTerraform;
    resource.language = Language::kTerraform;
    resource.body = body;
    resource.written = body;
    return resource;
  }

  // Null is as good as nothing, for providers and for Azure.
  Value WithoutNulls(Value value) {
    if (!HasNull(value)) return value;
    if (value.IsList()) {
      std::vector<Value> items;
      for (const Value& item : value.AsList()) items.push_back(WithoutNulls(item));
      return WithItems(arena_, value, items);
    }
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : value.AsMap()) {
      if (!entry.value.IsNull()) entries.push_back({entry.key, WithoutNulls(entry.value)});
    }
    return WithEntries(arena_, value, entries);
  }

  // A plan knows the id or names it; code does not speak of it.
  Value WithId(const terraform::Instance& instance) {
    const Value body = WithoutNulls(instance.body);
    if (!body.IsMap() || body.Find("id") != nullptr) return body;
    const std::string id = "{" + std::string(instance.address) + ".id}";
    std::vector<MapEntry> entries(body.AsMap().begin(), body.AsMap().end());
    entries.push_back({Value::String("id"), Value::String(arena_.Copy(id))});
    return WithEntries(arena_, body, entries);
  }

  // The calls of the modules that a resource stands in are the way of all of it.
  OriginId OriginOf(const terraform::Instance& instance) {
    OriginId origin = OriginId::kNone;
    for (auto call = instance.calls.rbegin(); call != instance.calls.rend(); ++call) {
      origin = origins_.Add(call->range, origin, call->text);
    }
    return origin;
  }

  static std::string_view ModuleSource(std::string_view source) {
    if (source.starts_with(kDefaultHost)) source.remove_prefix(kDefaultHost.size());
    return source;
  }

  Resource ProviderOf(const terraform::Provider& provider) {
    std::vector<MapEntry> entries{
        {Value::String("name"), Value::String(arena_.Copy(provider.name))}};
    Range range;
    const auto add = [&](std::string_view name, Value value) {
      if (value.IsNull()) return;
      entries.push_back({Value::String(name), value});
      range = value.range();
    };
    add("locked", provider.locked);
    add("source", provider.source);
    add("version", provider.version);
    const Value body = Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
    Resource resource = Blank(body.At(range));
    resource.kind = kProviderType;
    resource.name = entries[0].value.AsString();
    resource.address = arena_.Copy("provider." + std::string(provider.name));
    resource.range = range;
    resource.name_range = range;
    return resource;
  }

  Arena& arena_;
  OriginTable& origins_;
};

class Evaluator {
 public:
  explicit Evaluator(const Input& input)
      : input_(input),
        trees_(std::make_shared<Trees>(terraform::Files{.list = input.list, .read = input.read},
                                       input.limits)) {}

  Result Run() {
    result_.trees = trees_;
    for (const std::string& root : terraform::FindRoots(trees_->library, input_.paths)) {
      AddRoot(root);
    }
    Append(trees_->library.TakeDiagnostics());
    for (const std::string& path : input_.paths) {
      if (trees_->library.FindFile(path) != nullptr) {
        AddComments(path);
      } else if (EndsIgnoringAsciiCase(path, ".tfvars") ||
                 EndsIgnoringAsciiCase(path, ".tfvars.json")) {
        AddUnused(path);
      } else if (EndsIgnoringAsciiCase(path, ".json")) {
        AddPlan(path);
      }
    }
    return std::move(result_);
  }

 private:
  void Append(std::vector<Diagnostic> diagnostics) {
    std::ranges::move(diagnostics, std::back_inserter(result_.diagnostics));
  }

  void Add(std::string root, terraform::Deployed deployed) {
    result_.deployments.push_back({.root = std::move(root),
                                   .environment = {},
                                   .resources = Converter(input_).ResourcesOf(deployed)});
    Append(std::move(deployed.diagnostics));
  }

  void AddRoot(const std::string& directory) {
    const terraform::Inputs inputs{.directory = directory,
                                   .environment = input_.values.environment,
                                   .given = input_.values.given};
    Add(directory, terraform::Deploy(inputs, trees_->library, input_.arena, input_.origins));
  }

  void AddUnused(const std::string& path) {
    const SourceFile* const file = input_.read(path);
    if (file == nullptr) return;
    result_.diagnostics.push_back({&terraform::kValuesUnused, {file->id(), 0, 0}, {}, {}});
  }

  void AddPlan(const std::string& path) {
    const SourceFile* const file = input_.read(path);
    if (file == nullptr) return;
    json::ParseResult parsed = json::Parse(*file, input_.arena, input_.limits);
    if (!terraform::IsPlan(parsed.root)) return;
    Append(std::move(parsed.diagnostics));
    Add(path, terraform::ReadPlan(parsed.root, input_.arena, input_.limits));
  }

  void AddComments(const std::string& path) {
    const terraform::Configuration::File& file = *trees_->library.FindFile(path);
    std::vector<MarkedComment> found =
        hcl::FindMarkedComments(*file.source, file.parsed.tree, input_.comment_marker);
    std::ranges::move(found, std::back_inserter(result_.comments));
  }

  const Input& input_;
  std::shared_ptr<Trees> trees_;
  Result result_;
};

}  // namespace

Result EvaluateTerraform(const Input& input) { return Evaluator(input).Run(); }

}  // namespace restorable::code
