variable "name" { type = string }
resource "azurerm_subnet" "aks" {
  name = "${var.name}-aks"
}
output "name" { value = azurerm_subnet.aks.name }
output "subnet_ids" { value = { aks = azurerm_subnet.aks.id } }
