#include "terraform/configuration.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hcl/parse_json.h"
#include "terraform/diagnostics.h"

namespace restorable::terraform {
namespace {

// What tells blocks from arguments in JSON syntax, as far as the language itself has them; blocks
// of providers' schemas read as arguments whose value is an object or a list of objects.
constexpr hcl::BlockShape kDynamicContent[] = {{"content"}};
constexpr hcl::BlockShape kLifecycle[] = {{"precondition"}, {"postcondition"}};
constexpr hcl::BlockShape kInResource[] = {{"dynamic", 1, kDynamicContent},
                                           {"lifecycle", 0, kLifecycle},
                                           {"connection"},
                                           {"provisioner", 1}};
constexpr hcl::BlockShape kInVariable[] = {{"validation"}};
constexpr hcl::BlockShape kInTerraform[] = {
    {"required_providers"}, {"backend", 1}, {"cloud"}, {"provider_meta", 1}};
constexpr hcl::BlockShape kShapes[] = {
    {"terraform", 0, kInTerraform},
    {"variable", 1, kInVariable},
    {"locals"},
    {"output", 1},
    {"resource", 2, kInResource},
    {"data", 2, kInResource},
    {"ephemeral", 2, kInResource},
    {"module", 1},
    {"provider", 1},
    {"moved"},
    {"import"},
    {"removed"},
    {"check", 1},
};

bool IsIgnored(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') ||
         (name.starts_with('#') && name.ends_with('#'));
}

// What a file name ends in, with the ending that OpenTofu prefers to it.
struct Ending {
  std::string_view text;
  std::string_view preferred;
};
constexpr Ending kEndings[] = {
    {".tf", ".tofu"}, {".tf.json", ".tofu.json"}, {".tofu", {}}, {".tofu.json", {}}};

const Ending* EndingOf(std::string_view name) {
  if (IsIgnored(name)) return nullptr;
  const auto* const ending = std::ranges::find_if(
      kEndings, [&](const Ending& candidate) { return name.ends_with(candidate.text); });
  return ending == std::end(kEndings) ? nullptr : ending;
}

std::string_view StemOf(std::string_view name) {
  return name.substr(0, name.size() - EndingOf(name)->text.size());
}

bool IsOverride(std::string_view name) {
  const std::string_view stem = StemOf(name);
  return stem == "override" || stem.ends_with("_override");
}

// The files of a module among the sorted names of a directory. `main.tofu` stands in the place of
// `main.tf`.
std::vector<std::string> ConfigurationFiles(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    const Ending* const ending = EndingOf(name);
    if (ending == nullptr) continue;
    const std::string preferred = std::string(StemOf(name)).append(ending->preferred);
    const bool replaced =
        !ending->preferred.empty() && std::ranges::binary_search(names, preferred);
    if (!replaced) files.push_back(name);
  }
  return files;
}

class Loader {
 public:
  Loader(const Files& files, const Limits& limits, Configuration& configuration,
         std::vector<Diagnostic>& diagnostics)
      : files_(files), limits_(limits), configuration_(configuration), diagnostics_(diagnostics) {}

  void Load(const std::string& path, bool overrides);

 private:
  using Table = std::map<std::string, Declaration, std::less<>>;

  void AddBlock(const hcl::Tree& tree, const hcl::Block& block);
  void AddLocals(const hcl::Tree& tree, const hcl::Block& block);
  void Add(Table& table, const hcl::Tree& tree, const hcl::Block& block);

  const Files& files_;
  const Limits& limits_;
  Configuration& configuration_;
  std::vector<Diagnostic>& diagnostics_;
  bool overrides_ = false;
};

void Loader::Load(const std::string& path, bool overrides) {
  overrides_ = overrides;
  const SourceFile* const source = files_.read(path);
  if (source == nullptr) return;
  const bool json = path.ends_with(".json");
  auto file = std::make_unique<Configuration::File>(Configuration::File{
      source, json ? hcl::ParseJson(*source, kShapes, limits_) : hcl::Parse(*source, limits_)});
  const hcl::Tree& tree = file->parsed.tree;
  for (Diagnostic& diagnostic : file->parsed.diagnostics) {
    diagnostics_.push_back(std::move(diagnostic));
  }
  for (const hcl::Block& block : tree.Blocks(tree.root())) AddBlock(tree, block);
  configuration_.files.push_back(std::move(file));
}

void Loader::AddBlock(const hcl::Tree& tree, const hcl::Block& block) {
  const std::string_view type = block.type.text;
  if (type == "locals") return AddLocals(tree, block);
  if (type == "variable") return Add(configuration_.variables, tree, block);
  if (type == "output") return Add(configuration_.outputs, tree, block);
  if (type == "module") return Add(configuration_.modules, tree, block);
  if (type == "data") return Add(configuration_.data, tree, block);
  if (type == "ephemeral") return Add(configuration_.ephemerals, tree, block);
  if (type == "resource") return Add(configuration_.resources, tree, block);
  if (type == "terraform") {
    configuration_.terraform.push_back({.type = type,
                                        .name = {},
                                        .range = block.range,
                                        .header = block.header,
                                        .body = {.parts = {{&tree, block.body}}}});
  }
}

void Loader::AddLocals(const hcl::Tree& tree, const hcl::Block& block) {
  for (const hcl::Argument& argument : tree.Arguments(block.body)) {
    const auto [place, added] = configuration_.locals.try_emplace(
        std::string(argument.name.text), Local{argument.name.text, {&tree, argument.value}});
    if (added) continue;
    if (!overrides_) {
      diagnostics_.push_back({.kind = &kDuplicate,
                              .range = argument.name.range,
                              .args = {"local." + std::string(argument.name.text)},
                              .notes = {}});
    }
    place->second.value = {&tree, argument.value};
  }
}

// A second declaration is an error, unless it stands in an override file: then it goes over the
// first one. After the error the first one stays.
void Loader::Add(Table& table, const hcl::Tree& tree, const hcl::Block& block) {
  const std::span<const hcl::Label> labels = tree.Labels(block);
  constexpr std::string_view kTyped[] = {"resource", "data", "ephemeral"};
  const bool resource = std::ranges::find(kTyped, block.type.text) != std::end(kTyped);
  if (labels.size() != (resource ? 2U : 1U)) return;
  const std::string_view type = resource ? labels[0].text : std::string_view();
  const std::string_view name = labels.back().text;
  const std::string key =
      resource ? std::string(type) + "." + std::string(name) : std::string(name);
  const auto [place, added] =
      table.try_emplace(key, Declaration{.type = type,
                                         .name = name,
                                         .range = block.range,
                                         .header = block.header,
                                         .body = {.parts = {{&tree, block.body}}}});
  if (added) return;
  if (overrides_) {
    place->second.body.parts.push_back({&tree, block.body});
    return;
  }
  diagnostics_.push_back({.kind = &kDuplicate,
                          .range = block.header,
                          .args = {key},
                          .notes = {{place->second.header, "declared here first"}}});
}

}  // namespace

Expression Body::Find(std::string_view name) const {
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const hcl::Argument* const argument = part->tree->FindArgument(part->body, name);
    if (argument != nullptr) return {part->tree, argument->value};
  }
  return {};
}

std::vector<Body::NamedArgument> Body::Arguments() const {
  std::vector<NamedArgument> arguments;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Part& part : parts) {
    for (const hcl::Argument& argument : part.tree->Arguments(part.body)) {
      const NamedArgument named{argument.name, {part.tree, argument.value}};
      const auto [place, is_new] = places.emplace(argument.name.text, arguments.size());
      if (is_new) {
        arguments.push_back(named);
      } else {
        arguments[place->second] = named;
      }
    }
  }
  return arguments;
}

std::vector<Body::NestedBlock> Body::Blocks() const {
  // What a `dynamic` block makes is of the type that its label names.
  const auto type_of = [](const NestedBlock& nested) {
    const auto labels = nested.tree->Labels(*nested.block);
    const bool dynamic = nested.block->type.text == "dynamic" && !labels.empty();
    return dynamic ? labels[0].text : nested.block->type.text;
  };
  std::vector<NestedBlock> blocks;
  for (const Part& part : parts) {
    std::vector<NestedBlock> own;
    std::unordered_set<std::string_view> types;
    for (const hcl::Block& block : part.tree->Blocks(part.body)) {
      own.push_back({part.tree, &block});
      if (!blocks.empty()) types.insert(type_of(own.back()));
    }
    std::erase_if(blocks,
                  [&](const NestedBlock& earlier) { return types.contains(type_of(earlier)); });
    blocks.insert(blocks.end(), own.begin(), own.end());
  }
  return blocks;
}

std::unique_ptr<Configuration> LoadConfiguration(const Files& files, std::string_view directory,
                                                 const Limits& limits,
                                                 std::vector<Diagnostic>& diagnostics) {
  const auto names = files.list(directory);
  if (!names.has_value()) return nullptr;
  const std::vector<std::string> chosen = ConfigurationFiles(*names);
  if (chosen.empty()) return nullptr;
  auto configuration = std::make_unique<Configuration>();
  configuration->directory = directory;
  Loader loader(files, limits, *configuration, diagnostics);
  for (const bool overrides : {false, true}) {
    for (const std::string& name : chosen) {
      if (IsOverride(name) != overrides) continue;
      const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
      loader.Load(prefix + name, overrides);
    }
  }
  return configuration;
}

std::unique_ptr<Configuration::File> LoadValues(const Files& files, std::string_view path,
                                                const Limits& limits,
                                                std::vector<Diagnostic>& diagnostics) {
  const SourceFile* const source = files.read(path);
  if (source == nullptr) return nullptr;
  auto file = std::make_unique<Configuration::File>(
      Configuration::File{source, path.ends_with(".json") ? hcl::ParseJson(*source, {}, limits)
                                                          : hcl::Parse(*source, limits)});
  for (Diagnostic& diagnostic : file->parsed.diagnostics) {
    diagnostics.push_back(std::move(diagnostic));
  }
  return file;
}

}  // namespace restorable::terraform
