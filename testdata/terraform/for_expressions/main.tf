# Lists by index, maps by key in the order of bytes, sets by value.
locals {
  pools = { b = { size = 2, on = true }, "10" = { size = 3, on = null }, "9" = { size = 1, on = false } }
}
resource "azurerm_kubernetes_cluster" "c" {
  keys    = [for k, v in local.pools : k]
  on      = { for k, v in local.pools : k => v.size if v.on == true }
  off     = { for k, v in local.pools : k => v.size if v.on != true }
  indexed = [for i, v in ["x", "y"] : "${i}${v}"]
  sorted  = [for v in toset(["b", "a"]) : v]
  groups  = { for v in ["aa", "ab", "b"] : substr(v, 0, 1) => v... }
  twice   = { for v in ["a", "a"] : v => v }
}
