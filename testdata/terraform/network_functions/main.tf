resource "azurerm_virtual_network" "v" {
  subnets = [for i in range(3) : cidrsubnet("10.0.0.0/16", 8, i)]
  hosts   = [cidrhost("10.0.0.0/24", 5), cidrhost("10.0.0.0/24", -2)]
  masks   = cidrnetmask("172.16.0.0/12")
  split   = cidrsubnets("10.1.0.0/16", 4, 4, 8)
  six     = cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)
}
