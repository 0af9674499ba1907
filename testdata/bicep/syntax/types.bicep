type text = string?
type either = 'a' | 'b' | null
type leading =
  | 1
  | -2
  | true
type tree = {
  name: string
  children: tree[]?
  @description('Everything else')
  *: int | string
}
type pair = [
  @minLength(1)
  string
  int
]
type account = resourceInput<'Microsoft.Storage/storageAccounts@2024-01-01'>.properties
type read = sys.resourceOutput<'Microsoft.Storage/storageAccounts@2024-01-01'>
type parts = tree.children[*].name
type rest = tree.*
type second = pair[1]
type sure = (string | int)[]!
@discriminator('kind')
type shape = { kind: 'circle', radius: int } | { kind: 'square', side: int }
param storage resource 'Microsoft.Storage/storageAccounts@2024-01-01'
output found resource = storage
param wide
  | 'S'
  | 'M' = 'S'
