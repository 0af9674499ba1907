@export()
var premium = '${family}_LRS'
var family = 'Premium'
