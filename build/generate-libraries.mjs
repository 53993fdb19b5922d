/**
 * Turns each library of `libraries.mjs` into `shims/libraries/<name>.js`: one definition function, so that no two
 * loaders share a library's state, and nothing is evaluated from text.
 *
 * What the library would take from its surroundings comes from the loader instead: `require('node:stream')` becomes
 * `require('stream')` of the loader, and a free name such as `process` becomes `scope.process`, which
 * `shims/library.ts` looks up when it is first read.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { freeNames } from './free-names.mjs'
import { libraries } from './libraries.mjs'
import { licenses } from './licenses.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'shims/libraries')

/** Does nothing when neither the sources nor the installed packages have changed. */
export async function generateLibraries() {
  const stamp = fingerprint()
  if (read(join(target, 'stamp')) === stamp) return
  mkdirSync(target, { recursive: true })
  /** @type {Set<string>} */
  const files = new Set()
  for (const [name, source] of Object.entries(libraries)) {
    const { text, inputs } = await generate(name, source)
    for (const input of inputs) files.add(input)
    writeFileSync(join(target, `${name}.js`), text)
    writeFileSync(join(target, `${name}.d.ts`), declaration)
  }
  for (const file of readdirSync(target)) {
    const name = file.replace(/\.(d\.ts|js)$/, '')
    if (name !== file && !(name in libraries)) rmSync(join(target, file))
  }
  writeFileSync(join(target, 'licenses.txt'), licenses(root, files))
  writeFileSync(join(target, 'stamp'), stamp)
  console.log(`shims/libraries: ${Object.keys(libraries).length} definitions`)
}

const declaration = `import type { Library } from '../library.ts'
declare const library: Library
export default library
`

/**
 * @param {string} name
 * @param {import('./libraries.mjs').LibrarySource} source
 */
async function generate(name, source) {
  const needs = freeNames((await bundle(source, {})).text)
  const define = Object.fromEntries(needs.map((free) => [free, `scope.${free}`]))
  const { text, inputs } = await bundle(source, define)
  const versions = source.packages.map((id) => `${id} ${manifest(id).version}`).join(', ')
  return {
    inputs,
    text: `// Made by build/generate-libraries.mjs from ${versions}.
export default {
  name: ${JSON.stringify(name)},
  needs: ${JSON.stringify(needs)},
  define(exports, require, module, scope) {
${text}  },
}
`,
  }
}

/**
 * @param {import('./libraries.mjs').LibrarySource} source
 * @param {Record<string, string>} define
 */
async function bundle(source, define) {
  const result = await build({
    stdin: { contents: source.entry, resolveDir: root, sourcefile: 'entry.js' },
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    // For the `browser` maps of package.json, which esbuild reads on this platform only …
    platform: 'browser',
    mainFields: ['browser', 'main'],
    conditions: ['require'],
    // … and which would also fix this one at build time.
    define: {
      'process.env.NODE_ENV': 'process.env.NODE_ENV',
      ...define,
      ...nodeEnvironment(define),
    },
    minifyWhitespace: true,
    minifySyntax: true,
    ...(source.ownProperties && {
      mangleProps: source.ownProperties,
      reserveProps: source.sharedProperties ?? /^$/,
    }),
    // An uncaught error prints the line that it comes from.
    lineLimit: 160,
    legalComments: 'none',
    plugins: [fromLoader, replaceFiles(source.replace ?? {})],
    metafile: true,
    write: false,
    logLevel: 'warning',
    // An entry takes single members by `import`, and exports as CommonJS does.
    logOverride: { 'import-is-undefined': 'error', 'commonjs-variable-in-esm': 'silent' },
  })
  const text = /** @type {import('esbuild').OutputFile} */ (result.outputFiles[0]).text
  const inputs = Object.values(result.metafile.outputs).flatMap((output) =>
    Object.keys(output.inputs),
  )
  return { text, inputs }
}

/** @param {Record<string, string>} define */
function nodeEnvironment(define) {
  return define.process ? { 'process.env.NODE_ENV': 'scope.process.env.NODE_ENV' } : {}
}

/** A library that asks for a builtin gets the loader's, never a copy of its own. @type {import('esbuild').Plugin} */
const fromLoader = {
  name: 'from-loader',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      if (importer === '' || importer.endsWith('entry.js')) return undefined
      const id = path.replace(/^node:/, '').replace(/\/$/, '')
      const isOurs = builtinModules.includes(id) || id.startsWith('internal/')
      return isOurs ? { path: id, external: true } : undefined
    })
  },
}

/** @param {Record<string, string>} table @returns {import('esbuild').Plugin} */
function replaceFiles(table) {
  const unused = new Set(Object.keys(table))
  return {
    name: 'replace-files',
    setup({ onLoad, onEnd }) {
      onLoad({ filter: /node_modules/ }, ({ path }) => {
        const file = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
        unused.delete(file)
        const contents = table[file]
        return contents === undefined ? undefined : { contents, loader: 'js' }
      })
      onEnd(() => {
        // A new version may have moved the file, and the replacement would be forgotten without a word.
        if (unused.size > 0) throw new Error(`nothing to replace: ${[...unused].join(', ')}`)
      })
    },
  }
}

/** @param {string} id @returns {{ version: string }} */
function manifest(id) {
  return JSON.parse(readFileSync(join(root, 'node_modules', id, 'package.json'), 'utf8'))
}

function fingerprint() {
  const hash = createHash('sha256')
  const scripts = ['generate-libraries', 'libraries', 'noble', 'free-names', 'licenses']
  for (const name of scripts) hash.update(readFileSync(join(root, 'build', `${name}.mjs`)))
  return hash.update(read(join(root, 'node_modules/.package-lock.json'))).digest('hex')
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
