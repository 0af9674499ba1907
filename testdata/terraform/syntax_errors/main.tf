# What can be read of a file with errors is read.
resource "azurerm_managed_disk" "before" {
  sku = "UltraSSD_LRS"
}
resource "azurerm_managed_disk" "broken" {
  sku  = = "x"
  size = 10.1.1.0/24
  zone = "1"
}
resource "azurerm_managed_disk" "after" {
  sku = "Premium_LRS"
}
/* resource "azurerm_managed_disk" "commented" {} */
resource "azurerm_managed_disk" "after" {
  sku = "declared twice"
}
