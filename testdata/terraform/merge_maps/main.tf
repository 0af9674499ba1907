# Later ones win, null arguments count for nothing; an unknown map leaves only what stands behind it.
variable "tags" { default = { team = "a", env = "dev" } }
variable "agent_tags" { default = null }
variable "more" { type = map(string) }
resource "azurerm_kubernetes_cluster" "c" {
  tags  = merge(var.tags, var.agent_tags, { env = "prod" })
  kept  = merge({ a = 1 }, { a = null })
  part  = merge({ a = "x" }, var.more, { b = "y" }).b
  whole = merge({ a = "x" }, var.more).a
  spread = merge([for i in [1, 2] : { "k${i}" = i }]...)
}
