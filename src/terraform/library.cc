#include "terraform/library.h"

#include <utility>

#include "hcl/parse.h"

namespace restorable::terraform {

const Configuration* Library::Find(std::string_view directory) {
  const auto known = configurations_.find(directory);
  if (known != configurations_.end()) return known->second.get();
  auto loaded = LoadConfiguration(files_, directory, limits_, diagnostics_);
  return configurations_.emplace(directory, std::move(loaded)).first->second.get();
}

const Configuration::File* Library::FindValues(std::string_view path) {
  const auto known = values_.find(path);
  if (known != values_.end()) return known->second.get();
  auto loaded = LoadValues(files_, path, limits_, diagnostics_);
  return values_.emplace(path, std::move(loaded)).first->second.get();
}

const Configuration::File& Library::Parse(std::string_view text) {
  auto file = std::make_unique<Configuration::File>(
      Configuration::File{nullptr, hcl::ParseExpression({.text = text}, limits_)});
  return *expressions_.emplace_back(std::move(file));
}

const Configuration::File* Library::FindFile(std::string_view path) const {
  const auto values = values_.find(path);
  if (values != values_.end()) return values->second.get();
  const std::size_t slash = path.rfind('/');
  const std::string_view directory =
      slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  const auto module = configurations_.find(directory);
  if (module == configurations_.end() || module->second == nullptr) return nullptr;
  for (const auto& file : module->second->files) {
    if (file->source->path() == path) return file.get();
  }
  return nullptr;
}

}  // namespace restorable::terraform
