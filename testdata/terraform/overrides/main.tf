variable "sku" { default = "Premium_LRS" }
locals {
  a = 1
  b = 2
}
resource "azurerm_disk" "main" {
  sku  = var.sku
  name = "main"
  rule { a = local.a }
  rule { a = local.b }
  other { x = 1 }
}
