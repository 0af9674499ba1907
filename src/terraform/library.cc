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

}  // namespace restorable::terraform
