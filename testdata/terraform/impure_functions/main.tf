# Time, chance and the machine are not known; what does not depend on them is.
resource "azurerm_kubernetes_cluster" "c" {
  stamp   = timestamp()
  id      = uuid()
  digest  = substr(md5(uuid()), 0, 4)
  cwd     = path.cwd
  space   = terraform.workspace
  module  = path.module
  root    = path.root
  parsed  = provider::azurerm::parse_resource_id("/subscriptions/x").name
  rounded = formatdate("YYYY-MM-DD", "2026-01-02T03:04:05Z")
  chosen  = coalesce("known", uuid())
}
