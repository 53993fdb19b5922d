/** A plugin: each npm package that a sample needs as the module `virtual:package/<name>`, `{ '/app/node_modules/…': text }`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** What programs need of each; they come with bundles for browsers, with tests and commands too. */
const wanted: Readonly<Record<string, RegExp>> = {
  'ansi-styles': /^index\.js$/,
  chalk: /^source\/.*\.js$/,
  'color-convert': /^[\w-]+\.js$/,
  'color-name': /^index\.js$/,
  handlebars: /^(lib\/index|dist\/cjs\/.*)\.js$/,
  'has-flag': /^index\.js$/,
  marked: /^lib\/marked\.cjs$/,
  minimist: /^index\.js$/,
  ms: /^index\.js$/,
  'p-map': /^index\.js$/,
  preact: /^(dist|jsx-runtime\/dist)\/\w+\.mjs$/,
  'preact-render-to-string': /^dist\/jsx\/index\.mjs$/,
  semver: /^(?!bin\/).*\.js$/,
  'source-map': /^(source-map|lib\/.*)\.js$/,
  'supports-color': /^index\.js$/,
  typescript: /^lib\/(typescript\.js|lib\.(es5|decorators|decorators\.legacy)\.d\.ts)$/,
}

const prefix = 'virtual:package/'

export function packages(): Plugin {
  return {
    name: 'lodger-playground-packages',
    resolveId: (asked) => (asked.startsWith(prefix) ? `\0${asked}` : undefined),
    load(asked) {
      if (!asked.startsWith(`\0${prefix}`)) return undefined
      const files = Object.fromEntries(filesOf(asked.slice(prefix.length + 1)))
      // An engine reads JSON in a literal faster than code.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(files))})`
    },
  }
}

function filesOf(name: string): [path: string, text: string][] {
  const pattern = wanted[name]
  if (pattern === undefined) throw new Error(`samples/packages-plugin.ts does not list ${name}`)
  const directory = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file === 'package.json' || pattern.test(file))
    .filter((file) => !file.includes('node_modules'))
    .sort()
    .map((file) => [
      `/app/node_modules/${name}/${file}`,
      readFileSync(join(directory, file), 'utf8').replace(inlineSourceMap, ''),
    ])
}

/** Half of handlebars' size, and nobody reads it here. */
const inlineSourceMap = /\n\/\/# sourceMappingURL=data:.*\s*$/
