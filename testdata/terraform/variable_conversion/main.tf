# A value takes the type of its variable; without a type a text stays a text.
variable "flag" {
  type    = bool
  default = "true"
}
variable "texts" {
  type    = list(string)
  default = [1, true]
}
variable "names" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "loose" { default = "true" }
variable "wrong" {
  type    = number
  default = "many"
}
resource "azurerm_kubernetes_cluster" "c" {
  flag    = var.flag
  texts   = var.texts
  names   = var.names
  strict  = var.loose == true
  loose   = var.loose ? "yes" : "no"
  wrong   = var.wrong
}
