# A cluster as people write it: variables, a dynamic block, heredocs, a module.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

variable "pools" {
  type = map(object({
    size  = string
    zones = optional(list(string), ["1", "2"])
  }))
  default = {}
}

resource "azurerm_kubernetes_cluster" "main" {
  count = var.enabled ? 1 : 0
  name  = "aks-${var.name}-${format("%02d", count.index)}"

  default_node_pool {
    name    = "system"
    vm_size = lookup(local.sizes, var.tier, "Standard_D4s_v5")
  }

  dynamic "identity" {
    for_each = var.client_id == "" ? ["identity"] : []
    content { type = "SystemAssigned" }
  }

  custom_ca = <<-EOT
    %{ for name in var.cas ~}
    - ${name}
    %{ endfor ~}
  EOT
}

module "backup" {
  source     = "./backup"
  for_each   = { for k, v in var.pools : k => v if v.size != null }
  cluster_id = azurerm_kubernetes_cluster.main[0].id
  pool_ids   = azurerm_kubernetes_cluster_node_pool.extra[*].id
  providers  = { azurerm.west = azurerm }
}
