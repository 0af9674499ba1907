// Each of these is one error, and what follows it is read.
param
param unfinished string =
param wrong strnig = 'fine'
  |
parm typo string
var quoted = "double"
var open = 'no end
var hole = 'value ${name'
var escape = 'C:\Users'
var huge = 99999999999999999999
var call = max(1 2)
var next = 'read'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name 'missing colon'
  location: 'west', 
  sku: {
    name: +
    tier: 'kept'
  }
  kind: 'StorageV2' tags: {}
  twice: 1
  twice: 2
  properties: [
    'first'
    )
    'third'
  ]
}

@description('of nothing')

@secure() param sameLine string
resource loop 'Microsoft.Compute/disks@2024-03-02' = [for (a, b, c) in d: {}]
resource bare 'Microsoft.Compute/disks@2024-03-02'
output computed string = '${next}
module unclosed 'm.bicep' = {
  params: {
    name: 'x'

param last string
