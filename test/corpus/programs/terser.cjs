const source = `
  // a comment
  function outer(first, second) {
    const unused = 1
    if (false) never()
    return first.property_ + second.map((each) => { return each * 2 * 3 })
  }
  export const value = outer({ property_: DEBUG }, [1, 2])
`

require('./report.cjs')({
  minified: async () => {
    const { minify } = require('terser')
    const options = { module: true, compress: { passes: 2, global_defs: { DEBUG: 5 } } }
    return (await minify(source, options)).code
  },
  mapped: async () => {
    const { minify } = require('terser')
    const { code, map } = await minify(
      { 'a.js': source },
      {
        module: true,
        mangle: { properties: { regex: /_$/ } },
        sourceMap: { url: 'a.js.map', includeSources: true },
        format: { beautify: true, comments: 'all' },
      },
    )
    return [code, JSON.parse(map)]
  },
  sync: () =>
    require('terser').minify_sync('let abc = 1; console.log(`${abc}`)', { toplevel: true }).code,
  failing: () => require('terser').minify('let a = 1\nlet b = ;'),
})
