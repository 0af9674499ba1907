param name string
param sku 'Standard_LRS' | 'Standard_GRS' = 'Standard_GRS'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'st${name}'
  sku: {
    name: sku
  }
}

output id string = account.id
