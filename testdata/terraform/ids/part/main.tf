resource "azurerm_storage_account" "a" {}
output "id" { value = azurerm_storage_account.a.id }
