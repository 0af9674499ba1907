# What both branches agree on is known.
variable "on" {}
resource "azurerm_kubernetes_cluster" "c" {
  same   = var.on ? "x" : "x"
  other  = var.on ? "x" : "y"
  object = var.on ? { sku = "Premium_LRS", size = 1 } : { sku = "Premium_LRS", size = 2 }
  list   = var.on ? ["a", "b"] : ["a", "c"]
  sku    = (var.on ? { sku = "Premium_LRS", size = 1 } : { sku = "Premium_LRS" }).sku
  length = length(var.on ? [1] : [2])
}
