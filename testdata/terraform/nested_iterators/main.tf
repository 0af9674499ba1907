# Inner blocks see the iterators around them.
variable "rules" {
  default = {
    web = { ports = [80, 443] }
    ssh = { ports = [22] }
  }
}
resource "azurerm_network_security_group" "n" {
  for_each = toset(["a"])
  dynamic "rule" {
    for_each = var.rules
    content {
      name = "${each.key}-${rule.key}"
      dynamic "port" {
        for_each = rule.value.ports
        iterator = p
        content {
          number = p.value
          index  = p.key
          rule   = rule.key
        }
      }
    }
  }
}
