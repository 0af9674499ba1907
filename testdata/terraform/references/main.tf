data "azurerm_client_config" "current" {}
data "azurerm_subnet" "nodes" { name = "nodes" }
resource "random_string" "suffix" { length = 4 }
resource "azurerm_kubernetes_cluster" "main" {
  location = "westeurope"
  default_node_pool {
    name    = "system"
    subnet  = data.azurerm_subnet.nodes.id
  }
}
resource "azurerm_user" "of_blocks" {
  principal = azurerm_kubernetes_cluster.main.default_node_pool[0].computed_id
  name      = azurerm_kubernetes_cluster.main.default_node_pool[0].name
  absent    = azurerm_kubernetes_cluster.main.identity[0].principal_id
}
resource "azurerm_kubernetes_cluster_node_pool" "user" {
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  location              = azurerm_kubernetes_cluster.main.location
  subnet                = azurerm_kubernetes_cluster.main.default_node_pool[0].subnet
  subnet_name           = data.azurerm_subnet.nodes.name
  tenant                = data.azurerm_client_config.current.tenant_id
  name                  = "pool${random_string.suffix.result}"
  created               = timestamp()
  has_id                = azurerm_kubernetes_cluster.main.id != null
  same                  = azurerm_kubernetes_cluster.main.id == azurerm_kubernetes_cluster.main.id
  workspace             = terraform.workspace
  undeclared            = azurerm_nothing.here.id
  parsed                = provider::azurerm::parse_resource_id("x")
}
