require('./report.cjs')({
  parsed() {
    const { parse } = require('acorn')
    const { body } = parse('const f = async (a, ...b) => a?.[b] ?? `x${1n}`', {
      ecmaVersion: 'latest',
      locations: true,
    })
    return JSON.parse(
      JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
    )
  },
  tokens() {
    const { tokenizer } = require('acorn')
    return [...tokenizer('a = /b[/]c/g / 2', { ecmaVersion: 2026 })].map(({ type, start, end }) => [
      type.label,
      start,
      end,
    ])
  },
  manifest: () => require('acorn/package.json').name,
  failing: () => require('acorn').parse('let x = {\n  a: 1,\n  b 2 }', { ecmaVersion: 2020 }),
  hidden: () => require('acorn/dist/acorn.js'),
})
