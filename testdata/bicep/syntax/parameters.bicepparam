using './main.bicep' with {
  mode: 'stack'
}
extends 'base.bicepparam'

import { sizes } from 'shared.bicep'

var region = 'westeurope'
param location = region
param nodes = [for size in sizes: { vmSize: size, count: 3 }]
param password = az.getSecret('sub', 'group', 'vault', 'secret')
param owner = readEnvironmentVariable('OWNER', 'nobody')
extensionConfig k8s with {
  namespace: base.namespace
}
