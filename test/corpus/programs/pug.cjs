const { join } = require('path')

require('./report.cjs')({
  compiled() {
    const pug = require('pug')
    const render = pug.compile(
      'mixin item(name)\n  li(class=name, data-n=1)= name\nul\n  each name in names\n    +item(name)\n  else\n    li none',
    )
    return [render({ names: ['a', '<b>'] }), render({ names: [] })]
  },
  extended: () =>
    require('pug').renderFile(join(__dirname, 'fixtures', 'page.pug'), {
      pretty: true,
      title: 'A & B',
    }),
  parts() {
    const lex = require('pug-lexer')
    const parse = require('pug-parser')
    const generate = require('pug-code-gen')
    return generate(parse(lex('p#a.b hello #{you}')), { compileDebug: false, pretty: false })
  },
  failing: () => require('pug').render('div\n  p(a=', { filename: '/page.pug' }),
})
