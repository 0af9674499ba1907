import { a } from 'a.bicep'

module itself 'main.bicep' = {}
module round 'a.bicep' = {}

var x = y
var y = x

resource disk 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'disk'
  tags: { a: a, x: x, other: other.tags }
}

resource other 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'other'
  tags: { disk: disk.tags }
}
