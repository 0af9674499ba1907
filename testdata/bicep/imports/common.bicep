import { separator } from 'separator.bicep'

@export()
type poolType = {
  name: string
  aliases: string[]?
}

@export()
var prefix = 'disk${separator}'

@export()
func diskName(prefix string, number int) string => join(prefix, number)

func join(prefix string, number int) string => '${prefix}${number}'
