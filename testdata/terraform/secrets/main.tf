# A mark stays on all that is made of a secret.
variable "password" {
  sensitive = true
  default   = "hunter2"
}
resource "azurerm_kubernetes_cluster" "c" {
  plain    = var.password
  template = "x${var.password}"
  joined   = join(",", ["a", var.password])
  encoded  = jsonencode({ p = var.password })
  object   = { p = var.password, q = "shown" }
  looped   = [for c in split("", var.password) : c]
  length   = length(var.password)
  public   = nonsensitive(var.password)
  asked    = issensitive(var.password)
}
