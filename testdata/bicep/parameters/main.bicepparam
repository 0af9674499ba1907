using 'main.bicep'
extends 'base.bicepparam'

import { premium } from 'sizes.bicep'

var region = 'west'
param location = '${region}europe'
param count = 2
param tags = union(base.tags, { stage: 'test' })
param size = premium
param password = az.getSecret('sub', 'group', 'vault', 'password')
param owner = readEnvironmentVariable('OWNER', 'nobody')
