variable "client_id" { default = "" }
variable "rules" { default = [{ port = 80, from = ["a", "b"] }, { port = 443, from = [] }] }
variable "unknown" {}
variable "storage" { default = null }

resource "azurerm_kubernetes_cluster" "main" {
  default_node_pool {
    name = "system"
  }
  dynamic "identity" {
    for_each = var.client_id == "" ? ["identity"] : []
    content { type = "SystemAssigned" }
  }
  dynamic "service_principal" {
    for_each = var.client_id != "" ? ["service_principal"] : []
    content { client_id = var.client_id }
  }
  dynamic "rule" {
    for_each = var.rules
    iterator = r
    content {
      port = r.value.port
      key  = r.key
      dynamic "from" {
        for_each = toset(r.value.from)
        content {
          name = from.value
          port = r.value.port
          key  = from.key
        }
      }
    }
  }
  rule { port = 22 }
  dynamic "maybe" {
    for_each = var.unknown
    content { x = maybe.value }
  }
  dynamic "storage_profile" {
    for_each = var.storage[*]
    content { driver = storage_profile.value.driver }
  }
  dynamic "broken" {
    for_each = null
    content {}
  }
  lifecycle { ignore_changes = [tags] }
}
