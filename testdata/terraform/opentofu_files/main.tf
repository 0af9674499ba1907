resource "azurerm_managed_disk" "terraform" { sku = "Premium_LRS" }
