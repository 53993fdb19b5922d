require('./report.cjs')({
  javascript: () =>
    require('prettier').format('const a = {b:1,c:[1,2,3]};class A{ #x=1;async *m(){await y?.z}}', {
      parser: 'babel',
      semi: false,
      singleQuote: true,
    }),
  styles: () => require('prettier').format('a{color:red;b>c{d:e}}', { parser: 'scss' }),
  document: () =>
    require('prettier').format('# a\n* b\n* c\n\n| x | yy |\n|--|:-:|\n| 1 | 2 |\n', {
      parser: 'markdown',
    }),
  standalone() {
    const prettier = require('prettier/standalone')
    const plugins = [require('prettier/parser-yaml')]
    return prettier.formatWithCursor('a:   [1,2]\nb:\n    - c', {
      parser: 'yaml',
      plugins,
      cursorOffset: 3,
    })
  },
  failing: () => require('prettier').format('let a = ;\n', { parser: 'babel' }),
})
