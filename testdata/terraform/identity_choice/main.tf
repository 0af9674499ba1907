# An empty client id means a managed identity; an unknown one leaves both blocks open.
variable "client_id" { default = "" }
variable "client_secret" {
  default   = ""
  sensitive = true
}
variable "other_id" {}

resource "azurerm_kubernetes_cluster" "known" {
  dynamic "identity" {
    for_each = var.client_id == "" || nonsensitive(var.client_secret) == "" ? ["identity"] : []
    content { type = "SystemAssigned" }
  }
  dynamic "service_principal" {
    for_each = var.client_id != "" && nonsensitive(var.client_secret) != "" ? ["principal"] : []
    content { client_id = var.client_id }
  }
}
resource "azurerm_kubernetes_cluster" "open" {
  dynamic "identity" {
    for_each = var.other_id == "" ? ["identity"] : []
    content { type = "SystemAssigned" }
  }
  dynamic "service_principal" {
    for_each = var.other_id != "" ? ["principal"] : []
    content { client_id = var.other_id }
  }
}
