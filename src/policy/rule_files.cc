#include "policy/rule_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "policy/diagnostics.h"

namespace restorable::policy {
namespace {

namespace fs = std::filesystem;

bool IsYaml(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

class RuleFileReader {
 public:
  RuleFileReader(const Limits& limits, std::vector<Diagnostic>& diagnostics)
      : limits_(limits), diagnostics_(diagnostics) {}

  void Find(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      paths_.insert(path);
      return;
    }
    fs::recursive_directory_iterator at(path, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
      std::error_code ignored;
      if (at->is_regular_file(ignored) && IsYaml(at->path())) {
        paths_.insert(at->path().generic_string());
      }
    }
    if (error) Report(path, error.message());
  }

  std::vector<std::unique_ptr<SourceFile>> Read(FileId first) {
    std::vector<std::unique_ptr<SourceFile>> files;
    auto number = static_cast<std::uint32_t>(first);
    for (const std::string& path : paths_) {
      if (std::optional<std::string> text = ReadText(path)) {
        files.push_back(
            std::make_unique<SourceFile>(static_cast<FileId>(number++), path, std::move(*text)));
      }
    }
    return files;
  }

 private:
  std::optional<std::string> ReadText(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
      Report(path, error ? error.message() : "not a regular file");
      return std::nullopt;
    }
    if (fs::file_size(path, error) > limits_.file_bytes) {
      Report(path, "more than " + std::to_string(limits_.file_bytes) + " bytes");
      return std::nullopt;
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in) {
      Report(path, std::strerror(errno));
      return std::nullopt;
    }
    return std::move(text).str();
  }

  void Report(const std::string& path, std::string reason) {
    diagnostics_.push_back({&kUnreadable, {}, {path, std::move(reason)}, {}});
  }

  const Limits& limits_;
  std::vector<Diagnostic>& diagnostics_;
  std::set<std::string> paths_;
};

}  // namespace

std::vector<std::unique_ptr<SourceFile>> ReadRuleFiles(const std::vector<std::string>& paths,
                                                       FileId first, const Limits& limits,
                                                       std::vector<Diagnostic>& diagnostics) {
  RuleFileReader reader(limits, diagnostics);
  for (const std::string& path : paths) reader.Find(path);
  return reader.Read(first);
}

}  // namespace restorable::policy
