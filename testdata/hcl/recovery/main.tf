resource "azurerm_managed_disk" "one" {
  name = "one
  size = [1, 2
  sku  = "Premium_LRS"
}

resource "azurerm_managed_disk" "two" {
  name = 'two'
  tags = { a = 1 b = 2 }
  zone = 10.0.0.0/24

resource "azurerm_managed_disk" "three" {
  name = "three-${var.suffix"
  name = "again"
}
