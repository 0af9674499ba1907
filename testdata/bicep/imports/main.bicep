import { diskName, prefix as base, poolType } from 'common.bicep'
import * as common from 'common.bicep'
import { compiled } from 'compiled.json'

param pool poolType
param names common.poolType.aliases
param local own.label

type own = {
  label: string?
}

resource disk 'Microsoft.Compute/disks@2024-03-02' = {
  name: diskName(base, 1)
  properties: {
    other: common.diskName(common.prefix, 2)
    compiled: compiled('x')
    pool: pool.name
    names: names
    label: local
  }
}
