# A body that is put together from locals, conditions and loops.
variable "kms" { default = null }
locals {
  base = {
    properties = {
      dnsPrefix = "aks"
      securityProfile = merge(
        { workloadIdentity = { enabled = true } },
        var.kms == null ? null : { azureKeyVaultKms = { keyId = var.kms } }
      )
      agentPoolProfiles = [for name, size in { system = 3, user = 5 } : { name = name, count = size }]
    }
  }
  body = { for k, v in merge(local.base, { sku = null }) : k => v if v != null }
}
resource "azapi_resource" "cluster" {
  type = "Microsoft.ContainerService/managedClusters@2024-09-01"
  body = local.body
}
resource "azapi_update_resource" "version" {
  type        = "Microsoft.ContainerService/managedClusters@2024-09-01"
  resource_id = azapi_resource.cluster.id
  body        = { properties = { kubernetesVersion = "1.31" } }
}
