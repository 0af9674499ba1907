# Manifests as objects, as decoded YAML and as encoded JSON.
locals {
  class = yamldecode(file("${path.module}/class.yaml"))
}
resource "kubernetes_manifest" "decoded" {
  manifest = local.class
}
resource "kubernetes_manifest" "merged" {
  manifest = merge(local.class, { metadata = { name = "other" } })
}
resource "kubectl_manifest" "encoded" {
  yaml_body = yamlencode({ kind = "StorageClass", parameters = { skuName = "UltraSSD_LRS" } })
}
resource "azapi_resource" "cluster" {
  type = "Microsoft.ContainerService/managedClusters@2024-09-01"
  body = jsonencode({ properties = { enableRBAC = true } })
}
resource "kubectl_manifest" "rendered" {
  yaml_body = templatefile("${path.module}/class.tftpl", { sku = "PremiumV2_LRS", zones = ["1"] })
}
resource "kubectl_manifest" "absent" {
  yaml_body = file("${path.module}/absent.yaml")
}
