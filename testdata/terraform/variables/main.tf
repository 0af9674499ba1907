variable "sku" {
  type    = string
  default = "UltraSSD_LRS"
}
variable "size" {
  type    = number
  default = "128"
}
variable "zones" {
  type    = set(string)
  default = ["2", "1", "2"]
}
variable "open" {}
variable "nothing" { default = null }
variable "not_null" {
  nullable = false
  default  = "kept"
}
variable "pool" {
  type = object({
    name  = string
    count = optional(number, 3)
    taint = optional(string)
    disk  = optional(object({ sku = optional(string, "Premium_LRS") }), {})
  })
  default = { name = "user", count = null, dropped = true }
}
variable "secret" {
  sensitive = true
  default   = "s3cret"
}

locals {
  sku  = lower(var.sku)
  tags = merge({ a = 1 }, { b = local.sku })
}

resource "azurerm_managed_disk" "one" {
  name                 = "disk-${var.open}"
  storage_account_type = var.sku
  disk_size_gb         = var.size
  zones                = var.zones
  location             = var.open
  nothing              = var.nothing
  kept                 = var.not_null
  tags                 = local.tags
  pool                 = var.pool
  password             = var.secret
  broken               = upper(local.tags)
  conditional          = var.sku == "UltraSSD_LRS" ? "ultra" : null
}
