#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "admission/policy.h"
#include "admission/reviewer.h"

namespace restorable::admission {

// What a review says; members that are empty are left out. `object` and `old_object` are JSON.
struct ReviewText {
  std::string operation = "CREATE";
  std::string group = "storage.k8s.io";
  std::string version = "v1";
  std::string kind = "StorageClass";
  std::string name = "fast";
  std::string namespace_;
  std::string sub_resource;
  std::string username = "jane@example.com";
  std::string object;
  std::string old_object;
  std::string more;  // further members of the request, each with a comma in front
};

[[nodiscard]] std::string ToText(const ReviewText& review);

// A class of Ultra disks, which AKB101 denies; `metadata` are members of its metadata.
[[nodiscard]] std::string UltraClass(std::string_view metadata = R"("name":"fast")");

// A policy from the texts of a settings file and a file of classes, with the built-in rules and
// those of `rule`, if there is one.
[[nodiscard]] std::shared_ptr<const Policy> MakePolicy(std::string_view settings = "",
                                                       std::string_view classes = "",
                                                       std::string_view rule = "");

[[nodiscard]] Response Ask(const std::shared_ptr<const Policy>& policy, const ReviewText& review);
[[nodiscard]] Response Ask(const std::shared_ptr<const Policy>& policy, std::string body);

}  // namespace restorable::admission
