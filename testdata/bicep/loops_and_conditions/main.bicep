param pools array = [
  { name: 'one', zones: ['1', '2'] }
  { name: 'two' }
]
param extra array
param tier string
param disabled bool = false

var zoned = filter(pools, p => contains(p, 'zones'))
var total = length(pools)

resource numbered 'Microsoft.Compute/disks@2024-03-02' = [for (pool, i) in pools: if (i < 1) {
  name: '${pool.name}-${i}'
  zones: pool.?zones
}]

resource ranged 'Microsoft.Compute/disks@2024-03-02' = [for i in range(0, total): {
  name: 'ranged-${i}'
  zones: pools[i].?zones ?? []
}]

resource unknown 'Microsoft.Compute/disks@2024-03-02' = [for e in extra: {
  name: e.name
  sku: { name: 'Premium_LRS' }
}]

resource maybe 'Microsoft.Compute/disks@2024-03-02' = if (tier == 'Premium') {
  name: 'maybe'
  properties: {
    tier: tier == 'Premium' ? 'P10' : 'P10'
    disks: [for d in numbered: d.name]
  }
}

resource never 'Microsoft.Compute/disks@2024-03-02' = if (disabled) {
  name: 'never'
}

output ids array = [for (p, i) in pools: ranged[i].id]
output zoned array = map(zoned, z => z.name)
output absent string? = never.?properties.state
