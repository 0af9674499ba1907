# `[*]` makes a list of anything, `.*` indexes behind itself.
locals {
  disks = [{ name = "a", zones = ["1", "2"] }, { name = "b", zones = ["3"] }]
}
resource "azurerm_kubernetes_cluster" "c" {
  names  = local.disks[*].name
  first  = local.disks[*].zones[0]
  legacy = local.disks.*.zones[0]
  single = "x"[*]
  none   = null[*]
  object = { a = 1 }[*].a
}
