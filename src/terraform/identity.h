#pragma once

#include "terraform/context.h"
#include "value/value.h"

namespace restorable::terraform {

// The value with texts in braces in the place of ids that are not known yet: resources, and outputs
// of modules that are not on disk, refer to one another by them. `azurerm_x.y.id` becomes the text
// "{azurerm_x.y.id}", and `azurerm_x.y.identity[0].principal_id`
// "{azurerm_x.y.identity.principal_id}". What a data source reads is named likewise, but for
// scopes: others lie in them, known or not. Only Azure's providers have such ids.
[[nodiscard]] Value NameIds(Context& context, Value value);

}  // namespace restorable::terraform
