#include "scan/code_scan.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "policy/suppression.h"
#include "scan/diagnostics.h"
#include "scan/paths.h"
#include "scan/read.h"

namespace restorable::scan {
namespace {

namespace fs = std::filesystem;

// The directories that both paths begin with, with a slash at the end; empty if there is none.
std::string_view CommonDirectory(std::string_view a, std::string_view b) {
  const auto [end, other] = std::ranges::mismatch(a, b);
  const std::string_view common = a.substr(0, static_cast<std::size_t>(end - a.begin()));
  return common.substr(0, common.rfind('/') + 1);
}

class CodeScanner {
 public:
  CodeScanner(Discovery& discovery, std::vector<FileResult>& results, const code::Values& values,
              OriginTable& origins, const Limits& limits)
      : discovery_(discovery),
        results_(results),
        values_(values),
        origins_(origins),
        limits_(limits) {
    for (std::size_t i = 0; i < discovery.files.size(); ++i) {
      by_path_.emplace(discovery.files[i].path, i);
    }
  }

  CodeScan Run() {
    std::set<std::uint32_t> deployments;
    for (std::size_t i = 0; i < discovery_.files.size(); ++i) {
      if (IsCode(i) && discovery_.files[i].reported) {
        deployments.insert(discovery_.files[i].deployment);
      }
    }
    for (const std::uint32_t deployment : deployments) {
      for (const code::LanguageRow& language : code::Languages()) Evaluate(deployment, language);
    }
    ReportUnusedParameters();
    return std::move(scan_);
  }

 private:
  [[nodiscard]] bool IsCode(std::size_t index) const {
    return discovery_.files[index].language != nullptr || results_[index].language != nullptr;
  }

  // Whether a file is of the language, or in JSON and one of its own. Those in JSON that are not
  // reported on were not read yet: only files of values are looked for among them.
  [[nodiscard]] bool Belongs(std::size_t index, const code::LanguageRow& language) const {
    const InputFile& file = discovery_.files[index];
    if (file.language != nullptr) return file.language == &language;
    if (results_[index].language != nullptr) return results_[index].language == &language;
    return file.format == Format::kJson && !file.reported && !language.values_infix.empty() &&
           AsciiLower(file.path).find(language.values_infix) != std::string::npos;
  }

  void Evaluate(std::uint32_t deployment, const code::LanguageRow& language) {
    std::vector<std::string> paths;
    root_.reset();
    for (std::size_t i = 0; i < discovery_.files.size(); ++i) {
      const InputFile& file = discovery_.files[i];
      if (file.deployment != deployment) continue;
      if (file.system_path != "-") {
        root_ = root_.has_value() ? std::string(CommonDirectory(*root_, file.path))
                                  : file.path.substr(0, file.path.rfind('/') + 1);
      }
      if (Belongs(i, language)) paths.push_back(file.path);
    }
    if (paths.empty()) return;
    std::ranges::sort(paths);
    const code::Input input{
        .paths = paths,
        .read = [this](std::string_view path) { return Read(path); },
        .list = [this](std::string_view directory) { return List(directory); },
        .comment_marker = policy::kSuppressionMarker,
        .values = values_,
        .arena = *scan_.arena,
        .origins = origins_,
        .limits = limits_,
    };
    code::Result found = language.evaluate(input);
    std::ranges::move(found.deployments, std::back_inserter(scan_.deployments));
    std::ranges::move(found.diagnostics, std::back_inserter(scan_.diagnostics));
    std::ranges::move(found.comments, std::back_inserter(scan_.comments));
    used_parameters_.merge(found.used_parameters);
    scan_.trees.push_back(std::move(found.trees));
  }

  // Below the directory in which all files of the deployment lie, links followed; or what the user
  // has named.
  [[nodiscard]] bool MayRead(std::string_view path) const {
    if (IsGiven(path)) return true;
    if (!root_.has_value() || !path.starts_with(*root_)) return false;
    std::error_code error;
    const fs::path root = fs::weakly_canonical(root_->empty() ? "." : *root_, error);
    const fs::path whole = fs::weakly_canonical(path, error);
    if (error) return false;
    const auto [end, other] = std::ranges::mismatch(root, whole);
    return end == root.end() || end->empty();
  }

  [[nodiscard]] bool IsGiven(std::string_view path) const {
    return std::ranges::find(values_.given, path, &terraform::Assignment::path) !=
               values_.given.end() ||
           std::ranges::find(values_.parameters, path, &bicep::Assignment::path) !=
               values_.parameters.end();
  }

  void ReportUnusedParameters() {
    for (std::size_t i = 0; i < values_.parameters.size(); ++i) {
      if (used_parameters_.contains(i)) continue;
      const bicep::Assignment& given = values_.parameters[i];
      const std::string& what = given.name.empty() ? given.path : given.name;
      scan_.diagnostics.push_back({&kParametersUnused, {}, {what}, {}});
    }
  }

  // A file that lies elsewhere may lead back into the tree.
  const SourceFile* Read(std::string_view wanted) {
    const std::string path = DisplayPath(wanted);
    const auto known = by_path_.find(path);
    if (known != by_path_.end()) {
      if (IsGiven(path)) discovery_.files[known->second].reported = true;
      return ReadFound(known->second);
    }
    if (!MayRead(path)) return nullptr;
    InputFile file;
    file.path = path;
    file.system_path = path;
    file.reported = IsGiven(path);
    const std::size_t index = discovery_.files.size();
    by_path_.emplace(file.path, index);
    discovery_.files.push_back(std::move(file));
    results_.emplace_back();
    return ReadFound(index);
  }

  const SourceFile* ReadFound(std::size_t index) {
    FileResult& result = results_[index];
    const InputFile& file = discovery_.files[index];
    if (result.source != nullptr || unreadable_.contains(index)) return result.source.get();
    Result<std::string> bytes = ReadInput(file, limits_);
    if (bytes) bytes = DecodeText(std::move(*bytes));
    if (bytes) {
      result.source = std::make_unique<SourceFile>(FileId(index), file.path, std::move(*bytes));
    } else {
      unreadable_.insert(index);
    }
    return result.source.get();
  }

  std::optional<std::vector<std::string>> List(std::string_view directory) const {
    if (!MayRead(directory.empty() ? "." : std::string(directory) + "/")) return std::nullopt;
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entries(directory.empty() ? "." : fs::path(directory), error);
    if (error) return std::nullopt;
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
      if (error) return std::nullopt;
      if (entries->is_regular_file(error)) names.push_back(entries->path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  Discovery& discovery_;
  std::vector<FileResult>& results_;
  const code::Values& values_;
  OriginTable& origins_;
  const Limits& limits_;
  std::map<std::string, std::size_t, std::less<>> by_path_;
  std::set<std::size_t> unreadable_;
  std::set<std::size_t> used_parameters_;
  std::optional<std::string> root_;  // of the deployment that is being evaluated
  CodeScan scan_;
};

}  // namespace

CodeScan ScanCode(Discovery& discovery, std::vector<FileResult>& results,
                  const code::Values& values, OriginTable& origins, const Limits& limits) {
  return CodeScanner(discovery, results, values, origins, limits).Run();
}

}  // namespace restorable::scan
