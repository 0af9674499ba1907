import { a } from 'a.bicep'

@export()
var b = '${a}b'
