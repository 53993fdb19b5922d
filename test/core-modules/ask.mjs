/**
 * For node 26.10: prints the fingerprint of every builtin, as JSON. The first argument says whose builtins:
 * `node`, `lodger` (on a host that gives all that node has) or `bare` (on one that gives nothing but the language).
 */
import { readFileSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { createLoader } from 'lodger'
import { createLoader as createVmLoader } from 'lodger/hosts/vm'

const file = new URL('fingerprint.cjs', import.meta.url)

const main = {
  node: () => createRequire(import.meta.url)('./fingerprint.cjs'),
  lodger: () => load(createLoader, {}),
  bare: () => load(createVmLoader, { bare: true }),
}[process.argv[2]]

function load(create, options) {
  const fs = { '/fingerprint.js': readFileSync(file, 'utf8') }
  return create({ ...options, fs }).main('/fingerprint.js')
}

process.stdout.write(JSON.stringify(main()(builtinModules)), () => process.exit())
