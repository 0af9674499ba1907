#pragma once

#include <span>
#include <string>

#include "resource/resource.h"

namespace restorable::cluster {

// Whether it is a StorageClass or a VolumeAttributesClass.
[[nodiscard]] bool IsClass(const Resource& resource);

// The classes as the webhook reads them (--classes): a list of manifests in JSON, which is YAML.
// What the server notes about objects is left out, so that the text changes with the classes only.
[[nodiscard]] std::string ClassesText(std::span<const Resource> classes);

}  // namespace restorable::cluster
