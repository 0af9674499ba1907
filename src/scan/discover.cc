#include "scan/discover.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "policy/configuration.h"
#include "policy/glob.h"
#include "scan/diagnostics.h"
#include "scan/paths.h"

namespace restorable::scan {
namespace {

constexpr std::size_t kDeepestDirectory = 256;

// What tools and editors put into a tree and nobody deploys from.
constexpr std::array<std::string_view, 8> kIgnoredDirectories = {
    ".bicep", ".git", ".hg", ".idea", ".svn", ".terraform", ".vscode", "node_modules"};
constexpr std::array<std::string_view, 3> kKustomizationNames = {
    "kustomization.yaml", "kustomization.yml", "Kustomization"};

std::string_view Extension(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash)) return {};
  return path.substr(dot + 1);
}

std::optional<Format> FormatOf(std::string_view path) {
  if (code::FindLanguage(path) != nullptr) return Format::kCode;
  const std::string_view extension = Extension(path);
  if (extension == "yaml" || extension == "yml") return Format::kYaml;
  if (extension == "json") return Format::kJson;
  return std::nullopt;
}

std::string_view NameOfType(mode_t mode) {
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "a device";
  return "a special file";
}

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

struct Entry {
  std::string name;
  unsigned char type = DT_UNKNOWN;
};

class Walker {
 public:
  Walker(Discovery& discovery, std::span<const std::string> exclude)
      : discovery_(discovery), exclude_(exclude) {}

  // Everything below `root`, which lies in `chart` unless that is empty. What keeps a tree that is
  // only read for reference from being read is nobody's fault: it is not reported.
  void WalkTree(const std::string& root, const std::string& chart, bool reported) {
    reported_ = reported;
    pending_.push_back({root, 0, chart});
    while (!pending_.empty()) {
      const Directory directory = std::move(pending_.back());
      pending_.pop_back();
      VisitDirectory(directory);
    }
    reported_ = true;
  }

  void AddFile(const std::string& system_path, Format format, const std::string& chart) {
    InputFile file;
    file.path = DisplayPath(system_path);
    if (IsExcluded(file.path)) return;
    file.system_path = system_path;
    file.format = format;
    if (format == Format::kCode) file.language = code::FindLanguage(file.path);
    file.reported = reported_;
    file.in_chart_templates =
        !chart.empty() && system_path.starts_with(JoinPath(chart, "templates") + "/");
    const auto [found, added] = by_path_.try_emplace(file.path, discovery_.files.size());
    if (!added) {
      discovery_.files[found->second].reported |= reported_;
      return;
    }
    // Charts are deployed by themselves; all else that was asked for is one deployment.
    file.deployment =
        deployments_.try_emplace(chart, static_cast<std::uint32_t>(deployments_.size()))
            .first->second;
    discovery_.files.push_back(std::move(file));
  }

  void Report(const DiagnosticKind& kind, std::vector<std::string> args) {
    if (reported_) discovery_.diagnostics.push_back({&kind, {}, std::move(args), {}});
  }

 private:
  struct Directory {
    std::string path;
    std::size_t depth = 0;
    std::string chart;  // the nearest directory with a Chart.yaml, this one included
  };

  std::optional<std::vector<Entry>> List(const std::string& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> handle(opendir(path.c_str()), closedir);
    if (handle == nullptr) {
      Report(kUnreadableDirectory, {DisplayPath(path), std::strerror(errno)});
      return std::nullopt;
    }
    std::vector<Entry> entries;
    while (const dirent* const entry = readdir(handle.get())) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") entries.push_back({std::string(name), entry->d_type});
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return entries;
  }

  void VisitDirectory(const Directory& directory) {
    auto entries = List(directory.path);
    if (!entries) return;
    const auto has = [&](std::string_view name) {
      return std::any_of(entries->begin(), entries->end(),
                         [&](const Entry& entry) { return entry.name == name; });
    };
    std::string chart = directory.chart;
    if (has("Chart.yaml")) {
      // A chart within a chart is a part of it.
      if (chart.empty()) chart = directory.path;
      if (chart == directory.path) discovery_.charts.push_back(directory.path);
    }
    if (std::any_of(kKustomizationNames.begin(), kKustomizationNames.end(), has)) {
      discovery_.kustomizations.push_back(directory.path);
    }
    for (const Entry& entry : *entries) VisitEntry(directory, entry, chart);
  }

  void VisitEntry(const Directory& directory, const Entry& entry, const std::string& chart) {
    const std::string path = JoinPath(directory.path, entry.name);
    unsigned char type = entry.type;
    if (entry.name == policy::kConfigurationFileName) return;
    const std::optional<Format> format = FormatOf(entry.name);
    struct stat status {};
    if (type == DT_UNKNOWN && lstat(path.c_str(), &status) == 0) type = IFTODT(status.st_mode);
    switch (type) {
      case DT_DIR:
        return EnterDirectory(directory, entry.name, path, chart);
      case DT_REG:
        if (format) AddFile(path, *format, chart);
        return;
      case DT_LNK:
        return VisitLink(path, format.has_value());
      default:
        if (format && stat(path.c_str(), &status) == 0) {
          Report(kNotRegular, {DisplayPath(path), std::string(NameOfType(status.st_mode))});
        }
    }
  }

  void EnterDirectory(const Directory& parent, const std::string& name, const std::string& path,
                      const std::string& chart) {
    if (std::find(kIgnoredDirectories.begin(), kIgnoredDirectories.end(), name) !=
        kIgnoredDirectories.end()) {
      return;
    }
    if (parent.depth + 1 > kDeepestDirectory) {
      Report(kTooDeep, {DisplayPath(path), std::to_string(kDeepestDirectory)});
      return;
    }
    if (IsExcluded(DisplayPath(path)) || IsExcluded(DisplayPath(path) + "/")) return;
    pending_.push_back({path, parent.depth + 1, chart});
  }

  // A glob says "vendor" or "vendor/" for a directory.
  bool IsExcluded(const std::string& path) {
    const auto matches = [&](const std::string& glob) { return policy::GlobMatches(glob, path); };
    if (!std::any_of(exclude_.begin(), exclude_.end(), matches)) return false;
    if (reported_) discovery_.skipped.push_back({path, "excluded by the configuration"});
    return true;
  }

  // What a link leads to either lies in the tree and is found there, or outside and is not read.
  void VisitLink(const std::string& path, bool readable_format) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      if (readable_format) Report(kBrokenLink, {DisplayPath(path), std::strerror(errno)});
      return;
    }
    if (reported_ && (readable_format || S_ISDIR(status.st_mode))) {
      discovery_.skipped.push_back({DisplayPath(path), "symbolic link"});
    }
  }

  Discovery& discovery_;
  std::span<const std::string> exclude_;
  bool reported_ = true;
  std::vector<Directory> pending_;
  std::map<std::string, std::size_t> by_path_;
  std::map<std::string, std::uint32_t> deployments_;
};

// The tree that an argument belongs to; see Discover.
struct Surroundings {
  std::string root;
  std::string chart;  // empty when it is in none
};

Surroundings FindSurroundings(const std::string& start) {
  std::string chart;
  std::string here;  // the working directory, if `start` lies in it
  std::string directory = start;
  while (true) {
    if (here.empty() && Exists(JoinPath(directory, "Chart.yaml"))) chart = directory;
    if (here.empty() && IsWorkingDirectory(directory)) here = directory;
    const bool top = Exists(JoinPath(directory, ".git")) ||
                     Exists(JoinPath(directory, policy::kConfigurationFileName));
    if (top && !chart.empty()) return {chart, chart};
    if (top) return {here.empty() ? directory : here, {}};
    if (IsTopDirectory(directory)) break;
    directory = ParentPath(directory);
  }
  return {chart.empty() ? start : chart, chart};
}

void AddArgument(const std::string& path, Walker& walker, std::set<std::string>& surroundings) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    walker.Report(kNotFound, {DisplayPath(path), std::strerror(errno)});
    return;
  }
  const std::string normal = NormalPath(path);
  if (S_ISDIR(status.st_mode)) {
    return walker.WalkTree(normal, FindSurroundings(normal).chart, true);
  }
  if (!S_ISREG(status.st_mode)) {
    walker.Report(kNotRegular, {DisplayPath(path), std::string(NameOfType(status.st_mode))});
    return;
  }
  const Surroundings around = FindSurroundings(ParentPath(normal));
  walker.AddFile(normal, FormatOf(normal).value_or(Format::kYaml), around.chart);
  surroundings.insert(around.root);
}

}  // namespace

Discovery Discover(const Options& options, std::span<const std::string> exclude) {
  Discovery discovery;
  Walker walker(discovery, exclude);
  std::set<std::string> surroundings;
  for (const std::string& path : options.paths) {
    if (path == "-") {
      InputFile file;
      file.path = options.stdin_name;
      file.system_path = "-";
      // Code is more than one file, but for what a tool prints of it.
      if (FormatOf(file.path) == Format::kJson) file.format = Format::kJson;
      discovery.files.push_back(std::move(file));
      continue;
    }
    AddArgument(path, walker, surroundings);
  }
  for (const std::string& root : surroundings) walker.WalkTree(root, {}, false);
  std::sort(discovery.files.begin(), discovery.files.end(),
            [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
  const auto by_path = [](const Skipped& a, const Skipped& b) { return a.path < b.path; };
  std::sort(discovery.skipped.begin(), discovery.skipped.end(), by_path);
  for (auto* directories : {&discovery.charts, &discovery.kustomizations}) {
    std::sort(directories->begin(), directories->end());
    directories->erase(std::unique(directories->begin(), directories->end()), directories->end());
  }
  return discovery;
}

}  // namespace restorable::scan
