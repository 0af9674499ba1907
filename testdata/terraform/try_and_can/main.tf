# An error is passed over, null and unknown are not.
variable "pool" {}
variable "given" {
  type    = any
  default = {}
}
resource "azurerm_kubernetes_cluster_node_pool" "p" {
  open     = try(var.pool.zones, var.pool.availability_zones, null)
  absent   = try(var.given.zones, var.given.availability_zones, null)
  fallback = try(var.given.size, "Standard_D4s_v5")
  nothing  = try(null, "taken")
  renamed  = can(var.given.new) == false || try(var.given.old, 1) == 1
  bad      = can(tonumber("x"))
}
