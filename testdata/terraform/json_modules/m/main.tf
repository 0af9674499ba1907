variable "names" { type = list(string) }
resource "azurerm_managed_disk" "in" {
  names = var.names
}
