#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "policy/compiled.h"
#include "policy/evaluation.h"
#include "resource/resource.h"

namespace restorable::policy {

// The Azure resources that the entered lowering makes of an object, or of a resource of Terraform.
void LowerObject(const CompiledLowering& lowering, const Resource& object, Evaluation& evaluation,
                 std::vector<Resource>& resources, std::vector<Diagnostic>& diagnostics);

// The Kubernetes objects that it finds inside.
void UnwrapObject(const CompiledLowering& lowering, const Resource& object, Evaluation& evaluation,
                  std::vector<Resource>& resources, std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
