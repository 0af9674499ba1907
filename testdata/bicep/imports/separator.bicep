@export()
var separator = '-'
