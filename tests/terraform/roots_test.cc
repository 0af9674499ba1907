#include "terraform/roots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

namespace restorable::terraform {
namespace {

using testing::ElementsAre;

class RootsTest : public testing::Test {
 protected:
  // Files by path.
  std::vector<std::string> RootsOf(const std::map<std::string, std::string>& texts) {
    std::vector<std::string> paths;
    for (const auto& [path, text] : texts) {
      files_[path] = std::make_unique<SourceFile>(static_cast<FileId>(files_.size()), path, text);
      paths.push_back(path);
    }
    return FindRoots(library_, paths);
  }

 private:
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
  const Files view_{
      .list = [this](std::string_view directory) -> std::optional<std::vector<std::string>> {
        std::vector<std::string> names;
        const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
        for (const auto& [path, file] : files_) {
          const bool is_in =
              path.starts_with(prefix) && path.find('/', prefix.size()) == std::string::npos;
          if (is_in) names.push_back(path.substr(prefix.size()));
        }
        return names;
      },
      .read = [this](std::string_view path) -> const SourceFile* {
        const auto file = files_.find(path);
        return file == files_.end() ? nullptr : file->second.get();
      }};
  const Limits limits_{};
  Library library_{view_, limits_};
};

constexpr std::string_view kCall = "module \"m\" {\n  source = \"";
std::string Call(std::string_view source) {
  return std::string(kCall) + std::string(source) + "\"\n}\n";
}

TEST_F(RootsTest, AreModulesThatNobodyCalls) {
  EXPECT_THAT(RootsOf({{"live/dev/main.tf", Call("../../modules/aks")},
                       {"live/prod/main.tf", Call("../../modules/aks/")},
                       {"modules/aks/main.tf", Call("./pool")},
                       {"modules/aks/pool/main.tf", ""},
                       {"modules/unused/main.tf", ""},
                       {"values/dev.tfvars", ""}}),
              ElementsAre("live/dev", "live/prod", "modules/unused"));
}

TEST_F(RootsTest, AreAtTheTopOrAtAnAbsolutePlace) {
  EXPECT_THAT(RootsOf({{"main.tf", Call("./m")}, {"m/main.tf", ""}}), ElementsAre(""));
}

TEST_F(RootsTest, AreAtAnAbsolutePlace) {
  EXPECT_THAT(RootsOf({{"/a/main.tf", Call("../b")}, {"/b/main.tf", ""}}), ElementsAre("/a"));
}

TEST_F(RootsTest, AreAllOfACircle) {
  EXPECT_THAT(RootsOf({{"a/main.tf", Call("../b")},
                       {"b/main.tf", Call("../a")},
                       {"c/main.tf", Call("registry/aks/azurerm")}}),
              ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace restorable::terraform
