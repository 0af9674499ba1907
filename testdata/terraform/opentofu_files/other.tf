resource "azurerm_managed_disk" "both" { sku = "Premium_LRS" }
