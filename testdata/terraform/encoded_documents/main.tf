# Objects that are encoded only to be read again keep their places; other texts stay texts.
variable "tier" {}
locals {
  body = jsonencode({ a = 1 })
}
resource "azapi_resource" "cluster" {
  type = "Microsoft.ContainerService/managedClusters@2024-09-01"
  body = jsonencode({
    properties = { nodeResourceGroup = "nodes", supportPlan = var.tier }
  })
  tags = jsonencode({ a = 1 })
}
resource "azapi_resource" "text" {
  type = "Microsoft.ContainerService/managedClusters@2024-09-01"
  body = local.body
}
resource "kubectl_manifest" "m" {
  yaml_body = yamlencode({ kind = "ConfigMap" })
}
