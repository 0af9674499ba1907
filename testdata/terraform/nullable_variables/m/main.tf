variable "kept" { default = "Premium_LRS" }
variable "forced" {
  default  = "Premium_LRS"
  nullable = false
}
resource "azurerm_managed_disk" "d" {
  kept   = var.kept
  forced = var.forced
}
