/** Overrides by their keys: `id`, which stands for `id/…` too, and `package>id`. Of several that match, the longest is asked. */
import { createError } from '../errors.ts'
import { coveringIds } from '../resolve/builtin-ids.ts'
import { isRelative } from '../resolve/request.ts'

/** What an override says of a request. */
export interface Match {
  /** The id of the key, without package and `node:`. */
  readonly key: string
  /** What follows the key in the request: empty, or a slash and more. */
  readonly rest: string
  readonly value: unknown
}

/** Id to value. */
export type Table = ReadonlyMap<string, unknown>

/** Overrides of everybody, and those of single packages by their names. */
export interface Tables {
  readonly everybody: Map<string, unknown>
  readonly packages: Map<string, Map<string, unknown>>
}

/** Without `node:`. */
export function plainId(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier
}

interface ParsedKey {
  /** `undefined` for everybody. */
  readonly packageName: string | undefined
  readonly id: string
}

/** The parts of a key; `undefined` when it names no id, or neither one package nor everybody. */
export function parseKey(key: string): ParsedKey | undefined {
  const [first = '', second, ...more] = key.split('>')
  const id = plainId(second ?? first)
  if (id === '' || isRelative(id) || more.length > 0 || first === '') return undefined
  return { packageName: second === undefined ? undefined : first, id }
}

/**
 * Parts a loader's overrides.
 * @throws ERR_INVALID_ARG_VALUE for a key that names no package or no id
 */
export function partOverrides(overrides: Table): Tables {
  const tables: Tables = { everybody: new Map(), packages: new Map() }
  for (const [key, value] of overrides) {
    const parsed = key.includes('>') ? parseKey(key) : { packageName: undefined, id: key }
    if (parsed === undefined) {
      const reason = "must have a key of one package and one id, as in 'some-pkg>fs'"
      throw createError('ERR_INVALID_ARG_VALUE', `options.overrides['${key}']`, value, reason)
    }
    tableOf(tables, parsed.packageName).set(parsed.id, value)
  }
  return tables
}

/** The table of one package, made when there is none, or that of everybody. */
export function tableOf(
  { everybody, packages }: Tables,
  packageName: string | undefined,
): Map<string, unknown> {
  if (packageName === undefined) return everybody
  const table = packages.get(packageName) ?? new Map<string, unknown>()
  packages.set(packageName, table)
  return table
}

/**
 * The longest key that is the whole id, or what stands before a slash in it. Only a string or `false` speaks for more
 * than the whole id; exports speak for it alone, but those of `fs` for `fs/promises` too.
 */
export function match(table: Table | undefined, id: string): Match | undefined {
  if (table === undefined || table.size === 0) return undefined
  for (const key of coveringIds(id)) {
    if (!table.has(key)) continue
    const value = table.get(key)
    const rest = id.slice(key.length)
    const isPart = id.startsWith(key)
    const speaks = value === false || (isPart && (rest === '' || typeof value === 'string'))
    if (speaks || id === 'fs/promises') return { key, rest, value }
  }
  return undefined
}
