#include "resource/resource.h"

namespace restorable {

std::string TypeName(const Resource& resource) {
  if (resource.schema != Schema::kKubernetes) return std::string(resource.kind);
  std::string name(resource.group);
  if (!name.empty()) name += '/';
  name += resource.version;
  name += '/';
  name += resource.kind;
  return name;
}

std::string_view Name(Language language) {
  switch (language) {
    case Language::kKubernetes:
      return "kubernetes";
    case Language::kTerraform:
      return "terraform";
    case Language::kBicep:
      return "bicep";
    case Language::kArm:
      return "arm";
  }
  return "kubernetes";
}

}  // namespace restorable
