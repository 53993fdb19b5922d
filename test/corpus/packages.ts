/** The packages of the corpus, their programs, and the hosts that run them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The directory at which both sides see the corpus. */
export const corpus: string = fileURLToPath(new URL('.', import.meta.url)).slice(0, -1)

/** Hosts that run the corpus beside node itself. */
export const hosts = ['node', 'volume', 'bare vm', 'chromium', 'quickjs'] as const

export type HostName = (typeof hosts)[number]

/** By the package whose program requires it beside its own. */
export const companions: Readonly<Record<string, string>> = {
  '@babel/core': '@babel/preset-env',
  express: 'pug',
  'react-dom': 'react',
}

/** Companions that have no program of their own. */
const silent = ['@babel/preset-env', 'react']

/** Programs about a package that is not there. */
const absent = ['sharp']

const { dependencies } = JSON.parse(readFileSync(join(corpus, 'package.json'), 'utf8'))

export const packages: readonly string[] = [...Object.keys(dependencies), ...absent]
  .filter((name) => !silent.includes(name))
  .sort()

/** `undefined` for a package that is meant to be absent. */
export const versionOf = (name: string): string | undefined => dependencies[name]

export const programOf = (name: string): string =>
  join(corpus, 'programs', `${name.replace(/^@/, '').replace('/', '-')}.cjs`)
