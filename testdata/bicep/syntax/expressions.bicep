// Operators, from those that bind most to those that bind least.
var signs = !a == -b
var sums = a + b * c % 2 - 4 / d
var logic = a && b || c && !d
var comparisons = a < b == (c >= d) != (e =~ f)
var fallback = a ?? b ?? c
var choice = a > 1
  ? b
  : c ? d : e

// Members, and what ends a chain of `.?`.
var member = a.b.c['d'][0]
var safe = a.?b.c[?0].d
var ended = (a.?b).c
var assured = a.?b!.c
var fromEnd = a[^1][?^2]
var child = outer::inner.id
var called = account.listKeys('2023-01-01').keys[0]

// Brackets over several lines, and on one.
var mixed = {
  one: 1, two: 2
  'three 3': [
    1
    2, 3
  ]
  ...more
  '${computed}': null
}
var list = [...first, ...second]
var empty = [{}, []]
var across = max(
  1,
  2 // the greater one
)
var loop = [
  for (item, index) in items: {
    name: item /* inline */
    at: index
  }
]
var lambdas = map(filter(items, item => item.on), (item, i) => {
  name: item.name
})
var noParameters = reduce([], {}, (a, b) =>
  union(a, b))

// Words of the language are names like others.
var param = { resource: 'r', for: 1, if: true, module: type, existing: null }
var smallest = -9223372036854775808
