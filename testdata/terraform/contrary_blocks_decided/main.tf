# The same two blocks where the condition is known: exactly one of them.
variable "autoscaling" { default = true }

resource "azurerm_kubernetes_cluster" "main" {
  dynamic "default_node_pool" {
    for_each = var.autoscaling == true ? [] : ["fixed"]
    content { node_count = 3 }
  }
  dynamic "default_node_pool" {
    for_each = var.autoscaling == true ? ["scaled"] : []
    content { min_count = 1 }
  }
}
