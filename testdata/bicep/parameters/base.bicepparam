using none

param tags = { team: 'storage' }
param count = 7
param untouched = 'from the base'
