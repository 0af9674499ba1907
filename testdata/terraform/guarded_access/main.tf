# What one side of a condition decides, the error of the other side does not matter for.
variable "profile" { default = null }
variable "on" {}
resource "azurerm_kubernetes_cluster" "c" {
  guarded = var.profile != null && var.profile.enabled
  either  = var.profile == null || var.profile.enabled
  certain = false && var.on
  open    = true && var.on
  unasked = var.on || true
}
