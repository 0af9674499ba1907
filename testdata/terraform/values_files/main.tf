# Files of values, from the weakest to the strongest.
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" {}
resource "azurerm_managed_disk" "d" {
  a = var.a
  b = var.b
  c = var.c
  d = var.d
  e = var.e
}
