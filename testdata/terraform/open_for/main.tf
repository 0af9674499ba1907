# A filter that is not known for one entry leaves the others certain; how many there are is open.
variable "open" {}
locals {
  filtered = { for k, v in { a = 1, b = var.open, c = null } : k => v if v != null }
  listed   = [for v in [1, var.open] : v if v != null]
}
resource "terraform_data" "r" {
  certain = local.filtered.a
  open    = local.filtered.b
  absent  = local.filtered.c
  whole   = local.filtered
  listed  = local.listed
  size    = length(local.filtered)
  over    = merge(local.filtered, { b = 2 }).b
}
resource "terraform_data" "each" {
  for_each = local.filtered
  value    = each.value
}
