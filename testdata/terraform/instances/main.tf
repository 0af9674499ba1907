variable "enabled" {}

resource "azurerm_disk" "counted" {
  count = 2
  name  = "disk-${count.index}"
}
resource "azurerm_disk" "none" {
  count = 0
}
resource "azurerm_disk" "each" {
  for_each = toset(["b", "a"])
  name     = each.key
}
resource "azurerm_disk" "mapped" {
  for_each = { x = { size = 1 }, "y z" = { size = 2 } }
  size     = each.value.size
}
resource "azurerm_disk" "perhaps" {
  count = var.enabled ? 1 : 0
  sku   = "UltraSSD_LRS"
}
resource "azurerm_disk" "listed" {
  for_each = ["a"]
  sku      = "x"
}
resource "terraform_data" "all" {
  input = {
    names   = azurerm_disk.counted[*].name
    second  = azurerm_disk.counted[1].name
    each    = { for k, v in azurerm_disk.each : k => v.name }
    one     = one(azurerm_disk.none[*].name)
    perhaps = azurerm_disk.perhaps[0].sku
    legacy  = azurerm_disk.counted.0.name
    missing = try(azurerm_disk.counted[7].name, "none")
  }
}
