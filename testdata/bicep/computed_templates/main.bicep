// Templates that are deployed as objects: written out, held by a variable, loaded from a file.
param sku string = 'Standard_LRS'
param open object

var held = {
  '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
  contentVersion: '1.0.0.0'
  parameters: { sku: { type: 'string' } }
  resources: [
    {
      type: 'Microsoft.Storage/storageAccounts'
      apiVersion: '2023-05-01'
      name: 'held'
      sku: { name: '[parameters(\'sku\')]' }
      properties: { tier: sku }
    }
  ]
}

resource variable 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'variable'
  properties: {
    mode: 'Incremental'
    template: held
    parameters: { sku: { value: sku } }
  }
}

resource file 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'file'
  properties: {
    mode: 'Incremental'
    template: loadJsonContent('part.json')
    parameters: { name: { value: 'part' } }
  }
}

resource unknown 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'unknown'
  properties: { mode: 'Incremental', template: open }
}
