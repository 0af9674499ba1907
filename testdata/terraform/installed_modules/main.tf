# `terraform init` has put one of them on disk.
module "net" {
  source  = "Azure/network/azurerm"
  version = "5.3.0"
  name    = "nodes"
}
module "away" {
  source = "Azure/naming/azurerm"
}
resource "test" "here" {
  subnet = module.net.id
  name   = module.away.name
}
