#include "reviews.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>

namespace restorable::admission {
namespace {

// A file that is there for as long as the policy is loaded.
class TemporaryFile {
 public:
  TemporaryFile(std::string_view ending, std::string_view text) {
    static std::atomic<int> count = 0;
    if (text.empty()) return;
    path_ =
        std::filesystem::temp_directory_path() / ("restorable-" + std::to_string(getpid()) + "-" +
                                                  std::to_string(count++) + std::string(ending));
    std::ofstream(path_) << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) std::filesystem::remove(path_);
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::string ToText(const ReviewText& review) {
  std::string text = R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{)";
  text += R"("uid":"705ab4f5-6393-11e8-b7cc-42010a800002","kind":{"group":")" + review.group;
  text += R"(","version":")" + review.version + R"(","kind":")" + review.kind + R"("})";
  const auto member = [&](std::string_view name, const std::string& value, bool is_text) {
    if (value.empty()) return;
    text.append(",\"").append(name).append("\":");
    text += is_text ? '"' + value + '"' : value;
  };
  member("subResource", review.sub_resource, true);
  member("name", review.name, true);
  member("namespace", review.namespace_, true);
  member("operation", review.operation, true);
  text +=
      R"(,"userInfo":{"username":")" + review.username + R"(","groups":["system:authenticated"]})";
  member("object", review.object, false);
  member("oldObject", review.old_object, false);
  return text + review.more + "}}";
}

std::string UltraClass(std::string_view metadata) {
  return R"({"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{)" +
         std::string(metadata) +
         R"(},"provisioner":"disk.csi.azure.com","parameters":{"skuName":"UltraSSD_LRS"}})";
}

std::shared_ptr<const Policy> MakePolicy(std::string_view settings, std::string_view classes,
                                         std::string_view rule) {
  const TemporaryFile settings_file(".yaml", settings);
  const TemporaryFile classes_file(".yaml", classes);
  const TemporaryFile rule_file(".yaml", rule);
  PolicyFiles files{.settings = settings_file.path(), .classes = classes_file.path()};
  if (!rule.empty()) files.rules.push_back(rule_file.path());
  Policy::LoadResult loaded = Policy::Load(files, Limits{});
  for (const Diagnostic& diagnostic : loaded.diagnostics) ADD_FAILURE() << Message(diagnostic);
  return loaded.policy;
}

Response Ask(const std::shared_ptr<const Policy>& policy, std::string body) {
  Reviewer reviewer(policy);
  return reviewer.Review(std::move(body),
                         std::chrono::steady_clock::now() + std::chrono::minutes(1));
}

Response Ask(const std::shared_ptr<const Policy>& policy, const ReviewText& review) {
  return Ask(policy, ToText(review));
}

}  // namespace restorable::admission
