# Of two blocks under contrary conditions there is one, and what they share is known.
variable "autoscaling" { type = bool }
variable "identity_ids" { type = list(string) }

resource "azurerm_kubernetes_cluster" "main" {
  name = "main"
  dynamic "default_node_pool" {
    for_each = var.autoscaling == true ? [] : ["fixed"]
    content {
      name       = "system"
      vm_size    = "Standard_D4s_v5"
      node_count = 3
    }
  }
  dynamic "default_node_pool" {
    for_each = var.autoscaling == true ? ["scaled"] : []
    content {
      name      = "system"
      vm_size   = "Standard_D4s_v5"
      min_count = 1
    }
  }
  dynamic "identity" {
    for_each = var.identity_ids != null ? ["user"] : []
    content { type = "UserAssigned" }
  }
  dynamic "identity" {
    for_each = var.identity_ids == null ? ["system"] : []
    content { type = "SystemAssigned" }
  }
  dynamic "oms_agent" {
    for_each = var.autoscaling ? ["alone"] : []
    content { enabled = true }
  }
}
