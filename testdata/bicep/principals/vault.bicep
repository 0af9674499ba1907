resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: 'vault'
  identity: { type: 'systemAssigned' }
}

output principal string = vault.identity.principalId
output perhaps string? = vault.?identity.?principalId
