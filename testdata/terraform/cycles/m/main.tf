variable "v" {}
output "o" { value = var.v }
resource "azurerm_managed_disk" "in" {
  v = var.v
}
