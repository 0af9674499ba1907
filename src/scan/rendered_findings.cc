#include "scan/rendered_findings.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/encoding.h"
#include "scan/paths.h"
#include "scan/read.h"
#include "scan/rendered_source.h"

namespace restorable::scan {
namespace {

bool LiesIn(std::string_view path, std::string_view directory) {
  return directory == "." || (path.starts_with(directory) && path.size() > directory.size() &&
                              path[directory.size()] == '/');
}

class Mapper {
 public:
  Mapper(const Discovery& discovery, const std::vector<Rendering>& renderings, std::size_t first,
         const Limits& limits, Report& report)
      : discovery_(discovery),
        renderings_(renderings),
        first_(first),
        limits_(limits),
        report_(report) {
    for (std::size_t i = 0; i < first; ++i) by_path_[discovery.files[i].system_path] = i;
  }

  void Run() {
    std::set<Identity> in_sources;
    for (const policy::Finding& finding : report_.findings) {
      if (!IsRendered(finding)) in_sources.insert(IdentityOf(finding));
    }
    std::erase_if(report_.findings, [&](const policy::Finding& finding) {
      return IsRendered(finding) && in_sources.contains(IdentityOf(finding));
    });
    for (policy::Finding& finding : report_.findings) {
      if (IsRendered(finding)) Move(finding);
    }
  }

 private:
  using Identity = std::tuple<const policy::Rule*, std::string, std::string>;

  static Identity IdentityOf(const policy::Finding& finding) {
    return {finding.rule, finding.resource_address, finding.message};
  }

  bool IsRendered(const policy::Finding& finding) const {
    const auto index = static_cast<std::size_t>(finding.range.file);
    return index >= first_ && index < first_ + renderings_.size();
  }

  void Move(policy::Finding& finding) {
    const Rendering& rendering = renderings_[static_cast<std::size_t>(finding.range.file) - first_];
    const SourceFile* const rendered = report_.Find(finding.range.file);
    const SourceFile* const source =
        rendering.renderer == Renderer::kHelm
            ? Template(rendering, TemplateName(rendering.text, finding.range.begin))
            : Kustomization(rendering);
    if (source == nullptr || rendered == nullptr) return;
    finding.origin.insert(finding.origin.begin(), {finding.range, "rendered as"});
    const auto line = FindRenderedLine(*rendered, finding.range.begin, *source);
    finding.range = line.value_or(Range{source->id(), 0, 0});
  }

  // Helm begins the name with the chart's own, which need not be the directory's.
  const SourceFile* Template(const Rendering& rendering, std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return nullptr;
    return Load(NormalPath(JoinPath(rendering.directory, name.substr(slash + 1))));
  }

  const SourceFile* Kustomization(const Rendering& rendering) {
    for (const char* const name : {"kustomization.yaml", "kustomization.yml"}) {
      if (const SourceFile* const file = Load(JoinPath(rendering.directory, name))) return file;
    }
    return nullptr;
  }

  // Only what the scan found is ever opened: the name comes from the rendered text.
  const SourceFile* Load(const std::string& system_path) {
    const auto found = by_path_.find(system_path);
    if (found == by_path_.end()) return nullptr;
    const FileId id{static_cast<std::uint32_t>(found->second)};
    if (const SourceFile* const file = report_.Find(id)) return file;
    const InputFile& input = discovery_.files[found->second];
    Result<std::string> bytes = ReadInput(input, limits_);
    if (!bytes) return nullptr;
    Result<std::string> text = DecodeText(std::move(*bytes));
    if (!text) return nullptr;
    auto file = std::make_unique<SourceFile>(id, input.path, std::move(*text));
    return report_.sources.emplace(id, std::move(file)).first->second.get();
  }

  const Discovery& discovery_;
  const std::vector<Rendering>& renderings_;
  std::size_t first_;
  const Limits& limits_;
  Report& report_;
  std::map<std::string, std::size_t> by_path_;
};

}  // namespace

InputFile FileOf(const Rendering& rendering, const Discovery& discovery) {
  InputFile file;
  file.path =
      DisplayPath(rendering.directory) +
      (rendering.renderer == Renderer::kHelm ? " (rendered by helm)" : " (rendered by kustomize)");
  file.system_path = rendering.directory;
  const auto member = std::find_if(
      discovery.files.begin(), discovery.files.end(),
      [&](const InputFile& other) { return LiesIn(other.system_path, rendering.directory); });
  if (member != discovery.files.end()) {
    file.deployment = member->deployment;
    file.reported = member->reported;
  }
  return file;
}

void MapToSources(const Discovery& discovery, const std::vector<Rendering>& renderings,
                  std::size_t first, const Limits& limits, Report& report) {
  Mapper(discovery, renderings, first, limits, report).Run();
}

}  // namespace restorable::scan
