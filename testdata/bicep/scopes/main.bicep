targetScope = 'subscription'

param location string = deployment().location

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'backup'
  location: location
}

module disk 'disk.bicep' = {
  scope: group
  params: { name: 'in-the-group' }
}

module elsewhere 'disk.bicep' = {
  scope: resourceGroup('00000000-0000-0000-0000-000000000001', 'other')
  params: { name: 'elsewhere' }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: 'account'
  scope: resourceGroup('other')
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, 'reader')
  properties: {
    account: account.id
  }
}

output disk string = disk.outputs.id
