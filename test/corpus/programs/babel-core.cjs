const options = {
  babelrc: false,
  configFile: false,
  presets: [['@babel/preset-env', { targets: 'ie 11', modules: 'commonjs' }]],
}

const source = `
  import value, * as all from './somewhere'
  export class A extends B {
    #hidden = 1
    static async *walk({ a, ...rest } = {}) {
      for await (const each of rest.list ?? []) yield each?.name ** 2
    }
  }
  export const sum = (...numbers) => numbers.reduce((a, b) => a + b, value + all.more)
`

require('./report.cjs')({
  transformed: () => require('@babel/core').transformSync(source, options).code,
  async mapped() {
    const { transformFileAsync } = require('@babel/core')
    const { code, map } = await transformFileAsync(require.resolve('./fixtures/bundled/entry.js'), {
      ...options,
      sourceMaps: true,
      cwd: __dirname,
    })
    return [code, map]
  },
  plugin() {
    const { parseSync, traverse, types } = require('@babel/core')
    const generate = require('@babel/generator').default
    const tree = parseSync('const a = b + c.d', { configFile: false, babelrc: false })
    traverse(tree, {
      Identifier(path) {
        if (path.isReferenced()) path.node.name = path.node.name.toUpperCase()
      },
    })
    tree.program.body.push(types.expressionStatement(types.identifier('added')))
    return generate(tree).code
  },
  failing: () =>
    require('@babel/core').transformSync('let a = ;', { ...options, filename: '/b.js' }),
  absent: () =>
    require('@babel/core').transformSync('a', { ...options, presets: ['nowhere'], cwd: __dirname }),
})
