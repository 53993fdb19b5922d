/** A plugin: the files of a few npm packages as the module `virtual:packages`, `{ '/app/node_modules/…': text }`. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** What the page needs of each; they come with bundles for browsers, with tests and commands too. */
const wanted: Readonly<Record<string, RegExp>> = {
  handlebars: /^(lib\/index|dist\/cjs\/.*)\.js$/,
  ms: /^index\.js$/,
  semver: /^(?!bin\/).*\.js$/,
  'source-map': /^(source-map|lib\/.*)\.js$/,
}

const id = 'virtual:packages'

export function packages(): Plugin {
  return {
    name: 'lodger-playground-packages',
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load(asked) {
      if (asked !== `\0${id}`) return undefined
      const files = Object.fromEntries(Object.entries(wanted).flatMap(filesOf))
      return `export default ${JSON.stringify(files)}`
    },
  }
}

function filesOf([name, pattern]: [string, RegExp]): [path: string, text: string][] {
  const directory = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
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
