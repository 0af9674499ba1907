# A module from a registry that nobody has fetched: its call stands for it.
module "aks" {
  source              = "Azure/aks/azurerm"
  version             = "9.4.1"
  prefix              = "prod"
  resource_group_name = azurerm_resource_group.rg.name
  providers           = { azurerm = azurerm.west }
}
resource "azurerm_resource_group" "rg" { name = "rg" }
resource "azurerm_kubernetes_cluster_extension" "backup" {
  name       = "azure-aks-backup"
  cluster_id = module.aks.aks_id
}
