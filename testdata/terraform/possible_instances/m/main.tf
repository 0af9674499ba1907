resource "azurerm_managed_disk" "d" { sku = "UltraSSD_LRS" }
