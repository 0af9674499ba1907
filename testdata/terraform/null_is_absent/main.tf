# An argument that is null is not there, in blocks as well; an empty text is.
variable "net" { default = "" }
variable "profile" { default = null }
locals {
  settings = { size = 4, zone = null }
}
resource "azurerm_kubernetes_cluster" "main" {
  network_policy = var.net == "" ? null : var.net
  dns_prefix     = var.net
  zone           = local.settings.zone
  all            = local.settings
  network_profile {
    network_plugin = "azure"
    pod_cidr       = null
  }
  dynamic "storage_profile" {
    for_each = var.profile == null ? [] : [var.profile]
    content { disk_driver_enabled = storage_profile.value.disk }
  }
}
