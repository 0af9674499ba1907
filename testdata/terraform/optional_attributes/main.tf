# Attributes that are left out or null take their default; those that the type does not name go.
variable "pools" {
  type = map(object({
    vm_size   = string
    min_count = optional(number)
    os        = optional(object({ sku = optional(string, "Ubuntu"), disk = optional(string) }), {})
    zones     = optional(set(string), ["2", "1"])
  }))
  default = {
    system = { vm_size = "Standard_D4s_v5", colour = "blue" }
    user   = { vm_size = "Standard_E8s_v5", min_count = "3", os = { disk = "Ephemeral" }, zones = null }
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "pool" {
  for_each  = var.pools
  name      = each.key
  vm_size   = each.value.vm_size
  min_count = each.value.min_count
  os_sku    = each.value.os.sku
  os_disk   = each.value.os.disk
  zones     = each.value.zones
  colour    = try(each.value.colour, "none")
}
