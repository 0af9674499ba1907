// Restored into the cache that bicepconfig.json names.
module cached 'br/contoso:storage/account:V1' = {
  params: {
    name: 'cached'
  }
}

// As Microsoft's registry calls it, by any name.
module cluster 'br/mcr:avm/res/container-service/managed-cluster:0.5.0' = {
  params: {
    name: 'aks'
    location: 'westeurope'
  }
}

module spec 'ts/team:vaults:1' = {
  params: {}
}

module unknown 'br/elsewhere:thing:1' = {}

output account string = cached.outputs.id
output cluster string = cluster.outputs.resourceId
