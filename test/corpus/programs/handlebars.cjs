require('./report.cjs')({
  compiled() {
    const Handlebars = require('handlebars')
    Handlebars.registerHelper('loud', (text) => String(text).toUpperCase())
    return Handlebars.compile(
      '{{#each people}}{{loud name}} {{#if (lookup this "age")}}({{age}}){{/if}};{{/each}}{{{raw}}}{{raw}}',
    )({
      people: [{ name: 'a', age: 3 }, { name: 'b' }],
      raw: '<i>',
    })
  },
  precompiled() {
    const text = require('handlebars').precompile('Hello {{name}}!')
    return require('handlebars/runtime').template(new Function(`return ${text}`)())({ name: 'you' })
  },
  escaped: () =>
    require('handlebars/dist/cjs/handlebars/utils').escapeExpression('<a href="x">&</a>'),
  failing: () => require('handlebars').compile('{{#if open}}never closed')({}),
})
