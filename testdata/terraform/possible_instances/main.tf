# An unknown condition: the resource may be there.
variable "create" { type = bool }
variable "pools" { type = map(object({ size = string })) }
resource "azurerm_kubernetes_cluster" "maybe" {
  count = var.create ? 1 : 0
  name  = "cluster-${count.index}"
  sku   = "Free"
}
resource "azurerm_kubernetes_cluster_node_pool" "open" {
  for_each   = var.pools
  name       = each.key
  size       = each.value.size
  mode       = "User"
  cluster_id = one(azurerm_kubernetes_cluster.maybe[*].id)
}
module "inner" {
  source = "./m"
  count  = var.create ? 1 : 0
}
