variable "name" {}
variable "sku" { default = "Premium_LRS" }
resource "azurerm_managed_disk" "disk" {
  name                 = var.name
  storage_account_type = var.sku
}
output "name" { value = azurerm_managed_disk.disk.name }
