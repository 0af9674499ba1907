# What `count` and `for_each` do not take leaves open how many there are.
resource "azurerm_managed_disk" "text" {
  count = "2"
  sku   = "a"
}
resource "azurerm_managed_disk" "truth" {
  count = true
  sku   = "b"
}
resource "azurerm_managed_disk" "nothing" {
  count = null
  sku   = "c"
}
resource "azurerm_managed_disk" "numbers" {
  for_each = toset([1, 2])
  sku      = "d${each.key}"
}
resource "azurerm_managed_disk" "list" {
  for_each = ["x"]
  sku      = "e"
}
