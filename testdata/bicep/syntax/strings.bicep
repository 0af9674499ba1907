var empty = ''
var plain = 'it\'s $5 \${not} a \u{1F600} \\ tab\tend'
var pieces = '${a}-${b}${c}!'
var nested = 'x${'y${z['k']}'}${ {a: 1}.a }'

// The line break behind the quotes is dropped, and the last quotes of a run close the text.
var lines = '''
first ${plain} \n
  'second' '''
var quotes = '''''quoted''''
var computed = $'''
name: ${name}
cost: $5 $${twice}
'''
var doubled = $$'''${literal} and $${value}'''
