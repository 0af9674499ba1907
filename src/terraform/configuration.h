#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "hcl/parse.h"
#include "terraform/files.h"

// The files of one module, as what they declare.
namespace restorable::terraform {

struct Expression {
  const hcl::Tree* tree = nullptr;  // nullptr: not written
  hcl::NodeId node = hcl::NodeId::kNone;

  [[nodiscard]] bool written() const { return tree != nullptr; }
  [[nodiscard]] Range range() const { return (*tree)[node].range; }
};

// A block and those of override files that go over it: an argument of a later one counts, and
// nested blocks of a type replace all of that type.
struct Body {
  struct Part {
    const hcl::Tree* tree;
    hcl::BodyId body;
  };
  struct NestedBlock {
    const hcl::Tree* tree;
    const hcl::Block* block;
  };
  struct NamedArgument {
    hcl::Name name;
    Expression value;
  };
  std::vector<Part> parts;

  [[nodiscard]] Expression Find(std::string_view name) const;
  [[nodiscard]] std::vector<NamedArgument> Arguments() const;
  [[nodiscard]] std::vector<NestedBlock> Blocks() const;
};

struct Declaration {
  std::string_view type;  // of a resource or data source; in the files
  std::string_view name;
  Range range;   // of the block
  Range header;  // of its type and labels
  Body body;
};

struct Local {
  std::string_view name;
  Expression value;
};

struct Configuration {
  struct File {
    const SourceFile* source;
    hcl::ParseResult parsed;
  };

  std::string directory;
  std::vector<std::unique_ptr<File>> files;
  // By name; resources, data sources and ephemeral resources by "type.name".
  std::map<std::string, Declaration, std::less<>> variables;
  std::map<std::string, Declaration, std::less<>> outputs;
  std::map<std::string, Declaration, std::less<>> modules;
  std::map<std::string, Declaration, std::less<>> resources;
  std::map<std::string, Declaration, std::less<>> data;
  std::map<std::string, Declaration, std::less<>> ephemerals;
  std::map<std::string, Local, std::less<>> locals;
  std::vector<Declaration> terraform;  // blocks of that name
};

// Reads the module of a directory: its *.tf, *.tf.json, *.tofu and *.tofu.json files and then the
// override files.
// Nothing if there is no such directory, or no such file in it.
[[nodiscard]] std::unique_ptr<Configuration> LoadConfiguration(
    const Files& files, std::string_view directory, const Limits& limits,
    std::vector<Diagnostic>& diagnostics);

// A file of variable values: "*.tfvars" or "*.tfvars.json". Nothing if it is not there.
[[nodiscard]] std::unique_ptr<Configuration::File> LoadValues(const Files& files,
                                                              std::string_view path,
                                                              const Limits& limits,
                                                              std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::terraform
