#include "bicep/module_reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace restorable::bicep {
namespace {

constexpr std::string_view kPublicRegistry = "br:mcr.microsoft.com/bicep/";
constexpr std::string_view kPublicAlias = "br/public:";

std::string Replaced(std::string_view text, char from, char to) {
  std::string out(text);
  std::ranges::replace(out, from, to);
  return out;
}

// The alias of `br/alias:…`, and what follows it; the alias is empty in `br:…`.
struct Schemed {
  std::string_view alias;
  std::string_view rest;
};

std::optional<Schemed> WithoutScheme(std::string_view written, std::string_view scheme) {
  if (!written.starts_with(scheme)) return std::nullopt;
  written.remove_prefix(scheme.size());
  if (written.starts_with(':')) return Schemed{{}, written.substr(1)};
  const std::size_t colon = written.find(':');
  if (!written.starts_with('/') || colon == written.npos) return std::nullopt;
  return Schemed{written.substr(1, colon - 1), written.substr(colon + 1)};
}

// Upper case letters of a tag as bits, so that tags differ where file names ignore case.
std::string CaseMask(std::string_view tag) {
  std::array<std::uint64_t, 2> mask{};
  for (std::size_t i = 0; i < std::min<std::size_t>(tag.size(), 128); ++i) {
    if (tag[i] >= 'A' && tag[i] <= 'Z') mask[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  if (mask[1] != 0) return fmt::format("{:x}{:016x}", mask[1], mask[0]);
  return mask[0] == 0 ? std::string() : fmt::format("{:x}", mask[0]);
}

// registry/path:tag or registry/path@sha256:…
std::optional<std::string> CachedRegistryPath(std::string_view reference) {
  const std::size_t slash = reference.find('/');
  if (slash == reference.npos) return std::nullopt;
  const std::string_view registry = reference.substr(0, slash);
  std::string_view path = reference.substr(slash + 1);
  const std::size_t digest = path.find('@');
  const std::size_t end = digest == path.npos ? path.rfind(':') : digest;
  if (end == path.npos || end == 0) return std::nullopt;
  const std::string_view version = path.substr(end + 1);
  path = path.substr(0, end);
  const std::string directory = digest == path.npos ? std::string(version) + "$" + CaseMask(version)
                                                    : Replaced(version, ':', '#');
  return "br/" + AsciiLower(Replaced(registry, ':', '$')) + "/" + Replaced(path, '/', '$') + "/" +
         directory + "/main.json";
}

}  // namespace

ModuleReference ReadReference(std::string_view written, const Configuration& configuration) {
  const std::string text(written);
  if (const auto registry = WithoutScheme(written, "br")) {
    std::string whole = "br:" + std::string(registry->rest);
    if (!registry->alias.empty()) {
      const auto alias = configuration.registries.find(registry->alias);
      if (alias == configuration.registries.end()) {
        return {ModuleReference::Kind::kUnknownAlias, text, std::string(registry->alias)};
      }
      whole = "br:" + alias->second.registry + "/";
      if (!alias->second.path.empty()) whole += alias->second.path + "/";
      whole += registry->rest;
    }
    if (whole.starts_with(kPublicRegistry)) {
      whole = std::string(kPublicAlias) + whole.substr(kPublicRegistry.size());
    }
    return {ModuleReference::Kind::kRegistry, whole, {}};
  }
  if (const auto spec = WithoutScheme(written, "ts")) {
    if (spec->alias.empty()) return {ModuleReference::Kind::kTemplateSpec, text, {}};
    const auto alias = configuration.template_specs.find(spec->alias);
    if (alias == configuration.template_specs.end()) {
      return {ModuleReference::Kind::kUnknownAlias, text, std::string(spec->alias)};
    }
    return {ModuleReference::Kind::kTemplateSpec,
            "ts:" + alias->second.subscription + "/" + alias->second.resource_group + "/" +
                std::string(spec->rest),
            {}};
  }
  return {ModuleReference::Kind::kFile, text, {}};
}

std::optional<std::string> CachedPath(std::string_view text) {
  if (text.starts_with(kPublicAlias)) {
    return CachedRegistryPath("mcr.microsoft.com/bicep/" +
                              std::string(text.substr(kPublicAlias.size())));
  }
  if (text.starts_with("br:")) return CachedRegistryPath(text.substr(3));
  if (!text.starts_with("ts:")) return std::nullopt;
  // ts:subscription/group/name:version
  const std::string_view spec = text.substr(3);
  const std::size_t colon = spec.rfind(':');
  if (colon == spec.npos) return std::nullopt;
  return "ts/" + AsciiLower(spec.substr(0, colon)) + "/" + AsciiLower(spec.substr(colon + 1)) +
         "/main.json";
}

}  // namespace restorable::bicep
