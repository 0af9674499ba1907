# What speaks to Terraform alone is no part of a resource.
resource "azurerm_kubernetes_cluster" "c" {
  provider   = azurerm.west
  depends_on = [azurerm_resource_group.rg]
  name       = "c"
  lifecycle {
    ignore_changes  = [name, default_node_pool[0].node_count]
    prevent_destroy = true
    precondition {
      condition     = self.name != ""
      error_message = "a name is required"
    }
  }
  provisioner "local-exec" {
    command = "echo ${self.name}"
  }
  connection {
    host = self.fqdn
  }
}
resource "azurerm_resource_group" "rg" {
  name = "rg"
  timeouts { create = "30m" }
}
