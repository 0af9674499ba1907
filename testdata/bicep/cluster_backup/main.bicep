// A cluster with everything that Azure Backup needs, in one file.
param location string = resourceGroup().location
param clusterName string
param snapshotGroup string = 'snapshots'

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: clusterName
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    storageProfile: {
      diskCSIDriver: {
        enabled: true
      }
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
      }
    ]
  }

  resource users 'agentPools' = {
    name: 'users'
    properties: {
      mode: 'User'
    }
  }
}

resource extension 'Microsoft.KubernetesConfiguration/extensions@2023-05-01' = {
  name: 'azure-aks-backup'
  scope: cluster
  properties: {
    extensionType: 'microsoft.dataprotection.kubernetes'
    configurationSettings: {
      'configuration.backupStorageLocation.config.storageAccount': account.name
      'credentials.tenantId': subscription().tenantId
    }
  }
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'backups'
}

resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: '${clusterName}-vault'
  location: location
  properties: {
    storageSettings: [
      {
        datastoreType: 'VaultStore'
        type: 'GeoRedundant'
      }
    ]
  }
}

resource policy 'Microsoft.DataProtection/backupVaults/backupPolicies@2024-04-01' = {
  parent: vault
  name: 'daily'
  properties: {
    objectType: 'BackupPolicy'
  }
}

resource instance 'Microsoft.DataProtection/backupVaults/backupInstances@2024-04-01' = {
  parent: vault
  name: 'cluster'
  properties: {
    dataSourceInfo: {
      resourceID: cluster.id
    }
    policyInfo: {
      policyId: policy.id
      policyParameters: {
        dataStoreParametersList: [
          {
            resourceGroupId: subscriptionResourceId('Microsoft.Resources/resourceGroups', snapshotGroup)
          }
        ]
      }
    }
  }
}

resource trusted 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings@2024-05-01' = {
  parent: cluster
  name: 'backup'
  properties: {
    sourceResourceId: vault.id
    roles: [
      'Microsoft.DataProtection/backupVaults/backup-operator'
    ]
  }
}

output principal string = cluster.identity.principalId
output users string = cluster::users.name
