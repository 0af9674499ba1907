# What depends on itself has no value; all else has.
locals {
  a    = local.b
  b    = local.a
  fine = "x"
}
resource "azurerm_managed_disk" "one" {
  name = azurerm_managed_disk.two.name
  sku  = "UltraSSD_LRS"
  ok   = local.fine
}
resource "azurerm_managed_disk" "two" {
  name = azurerm_managed_disk.one.name
  a    = local.a
}
module "m" {
  source = "./m"
  v      = module.m.o
}
