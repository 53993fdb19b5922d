/** The packages of the corpus, their programs, and the hosts that run them. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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
  remark: 'unified',
}

/** Companions that have no program of their own. */
const silent = ['@babel/preset-env', 'react']

/** Programs about a package that is not there, and one that is an application of our own. */
const others = { sharp: 'absent', 'mixed-app': 'ours' }

const { dependencies } = JSON.parse(readFileSync(join(corpus, 'package.json'), 'utf8'))

export const packages: readonly string[] = [...Object.keys(dependencies), ...Object.keys(others)]
  .filter((name) => !silent.includes(name))
  .sort()

/** What it is called for people: of a package that is there twice the later one has its version in its directory's name. */
export function labelOf(name: string): { name: string; version: string } {
  const version: string = { ...dependencies, ...others }[name]
  const [, own = name, later = version] = /^npm:(.+)@(.+)$/.exec(version) ?? []
  return { name: own, version: later }
}

const pathOf = (name: string, extension: string) =>
  join(corpus, 'programs', `${name.replace(/^@/, '').replace('/', '-')}.${extension}`)

/** Whether its program is an ES module. */
export const isModule = (name: string): boolean => existsSync(pathOf(name, 'mjs'))

/** What node is given to run the program of a package. */
export interface Command {
  readonly main: string
  readonly arguments: readonly string[]
}

/** @param watched whether a program that is an ES module has to tell which files it loads, for which it needs hooks */
export function commandOf(name: string, watched: boolean): Command {
  if (!isModule(name)) return { main: pathOf(name, 'cjs'), arguments: [] }
  const told = [`./${basename(pathOf(name, 'mjs'))}`, ...(watched ? ['watched'] : [])]
  return { main: join(corpus, 'programs', 'report.mjs'), arguments: told }
}
