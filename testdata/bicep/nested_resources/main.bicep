param on bool = true

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = if (on) {
  name: 'account'

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      account: account.id
    }

    resource velero 'containers@2023-05-01' = {
      name: 'velero'
      properties: {
        publicAccess: 'None'
      }
    }

    resource copies 'containers' = [for name in ['a', 'b']: {
      name: name
      properties: {
        source: velero.id
      }
    }]
  }
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2024-01-01' = {
  name: '${account.name}/default/share'
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: account::blobs::velero
  properties: {
    level: 'CanNotDelete'
  }
}

output container string = account::blobs::velero.name
output version string = account::blobs.apiVersion
