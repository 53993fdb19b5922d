// Why does a request find what it finds? `node examples/explain.mjs`
import { createLoader } from 'lodger'

const loader = createLoader({
  fs: {
    '/app/node_modules/pkg/package.json':
      '{ "exports": { ".": { "import": "./esm.mjs", "require": "./cjs.js" }, "./private/*": null } }',
    '/app/node_modules/pkg/cjs.js': '',
  },
})
for (const specifier of ['pkg', 'pkg/private/x']) {
  const { filename, error, steps } = loader.explain(specifier, '/app')
  console.log(`${specifier} -> ${filename ?? error.code}`)
  for (const { operation, subject, outcome, reason } of steps) {
    console.log(`  ${outcome.padEnd(8)} ${operation} ${subject}${reason ? ` (${reason})` : ''}`)
  }
}
