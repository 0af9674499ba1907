resource "azurerm_kubernetes_cluster" "c" {
  name    = "main"
  version = "1.29"
  identity { type = "SystemAssigned" }
  tag { key = "a" }
  tag { key = "b" }
}
locals {
  kept    = "main"
  changed = "main"
}
resource "azurerm_managed_disk" "d" {
  kept    = local.kept
  changed = local.changed
}
