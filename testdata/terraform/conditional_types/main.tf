# Both branches take one type: numbers become texts beside texts, objects of other shapes maps.
variable "on" { default = true }
resource "azurerm_kubernetes_cluster" "c" {
  text   = var.on ? 1 : "a"
  map    = var.on ? { a = 1, b = "x" } : {}
  list   = var.on ? [1, 2] : ["a"]
  object = var.on ? { a = 1, b = "x" } : { a = 2, b = "y" }
  equal  = (var.on ? { a = 1, b = "x" } : {}).a == 1
  sum    = (var.on ? { a = 1, b = "x" } : {}).a + 1
  broken = var.on ? 1 : [1]
}
