# A block of which an unknown decides whether it is there leaves all of its type open.
variable "opt" {}
variable "settings" { default = {} }
variable "absent" { default = null }
resource "azurerm_kubernetes_cluster" "c" {
  dynamic "oms_agent" {
    for_each = var.opt == null ? [] : [var.opt]
    content { workspace = oms_agent.value }
  }
  dynamic "web" {
    for_each = try(var.settings.web[*], {})
    content { on = true }
  }
  dynamic "none" {
    for_each = var.absent[*]
    content { on = true }
  }
  dynamic "named" {
    for_each = true ? ["present"] : []
    content { opt = "fixed" }
  }
}
