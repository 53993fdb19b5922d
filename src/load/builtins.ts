/** What answers for an id before any file is looked for: builtins, overrides and preset modules. */
import { createError } from '../errors.ts'
import { builtinId, coveringIds, isPlainBuiltin } from '../resolve/builtin-ids.ts'
import type {
  Evaluate,
  GuestScript,
  Host,
  ProcessSettings,
  Programs,
  Shim,
  ShimContext,
  Volume,
} from '../seams.ts'
import type { Override, Settings } from './options.ts'

export interface BuiltinTable {
  /** The id under which this specifier is answered here; `undefined` when files must answer. */
  idOf(specifier: string): string | undefined
  /** For `explain`: what answers for a specifier that `idOf` knows, or what forbids it. */
  answerTo(specifier: string): string
  /** Whether the id is answered without `node:` before it. */
  isPlain(id: string): boolean
  /** The path or package that an override by string puts in this specifier's place. */
  redirect(specifier: string): string | undefined
  /**
   * The exports that guest code gets.
   * @param requester who asked, for errors
   * @throws ERR_LODGER_FORBIDDEN
   */
  exportsOf(id: string, requester: string): unknown
  /** The same for `process.getBuiltinModule`, which is not told who asks; the rules of packages stand before it. */
  exportsForProcess(id: string): unknown
  /** The shim itself, whatever overrides say. */
  // biome-ignore lint/suspicious/noExplicitAny: shims know the shape of each other
  original(id: string): any
  /** The shims that somebody has asked for already. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly made: Readonly<Record<string, any>>
  /** Whether some override is a path or a package, so that `redirect` may have an answer. */
  readonly redirects: boolean
  /** What a shim of that id knows of the loader. */
  contextOf(id: string): ShimContext
}

/** What the shims of one loader share. */
export interface BuiltinSurroundings {
  readonly global: Record<PropertyKey, unknown>
  readonly host: Host
  readonly volume: Volume
  readonly evaluate: Evaluate
  runScript(script: GuestScript): unknown
  readonly settings: ProcessSettings
  clean(error: unknown): void
  cleanText(stack: string): string
  onEnter(callback: () => void): void
  readonly programs: Programs | undefined
  onDispose(callback: () => void): () => void
}

export function createBuiltins(
  shims: Readonly<Record<string, Shim>>,
  settings: Settings,
  surroundings: BuiltinSurroundings,
): BuiltinTable {
  const { overrides, modules } = settings
  const made: Record<string, unknown> = Object.create(null)
  const given = new Map<string, unknown>()
  const being = new Set<string>()

  const original = (id: string): unknown => {
    if (id in made) return made[id]
    const shim = Object.hasOwn(shims, id) ? shims[id] : undefined
    if (shim === undefined) {
      const remedy = ` on host '${surroundings.host.name}': give '${id}' with createLoader({ overrides })`
      throw createError('ERR_METHOD_NOT_IMPLEMENTED', id, remedy)
    }
    if (being.has(id)) throw new Error(`The shim of '${id}' needs itself`)
    being.add(id)
    try {
      const exports = shim(contextOf(id))
      made[id] = exports
      return exports
    } finally {
      being.delete(id)
    }
  }

  const contextOf = (id: string): ShimContext => ({
    ...surroundings,
    id,
    require: original,
    exportsOf: (id) => table.exportsForProcess(id),
  })

  const isString = (override: Override) => typeof override === 'string'
  const hasGiven = overrides.size > 0 || Object.getOwnPropertyNames(modules).length > 0

  const hasForbidden = [...overrides.values()].includes(false)

  /** The key by which an override forbids the id, or what it is a part of. */
  const forbiddingKey = (id: string): string | undefined => {
    if (!hasForbidden) return undefined
    for (const key of coveringIds(id)) {
      if (overrides.has(key)) return overrides.get(key) === false ? key : undefined
      if (Object.hasOwn(modules, key) && key === id) return undefined
    }
    return undefined
  }

  /** Of exactly that id there is an override or a preset module, or it must not be had. */
  const isGiven = (id: string) =>
    (overrides.has(id) && !isString(overrides.get(id))) ||
    Object.hasOwn(modules, id) ||
    forbiddingKey(id) !== undefined

  const makeGiven = (id: string): unknown => {
    if (!overrides.has(id)) return modules[id]
    const override = overrides.get(id)
    if (typeof override !== 'function') return override
    const hasOriginal = override.length > 0 && Object.hasOwn(shims, id)
    return hasOriginal ? override(original(id)) : override()
  }

  /** The part of an overridden builtin that node gives an id of its own. */
  const parentPart = (id: string): unknown => {
    if (id !== 'fs/promises' || !isGiven('fs')) return undefined
    return (exportsOf('fs', id) as { promises?: unknown } | undefined)?.promises
  }

  const exportsOf = (id: string, requester: string): unknown => {
    if (!isGiven(id)) return parentPart(id) ?? original(id)
    const key = forbiddingKey(id)
    if (key !== undefined) throw createError('ERR_LODGER_FORBIDDEN', id, requester, key)
    if (!given.has(id)) given.set(id, makeGiven(id))
    return given.get(id)
  }

  const table: BuiltinTable = {
    idOf(specifier) {
      return builtinId(specifier) ?? (hasGiven && isGiven(specifier) ? specifier : undefined)
    },
    answerTo(specifier) {
      const id = builtinId(specifier) ?? specifier
      const key = forbiddingKey(id)
      if (key !== undefined) return `forbidden by options.overrides['${key}']`
      return isGiven(id) ? 'given to createLoader' : 'a builtin'
    },
    isPlain: (id) => isPlainBuiltin(id) || (hasGiven && isGiven(id)),
    redirect(specifier) {
      const id = specifier.replace(/^node:/, '')
      for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
        const target = overrides.get(id.slice(0, end))
        if (typeof target === 'string') return target + id.slice(end)
      }
      return undefined
    },
    exportsOf,
    exportsForProcess: (id) => exportsOf(id, 'process.getBuiltinModule'),
    original,
    made,
    redirects: [...overrides.values()].some(isString),
    contextOf,
  }
  return table
}
