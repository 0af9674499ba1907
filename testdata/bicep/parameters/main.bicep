@allowed(['westeurope', 'northeurope'])
param location string
param count int = 1
param name string?
param tags object = {}
@secure()
param password string
param owner string
param size string
param untouched string = 'default'

resource disk 'Microsoft.Compute/disks@2024-03-02' = [for i in range(0, count): {
  name: name ?? 'disk${i}'
  location: location
  tags: union(tags, { owner: owner, untouched: untouched })
  sku: { name: size }
  properties: { secret: password }
}]
