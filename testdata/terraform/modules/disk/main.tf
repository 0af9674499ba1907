variable "sku" { type = string }

resource "azurerm_managed_disk" "main" {
  storage_account_type = var.sku
  source               = basename(path.module)
}

output "sku" { value = azurerm_managed_disk.main.storage_account_type }
output "id" { value = azurerm_managed_disk.main.id }
