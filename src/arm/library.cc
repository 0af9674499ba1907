#include "arm/library.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace restorable::arm {

std::optional<std::string> ResolveLink(std::string_view path, std::string_view link) {
  if (link.starts_with('/') || link.find("://") != std::string_view::npos ||
      link.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view directory =
      slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (std::string_view rest : {directory, link}) {
    while (!rest.empty()) {
      const std::size_t end = rest.find('/');
      const std::string_view part = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      if (part.empty() || part == ".") continue;
      if (part != ".." || parts.empty() || parts.back() == "..") {
        if (part == ".." && absolute) return std::nullopt;
        parts.push_back(part);
      } else {
        parts.pop_back();
      }
    }
  }
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty() || absolute) joined += '/';
    joined += part;
  }
  return joined;
}

bool IsNamedParametersOf(std::string_view file, std::string_view template_file) {
  const std::string name = AsciiLower(file);
  std::string stem = AsciiLower(template_file);
  stem.resize(std::min(stem.rfind('.'), stem.size()));
  constexpr std::string_view kEnding = ".json";
  if (!name.ends_with(kEnding) || !name.starts_with(stem + ".")) return false;
  const std::string between = name.substr(stem.size(), name.size() - stem.size() - kEnding.size());
  // ".parameters", ".parameters.dev", ".dev.parameters"
  return between == ".parameters" || between.starts_with(".parameters.") ||
         (between.ends_with(".parameters") && between.starts_with('.'));
}

const Template* Library::Get(std::string_view path) { return Get(path, Document::kOther); }

const Template* Library::GetValues(std::string_view path) {
  return Get(path, Document::kParameters);
}

const Template* Library::Get(std::string_view path, Document otherwise) {
  const auto [place, added] = templates_.try_emplace(std::string(path));
  if (!added) return place->second.get();
  const SourceFile* const file = read_(path);
  if (file == nullptr) return nullptr;
  ReadResult read = Read(*file, limits_, otherwise);
  diagnostics_.insert(diagnostics_.end(), read.diagnostics.begin(), read.diagnostics.end());
  if (read.document != Document::kOther) place->second = std::move(read.content);
  return place->second.get();
}

const Template* Library::Load(const Template& from, std::string_view link) {
  const std::optional<std::string> path = ResolveLink(from.path, link);
  return path.has_value() ? Get(*path) : nullptr;
}

}  // namespace restorable::arm
