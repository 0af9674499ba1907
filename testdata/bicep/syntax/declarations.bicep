metadata description = 'Every declaration once'
targetScope = 'resourceGroup'

import { region, sizeOf as sizeOfPool } from 'shared.bicep'
import * as names from './names.bicep'
extension kubernetes with {
  namespace: 'default'
} as k8s
extension 'br:contoso.azurecr.io/extensions/graph:1.0'

@export()
@description('A pool of nodes')
type pool = {
  name: string
  @minValue(1)
  count: int
}

@sys.description('''
  What the cluster is called.
''')
@minLength(3)
param clusterName string
param pools pool[] = []
param tier 'Free' | 'Standard'
@secure()
param password string?

var prefix = 'aks-${clusterName}'
var limit int = 3

func addressOf(name string, index int) string =>
  '${name}-${index}'

resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' existing = {
  name: 'vault'
}

@batchSize(2)
resource disks 'Microsoft.Compute/disks@2023-10-02' = [for (p, i) in pools: if (p.count > 0) {
  name: '${prefix}-${i}'
}]

module network 'network.bicep' =
  if (tier == 'Standard') {
    params: {
      name: clusterName
    }
  }

assert named = !empty(clusterName)
test defaults 'network.bicep' = {
  params: {}
}

output id string = vault.id
output names string[] = [for p in pools: p.name]
