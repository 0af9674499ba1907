#include "code/templates.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "arm/deploy.h"
#include "base/text.h"
#include "bicep/comments.h"
#include "bicep/deployments.h"
#include "bicep/library.h"

namespace restorable::code {
namespace {

// The calls of the modules that a resource stands in are the way of all of it.
OriginId OriginOf(const arm::Instance& instance, OriginTable& origins) {
  OriginId origin = OriginId::kNone;
  for (auto call = instance.calls.rbegin(); call != instance.calls.rend(); ++call) {
    origin = origins.Add(call->range, origin, call->text);
  }
  return origin;
}

// "br/public:avm/res/network/vnet:0.1.0" without its version.
std::string_view ModuleSource(std::string_view link) {
  const std::size_t version = link.rfind(':');
  const bool is_artifact = link.starts_with("br") || link.starts_with("ts");
  return is_artifact && version > link.find(':') ? link.substr(0, version) : link;
}

Presence PresenceOf(arm::Certainty certainty) {
  switch (certainty) {
    case arm::Certainty::kCertain:
      return Presence::kCertain;
    case arm::Certainty::kConditional:
      return Presence::kConditional;
    case arm::Certainty::kAnyNumber:
      break;
  }
  return Presence::kAnyNumber;
}

std::vector<Resource> ResourcesOf(const arm::Deployed& deployed, Language language,
                                  OriginTable& origins) {
  std::vector<Resource> resources;
  for (const arm::Instance& instance : deployed.instances) {
    // What is not Azure's own has another form.
    if (instance.type.empty() || !instance.extension.empty()) continue;
    const bool is_call = instance.kind == arm::Instance::Kind::kModuleCall;
    Resource resource;
    resource.schema = is_call ? Schema::kModule : Schema::kAzure;
    resource.language = language;
    resource.presence = PresenceOf(instance.certainty);
    resource.version = instance.api_version;
    resource.kind = is_call ? ModuleSource(instance.type) : instance.type;
    resource.name = instance.name;
    resource.address = instance.address;
    resource.condition = instance.condition;
    resource.body = instance.body.Via(OriginOf(instance, origins));
    resource.written = resource.body;
    resource.range = instance.range;
    resource.name_range = instance.name_range;
    resources.push_back(resource);
  }
  return resources;
}

std::vector<arm::Assignment> GivenTo(const bicep::Deployment& found, bicep::Library& library,
                                     const Input& input) {
  std::vector<arm::Assignment> given;
  for (const std::size_t number : found.given) {
    const bicep::Assignment& from = input.values.parameters[number];
    arm::Assignment assignment{.file = nullptr, .name = from.name, .text = from.text};
    if (from.name.empty()) assignment.file = library.GetValues(from.path);
    if (!from.name.empty() && !from.path.empty()) assignment.source = input.read(from.path);
    given.push_back(std::move(assignment));
  }
  return given;
}

// The file that stands for all values of a deployment.
std::string EnvironmentOf(const bicep::Deployment& found, const Input& input) {
  if (found.arguments != nullptr) return found.arguments->path;
  for (const std::size_t number : found.given) {
    const bicep::Assignment& given = input.values.parameters[number];
    if (given.name.empty()) return given.path;
  }
  return {};
}

}  // namespace

Result EvaluateTemplates(const Input& input) {
  Result result;
  const bicep::Files files{.read = input.read, .list = input.list};
  bicep::Library library(files, input.limits);
  const std::vector<bicep::Assignment>& given = input.values.parameters;
  for (const bicep::Deployment& found : bicep::FindDeployments(library, input.paths, given)) {
    result.used_parameters.insert(found.given.begin(), found.given.end());
    const arm::Deployed deployed = arm::Deploy(
        {.root = found.root, .arguments = found.arguments, .given = GivenTo(found, library, input)},
        [&](const arm::Template& from, std::string_view link) { return library.Load(from, link); },
        input.arena, input.origins, input.limits);
    const Language language =
        EndsIgnoringAsciiCase(found.root->path, ".bicep") ? Language::kBicep : Language::kArm;
    result.deployments.push_back({.root = found.root->path,
                                  .environment = EnvironmentOf(found, input),
                                  .resources = ResourcesOf(deployed, language, input.origins)});
    result.diagnostics.insert(result.diagnostics.end(), deployed.diagnostics.begin(),
                              deployed.diagnostics.end());
  }
  std::vector<Diagnostic> read = library.TakeDiagnostics();
  std::ranges::move(read, std::back_inserter(result.diagnostics));
  for (const std::string& path : input.paths) {
    const bicep::Tree* const tree = library.FindTree(path);
    const SourceFile* const file = tree == nullptr ? nullptr : input.read(path);
    if (file == nullptr) continue;
    std::vector<MarkedComment> found =
        bicep::FindMarkedComments(*file, *tree, input.comment_marker);
    std::ranges::move(found, std::back_inserter(result.comments));
  }
  return result;
}

}  // namespace restorable::code
