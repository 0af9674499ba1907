# Arguments go in, outputs come out, also from modules with instances.
module "net" {
  source = "./net"
  name   = "hub"
}
module "each" {
  source   = "./net"
  for_each = { a = "x", b = "y" }
  name     = each.value
}
module "counted" {
  source = "./net"
  count  = 2
  name   = "n${count.index}"
}
resource "azurerm_kubernetes_cluster" "c" {
  subnet    = module.net.subnet_ids["aks"]
  name      = module.net.name
  from_each = module.each["b"].name
  all       = [for k, m in module.each : "${k}=${m.name}"]
  counted   = module.counted[*].name
  last      = module.counted[1].name
  none      = module.net.nothing
}
