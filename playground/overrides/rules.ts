/** House rules of a run: what the program gets when it asks for a module. */

import { readPath } from '../files/paths.ts'

/** What stands in a module's place: another module, or nothing. */
export interface Rule {
  /** `net`, `fs/promises`, `some-pkg`, `some-pkg>fs` */
  readonly id: string
  /** A module to load instead; `false` forbids the id. */
  readonly instead: string | false
}

export interface Rules {
  /** The program's `fs` reads, and refuses to write with EROFS. */
  readonly readOnly: boolean
  readonly list: readonly Rule[]
}

export const noRules: Rules = { readOnly: false, list: [] }

/** As `createLoader({ overrides })` takes them. */
export function loaderOverrides({ list }: Rules): Record<string, string | false> {
  return Object.fromEntries(list.map(({ id, instead }) => [id, instead]))
}

/** What is in force, in a sentence; empty when nothing is. */
export function describeRules({ readOnly, list }: Rules): string {
  const forbidden = list.filter(({ instead }) => instead === false).map(({ id }) => id)
  const replaced = list.filter(({ instead }) => instead !== false)
  const parts = [
    ...(readOnly ? ['fs can read but not write'] : []),
    ...(forbidden.length > 0
      ? [`${enumerate(forbidden)} ${forbidden.length === 1 ? 'is' : 'are'} forbidden`]
      : []),
    ...replaced.map(({ id, instead }) => `${id} is ${instead}`),
  ]
  return parts.length === 0 ? '' : `In force: ${parts.join('; ')}.`
}

/** The same as code, for a reader who wants it in a program. */
export function rulesAsCode(rules: Rules): string {
  const fs = rules.readOnly ? 'createReadOnly(volume)' : 'volume'
  if (rules.list.length === 0) return `createLoader({ fs: ${fs} })`
  const lines = rules.list.map(
    ({ id, instead }) => `    '${id}': ${instead === false ? 'false' : `'${instead}'`},`,
  )
  return `createLoader({\n  fs: ${fs},\n  overrides: {\n${lines.join('\n')}\n  },\n})`
}

/**
 * A rule as it was typed.
 * @throws an error that says what is missing
 */
export function readRule(id: string, instead: string | false): Rule {
  const named = id.trim().replace(/(^|>)node:/, '$1')
  if (named === '') throw new Error('Name a module, such as net.')
  if (/^[./]/.test(named)) {
    throw new Error('Only names can be overridden: builtins and packages, not files.')
  }
  if (/\s/.test(named)) throw new Error('A name of a module has no blank in it.')
  if (instead !== false && instead.trim() === '') throw new Error('Name the module that stands in.')
  return { id: named, instead: instead === false ? false : standIn(instead.trim()) }
}

/** Files count from /app, as everywhere on the page. */
function standIn(typed: string): string {
  return typed.startsWith('.') ? readPath(typed) : typed
}

function enumerate(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
