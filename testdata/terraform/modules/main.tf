variable "disk_sku" { default = "UltraSSD_LRS" }

module "disk" {
  source = "./disk"
  sku    = var.disk_sku
}

module "disks" {
  source   = "./disk"
  for_each = { a = "Premium_LRS", b = "StandardSSD_LRS" }
  sku      = each.value
}

module "registry" {
  source  = "Azure/aks/azurerm"
  version = "~> 9.0"
  prefix  = module.disk.sku
}

resource "terraform_data" "outputs" {
  input = [module.disk.sku, module.disks["b"].sku, values(module.disks)[*].id, module.registry.aks_id]
}
