# An id that is not known yet stands for its resource; what is made of it does not.
resource "azurerm_storage_account" "a" {
  count = 2
}
data "azurerm_subscription" "current" {}
data "azurerm_kubernetes_cluster" "shared" {
  name = "shared"
}
resource "azurerm_role_assignment" "r" {
  same        = azurerm_storage_account.a[0].id == azurerm_storage_account.a[0].id
  other       = azurerm_storage_account.a[0].id == azurerm_storage_account.a[1].id
  sole        = "${azurerm_storage_account.a[0].id}"
  made        = "${azurerm_storage_account.a[0].id}/blobServices/default"
  made_same   = "${azurerm_storage_account.a[0].id}/x" == "${azurerm_storage_account.a[0].id}/y"
  through     = try(coalesce(null, azurerm_storage_account.a[*].id...), null)
  first       = element(azurerm_storage_account.a[*].id, 0)
  chosen      = length(azurerm_storage_account.a) == 2 ? azurerm_storage_account.a[1].id : null
  in_upper    = upper(azurerm_storage_account.a[0].id)
  part        = split("/", azurerm_storage_account.a[0].id)[8]
  ids         = { a = azurerm_storage_account.a[1].id }
  negated     = !azurerm_storage_account.a[0].id
  endpoint    = azurerm_storage_account.a[0].primary_blob_endpoint
  cluster     = data.azurerm_kubernetes_cluster.shared.id
  principal   = data.azurerm_kubernetes_cluster.shared.kubelet_identity[0].object_id
  of_scope    = data.azurerm_subscription.current.id
  no_azure    = random_pet.azurerm_name.id
  in_module   = module.part["x"].id
  container   = azurerm_storage_container.c.resource_manager_id
}
resource "random_pet" "azurerm_name" {}
module "part" {
  source   = "./part"
  for_each = toset(["x"])
}
resource "azurerm_storage_container" "c" {}
