param withCluster bool = true

resource robot 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'robot'
}

module vault 'vault.bicep' = {
  name: 'vault'
}

resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = if (withCluster) {
  name: 'aks'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${robot.id}': {} }
  }
}

// By the name of a vault that a module creates.
resource again 'Microsoft.DataProtection/backupVaults@2024-04-01' existing = {
  name: 'vault'
}

resource elsewhere 'Microsoft.DataProtection/backupVaults@2024-04-01' existing = {
  name: 'other'
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: aks
  name: guid(aks.id, vault.outputs.principal)
  properties: {
    principalId: vault.outputs.principal
  }
}

resource uses 'A.B/c@1' = {
  name: 'n'
  properties: {
    orNothing: vault.outputs.perhaps ?? 'none'
    again: again.identity.principalId
    elsewhere: elsewhere.identity.principalId
    robot: robot.properties.principalId
    kubelet: aks.properties.identityProfile.kubeletidentity.objectId
  }
}
