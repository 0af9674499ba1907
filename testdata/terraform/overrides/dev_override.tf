variable "sku" { default = "UltraSSD_LRS" }
locals { b = 20 }
resource "azurerm_disk" "main" {
  name = "overridden"
  rule { a = local.b }
}
