param names array = ['a', 'b']
param deployCache bool = false

module accounts 'storage/account.bicep' = [for name in names: {
  name: 'account-${name}'
  params: {
    name: name
    sku: null
  }
}]

module cache 'storage/account.bicep' = if (deployCache) {
  params: {
    name: 'cache'
  }
}

resource disk 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'disk'
  properties: {
    diskAccessId: accounts[1].outputs.id
  }
}

module legacy 'legacy.json' = {
  params: {
    size: 'P10'
  }
}

output first string = accounts[0].outputs.id
output size string = legacy.outputs.size
output cache string? = cache.?outputs.id
