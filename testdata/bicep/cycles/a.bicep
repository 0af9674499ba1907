import { b } from 'b.bicep'

@export()
var a = '${b}a'

module round 'main.bicep' = {}
