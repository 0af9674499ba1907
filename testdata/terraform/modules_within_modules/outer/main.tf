variable "sku" {}
module "inner" {
  source = "../inner"
  for_each = toset(["data", "logs"])
  name   = each.key
  sku    = var.sku
}
output "names" { value = { for k, m in module.inner : k => m.name } }
