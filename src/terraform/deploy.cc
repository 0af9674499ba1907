#include "terraform/deploy.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "hcl/parse.h"
#include "json/parse.h"
#include "terraform/diagnostics.h"
#include "terraform/module.h"

namespace restorable::terraform {
namespace {

constexpr std::string_view kInstalled = ".terraform/modules/modules.json";
constexpr std::string_view kLocks = ".terraform.lock.hcl";
constexpr std::string_view kDefaultHost = "registry.terraform.io/";

// What a provider is called in the registry; one that says nothing is HashiCorp's.
std::string SourceOf(const Provider& provider) {
  if (!provider.source.IsString()) return "hashicorp/" + std::string(provider.name);
  std::string_view source = provider.source.AsString();
  if (source.starts_with(kDefaultHost)) source.remove_prefix(kDefaultHost.size());
  return std::string(source);
}

class Deployer {
 public:
  Deployer(const Inputs& inputs, Library& library, Context& context, Deployed& deployed)
      : inputs_(inputs), library_(library), context_(context), deployed_(deployed) {}

  void Run();

 private:
  [[nodiscard]] std::string InRoot(std::string_view name) const {
    return inputs_.directory.empty() ? std::string(name)
                                     : inputs_.directory + "/" + std::string(name);
  }
  void ReadRootValues(const Configuration& root);
  void ReadFile(const std::string& path);
  void ReadText(const Configuration& root, const std::string& name, const std::string& text,
                std::string_view note);
  void ReadInstalled();
  void ReadProviders(const Configuration& module);
  Provider ReadProvider(const hcl::Tree& tree, const hcl::Argument& argument);
  void ReadLocks(const Configuration& root);

  const Inputs& inputs_;
  Library& library_;
  Context& context_;
  Deployed& deployed_;
  Surroundings surroundings_;
};

void Deployer::Run() {
  const Configuration* const found = library_.Find(inputs_.directory);
  if (found == nullptr) return;
  deployed_.found = true;
  deployed_.modules.push_back(found);
  const Configuration& root = *found;
  ReadRootValues(root);
  ReadInstalled();
  Module(context_, library_, deployed_, surroundings_, root).AddInstances();
  for (const Configuration* const module : deployed_.modules) ReadProviders(*module);
  ReadLocks(root);
}

// From the weakest to the strongest, each going over those before it.
void Deployer::ReadRootValues(const Configuration& root) {
  for (const auto& [name, text] : inputs_.environment) {
    ReadText(root, name, text, "environment variable TF_VAR_" + name);
  }
  const auto names = context_.files->list(inputs_.directory);
  if (names.has_value()) {
    for (const std::string_view fixed : {"terraform.tfvars", "terraform.tfvars.json"}) {
      if (std::ranges::find(*names, fixed) != names->end()) ReadFile(InRoot(fixed));
    }
    for (const std::string& name : *names) {
      if (name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json")) {
        ReadFile(InRoot(name));
      }
    }
  }
  for (const Assignment& given : inputs_.given) {
    if (!given.path.empty()) {
      ReadFile(given.path);
    } else {
      ReadText(root, given.name, given.text, "--var " + given.name);
    }
  }
}

void Deployer::ReadFile(const std::string& path) {
  const Configuration::File* const file = library_.FindValues(path);
  if (file == nullptr) return;
  const hcl::Tree& tree = file->parsed.tree;
  for (const hcl::Argument& argument : tree.Arguments(tree.root())) {
    const Value value = Evaluate(context_, tree, argument.value, nullptr);
    surroundings_.root_values[std::string(argument.name.text)] = value.Via(context_.origins.Add(
        value.range(), OriginId::kNone, "value of variable " + std::string(argument.name.text)));
  }
}

// A text from outside is the value itself for a variable of a simple type or none, and an
// expression for the others.
void Deployer::ReadText(const Configuration& root, const std::string& name, const std::string& text,
                        std::string_view note) {
  const auto variable = root.variables.find(name);
  if (variable == root.variables.end()) return;
  const Expression type = variable->second.body.Find("type");
  const bool structured =
      type.written() && std::holds_alternative<hcl::Call>((*type.tree)[type.node].expression);
  Value value = context_.String(text);
  if (structured) {
    const hcl::ParseResult& parsed = library_.Parse(value.AsString()).parsed;
    value = parsed.diagnostics.empty()
                ? Evaluate(context_, parsed.tree, parsed.tree.expression(), nullptr)
                : context_.Error(Message(parsed.diagnostics[0]));
  }
  const Range range = variable->second.header;
  surroundings_.root_values[name] =
      value.At(range).Via(context_.origins.Add(range, OriginId::kNone, note));
}

// Where `terraform init` put the modules that are not local.
void Deployer::ReadInstalled() {
  const SourceFile* const file = context_.files->read(InRoot(kInstalled));
  if (file == nullptr) return;
  const json::ParseResult parsed = json::Parse(*file, context_.arena, context_.limits);
  const Value* const modules = parsed.root.Find("Modules");
  if (modules == nullptr || !modules->IsList()) return;
  for (const Value& module : modules->AsList()) {
    const Value* const key = module.Find("Key");
    const Value* const directory = module.Find("Dir");
    if (key == nullptr || directory == nullptr || !key->IsString() || !directory->IsString()) {
      continue;
    }
    const auto path = JoinPath(inputs_.directory, directory->AsString());
    if (path.has_value()) surroundings_.installed.emplace(key->AsString(), *path);
  }
}

// An override file's requirement takes the place of the one before it.
void Deployer::ReadProviders(const Configuration& module) {
  std::vector<Provider> required;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Declaration& terraform : module.terraform) {
    for (const Body::NestedBlock& nested : terraform.body.Blocks()) {
      if (nested.block->type.text != "required_providers") continue;
      for (const hcl::Argument& argument : nested.tree->Arguments(nested.block->body)) {
        Provider provider = ReadProvider(*nested.tree, argument);
        provider.directory = module.directory;
        const auto [place, is_new] = places.emplace(provider.name, required.size());
        if (is_new) {
          required.push_back(provider);
        } else {
          required[place->second] = provider;
        }
      }
    }
  }
  deployed_.providers.insert(deployed_.providers.end(), required.begin(), required.end());
}

Provider Deployer::ReadProvider(const hcl::Tree& tree, const hcl::Argument& argument) {
  const Value value = Evaluate(context_, tree, argument.value, nullptr);
  Provider provider{
      .name = argument.name.text, .source = {}, .version = {}, .locked = {}, .directory = {}};
  if (value.IsString()) provider.version = value;  // the form of old is the constraint alone
  if (const Value* const source = value.Find("source")) provider.source = *source;
  if (const Value* const version = value.Find("version")) provider.version = *version;
  return provider;
}

// The lock file names providers by host, namespace and type, required or only used.
void Deployer::ReadLocks(const Configuration& root) {
  const Configuration::File* const file = library_.FindValues(InRoot(kLocks));
  if (file == nullptr) return;
  const hcl::Tree& tree = file->parsed.tree;
  for (const hcl::Block& block : tree.Blocks(tree.root())) {
    const hcl::Argument* const version = tree.FindArgument(block.body, "version");
    const std::span<const hcl::Label> labels = tree.Labels(block);
    if (block.type.text != "provider" || labels.size() != 1 || version == nullptr) continue;
    std::string_view source = labels[0].text;
    if (source.starts_with(kDefaultHost)) source.remove_prefix(kDefaultHost.size());
    const Value locked = Evaluate(context_, tree, version->value, nullptr);
    bool required = false;
    for (Provider& provider : deployed_.providers) {
      if (SourceOf(provider) != source) continue;
      provider.locked = locked;
      required = true;
    }
    if (required) continue;
    deployed_.providers.push_back({.name = source.substr(source.rfind('/') + 1),
                                   .source = Value::String(source).At(labels[0].range),
                                   .version = {},
                                   .locked = locked,
                                   .directory = root.directory});
  }
}

}  // namespace

Deployed Deploy(const Inputs& inputs, Library& library, Arena& arena, OriginTable& origins) {
  Deployed deployed;
  Context context(arena, origins, library.limits());
  context.files = &library.files();
  context.directory = inputs.directory;
  Deployer(inputs, library, context, deployed).Run();
  deployed.diagnostics = std::move(context.diagnostics);
  std::ranges::stable_sort(deployed.diagnostics, {},
                           [](const Diagnostic& d) { return std::pair(d.range, d.kind->id); });
  return deployed;
}

}  // namespace restorable::terraform
