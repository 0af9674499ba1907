# What old modules still have.
variable "size" { type = "string" }
variable "zones" {
  type    = "list"
  default = ["1"]
}
resource "azurerm_managed_disk" "d" {
  name    = "${var.zones}"
  first   = "${element(var.zones, 0)}"
  listed  = "${list("a", "b")}"
  mapped  = "${map("k", "v")}"
  flag    = "${true}"
  removed = "${lookup(map("a", "x"), "a")}"
}
