/** Hooks as `require` meets them: they speak of URLs, and `require` of filenames. */
import { createError } from '../errors.ts'
import type { Engine, FoundByHooks, RequireHooks } from '../load/engine.ts'
import type { HookContext, HookResult } from '../load/hook-options.ts'
import { urlOf } from '../load/module.ts'
import { isAbsolute, toFileUrl } from '../path.ts'
import { unknownFormat } from './errors.ts'
import { type HookChains, textOfSource } from './hooks.ts'
import { locationOf } from './location.ts'

/** What hooks are told of a request. The names show when tools print it. */
export class ModuleResolveContext implements HookContext {
  [key: string]: unknown

  constructor(
    parentURL: string | undefined,
    importAttributes: object | undefined,
    conditions: readonly string[],
  ) {
    this.parentURL = parentURL
    this.importAttributes = importAttributes
    this.conditions = conditions
  }
}

/** What they are told of a module that was found. */
export class ModuleLoadContext implements HookContext {
  [key: string]: unknown

  constructor(
    format: string | null | undefined,
    importAttributes: object | undefined,
    conditions: readonly string[],
  ) {
    this.format = format
    this.importAttributes = importAttributes
    this.conditions = conditions
  }
}

/** Formats whose source is text. */
const textual = /^(?:module|commonjs|json|(?:module-|commonjs-)?typescript)$/

export function createRequireHooks(
  engine: Engine,
  chains: HookChains,
  decode: (bytes: Uint8Array) => string,
): RequireHooks {
  const { builtins } = engine
  const conditions = Object.freeze([...engine.requireConditions])

  const filenameOf = (url: string): string => {
    const id = builtins.idOf(url)
    if (id !== undefined) return builtins.isPlain(id) ? id : `node:${id}`
    const location = url.startsWith('file://') ? locationOf(url) : undefined
    return location?.kind === 'file' ? location.filename : url
  }

  const load = (url: string, filename: string, format: string | undefined): HookResult =>
    chains.run(
      'load',
      url,
      new ModuleLoadContext(format, undefined, conditions),
      (given, context) => {
        const wanted = context.format as string | null | undefined
        if (wanted === 'builtin') return { source: null, format: wanted }
        if (wanted != null && !textual.test(wanted)) throw unknownFormat(wanted, given)
        const source = engine.readText(given === url ? filename : filenameOf(given))
        return { source, format: wanted }
      },
      true,
    )

  return {
    resolve(request, parent, isMain, options) {
      if (!chains.has('resolve')) return undefined
      const own = (specifier: string, context: HookContext): HookResult => {
        const wanted = context.conditions
        if (wanted !== undefined && !Array.isArray(wanted)) {
          throw createError(
            'ERR_INVALID_ARG_VALUE',
            'context.conditions',
            wanted,
            'expected an array',
          )
        }
        if (options === undefined && specifier.startsWith('node:')) {
          if (builtins.idOf(specifier) === undefined) {
            throw createError('ERR_UNKNOWN_BUILTIN_MODULE', specifier)
          }
          return { url: specifier, format: 'builtin' }
        }
        const filename = engine.Module._resolveFilename(specifier, parent, isMain, {
          ...(options?.paths && { paths: options.paths }),
          ...(wanted && wanted !== conditions && { conditions: new Set(wanted as string[]) }),
        }).toString()
        return { url: urlOfFilename(filename), format: undefined }
      }
      const context = new ModuleResolveContext(
        parent ? urlOf(parent) : undefined,
        undefined,
        conditions,
      )
      const { url, format } = chains.run(
        'resolve',
        request,
        context,
        own,
      ) as unknown as FoundByHooks
      return { url, format, filename: filenameOf(url) }
    },
    loadBuiltin(id, found) {
      if (!chains.has('load')) return undefined
      const { source, format } = load(found?.url ?? `node:${id}`, id, found?.format || 'builtin')
      if (!format || format === 'builtin') return undefined
      return { source: textOfSource(source, decode), format: format as string }
    },
    load(url, filename, format) {
      if (!chains.has('load')) return { source: engine.readText(filename), format }
      const result = load(url, filename, format)
      return {
        source: textOfSource(result.source, decode),
        format: (result.format as string | undefined) ?? format,
      }
    },
  }

  function urlOfFilename(filename: string): string {
    const id = builtins.idOf(filename)
    if (id !== undefined) return `node:${id}`
    return isAbsolute(filename) ? toFileUrl(filename) : filename
  }
}
