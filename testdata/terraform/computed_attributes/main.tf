# Configured attributes are their values; all others are known after the apply, ids never null.
data "azurerm_subnet" "s" { name = "aks" }
resource "azurerm_kubernetes_cluster" "main" {
  name = "main"
  identity { type = "SystemAssigned" }
}
resource "azurerm_kubernetes_cluster" "many" {
  count = 2
  name  = "many-${count.index}"
}
resource "azurerm_kubernetes_cluster_node_pool" "user" {
  cluster   = azurerm_kubernetes_cluster.main.name
  id        = azurerm_kubernetes_cluster.main.id
  exists    = azurerm_kubernetes_cluster.main.id != null
  principal = azurerm_kubernetes_cluster.main.identity[0].principal_id
  kind      = azurerm_kubernetes_cluster.main.identity[0].type
  legacy    = azurerm_kubernetes_cluster.many.0.name
  names     = azurerm_kubernetes_cluster.many.*.name
  subnet    = data.azurerm_subnet.s.name
  subnet_id = data.azurerm_subnet.s.id
  same      = azurerm_kubernetes_cluster.main.id == azurerm_kubernetes_cluster.main.id
  missing   = azurerm_kubernetes_cluster.other.id
}
