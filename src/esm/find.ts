/** From a specifier to what a module is made of: node's own way, and hooks where there are any. */
import { createError, systemError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import { type Imported, importResolve } from '../resolve/import-resolve.ts'
import { Kind } from '../seams.ts'
import { type Attributes, checkAttributes } from './attributes.ts'
import { invalidFileUrlHost, unsupportedRequest, unsupportedScheme } from './errors.ts'
import { declaredFormatOf, formatOf } from './format.ts'
import { withHint } from './hint.ts'
import { bytesOfSource, type HookChains, textOfSource } from './hooks.ts'
import { fileUrl, isUrl, type Location, locationOf, partsOfFileUrl } from './location.ts'
import { ModuleLoadContext, ModuleResolveContext } from './require-hooks.ts'

/** What a request means. */
export interface Found {
  readonly url: string
  /** What hooks say that it is, or are to be told; `null` where only its text can tell. */
  readonly format?: string | null | undefined
  readonly attributes: Attributes
}

/** What a module is made of. */
export interface Read {
  readonly format: string
  /** `undefined` for builtins, and for CommonJS that its own loader is to read. */
  readonly source?: string | undefined
  /** Of WebAssembly. */
  readonly bytes?: Uint8Array
}

export interface Finder {
  /** @throws node's errors of `import`, what hooks throw */
  find(specifier: string, parentUrl: string, attributes: Attributes): Found
  /** The URL that a specifier has where hooks have no say. @throws node's errors of `import` */
  resolve(specifier: string, parentUrl: string): string
  read(found: Found): Read
}

export function createFinder(
  engine: Engine,
  chains: HookChains,
  decode: (bytes: Uint8Array) => string,
): Finder {
  const { resolver } = engine
  const conditions = Object.freeze([...engine.importConditions])

  /** What was found stays found, whatever becomes of the file. */
  const known = new Map<string, string>()
  engine.memories.push(() => [known])

  function resolve(specifier: string, parentUrl: string, wanted?: ReadonlySet<string>): string {
    if (wanted !== undefined) return resolveAnew(specifier, parentUrl, wanted)
    const key = `${parentUrl}\n${specifier}`
    const before = known.get(key)
    const anew = () => resolveAnew(specifier, parentUrl, engine.importConditions)
    if (resolver.note !== undefined) {
      return before ? resolver.explainKnown('import', specifier, before, anew) : anew()
    }
    if (before !== undefined) return before
    const url = anew()
    known.set(key, url)
    return url
  }

  /** @throws ERR_INVALID_ARG_VALUE */
  function setOf(wanted: unknown): ReadonlySet<string> | undefined {
    if (wanted === undefined || wanted === conditions) return undefined
    if (Array.isArray(wanted)) return new Set(wanted)
    throw createError('ERR_INVALID_ARG_VALUE', 'conditions', wanted, 'expected an array')
  }

  function resolveAnew(specifier: string, parentUrl: string, wanted: ReadonlySet<string>): string {
    const isPath = /^(?:\/|\.\.?(?:\/|$))/.test(specifier)
    const parent = locationOf(parentUrl)
    const file = (path: string, suffix = '', asked = path) =>
      resolveFile(path, suffix, asked, parent, parentUrl, wanted)
    if (!isPath && !specifier.startsWith('#') && isUrl(specifier)) {
      if (/^file:/i.test(specifier)) {
        const { host, path, suffix } = partsOfFileUrl(specifier)
        if (host === '' || host === 'localhost') return file(path, suffix, specifier)
        throw invalidFileUrlHost(specifier, parentUrl, 'linux')
      }
      noteAnswer(specifier)
      return specifier
    }
    const id = isPath ? undefined : engine.builtins.idOf(specifier)
    if (id !== undefined) {
      noteAnswer(specifier)
      return `node:${id}`
    }
    if (parent.kind !== 'file') throw unsupportedRequest(specifier, parentUrl, isPath)
    if (!isPath) return file(specifier)
    const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(specifier) ?? []
    return file(path, suffix, specifier)
  }

  /** Of a builtin, or a URL that stays what it is. */
  function noteAnswer(specifier: string): void {
    if (resolver.note === undefined) return
    const { builtins } = engine
    const answer = builtins.idOf(specifier) === undefined ? 'a URL' : builtins.answerTo(specifier)
    resolver.note('import', specifier, 'found', answer)
  }

  function resolveFile(
    path: string,
    suffix: string,
    asked: string,
    parent: Location,
    parentUrl: string,
    wanted: ReadonlySet<string>,
  ): string {
    const base = parent.kind === 'file' ? parent.filename : parentUrl
    const own = parent.kind === 'file' && engine.transpiling?.find?.(path, base)
    if (own) return fileUrl(own, suffix)
    const from = resolver.places.at(base.slice(0, base.lastIndexOf('/')))
    let found: Imported
    try {
      found = importResolve(resolver, path, from, base, wanted, suffix)
    } catch (error) {
      if (error instanceof URIError) throw Object.assign(error, { module: parentUrl })
      throw withHint(engine, error, asked, base)
    }
    return found.kind === 'builtin' ? `node:${found.id}` : fileUrl(found.filename, found.suffix)
  }

  function textAt(location: Location): string {
    if (location.kind === 'data') return location.text
    return engine.readText((location as { filename: string }).filename)
  }

  function bytesAt(location: Location): Uint8Array {
    if (location.kind === 'data') return location.bytes
    const { filename } = location as { filename: string }
    const entry = engine.volume.lookup(filename)
    if (entry?.kind === Kind.File) return entry.bytes()
    throw systemError('ENOENT', 'open', filename)
  }

  function readPlainly(url: string, format: string | undefined, attributes: Attributes): Read {
    const location = locationOf(url)
    if (location.kind === 'other') throw unsupportedScheme(location.scheme)
    const found = format ?? formatOf(engine, location)
    checkAttributes(url, found, attributes)
    if (found === 'wasm') return { format: found, bytes: bytesAt(location) }
    const readsItself = found === 'builtin' || found === 'commonjs' || found === 'addon'
    return { format: found, source: readsItself ? undefined : textAt(location) }
  }

  /** node looks no further where it is a URL of these already. */
  const formatFor = (specifier: string, url: string) =>
    /^(?:node|data):/.test(specifier) ? undefined : declaredFormatOf(engine, locationOf(url))

  /** As node reads it. */
  const bufferOf = (content: string | Uint8Array): unknown =>
    engine.builtins.original('buffer').Buffer.from(content)

  return {
    resolve,
    find(specifier, parentUrl, attributes) {
      if (!chains.has('resolve')) {
        const url = resolve(specifier, parentUrl)
        return {
          url,
          format: chains.has('load') ? formatFor(specifier, url) : undefined,
          attributes,
        }
      }
      const context = new ModuleResolveContext(parentUrl, objectOf(attributes), conditions)
      const result = chains.run('resolve', specifier, context, (given, told) => {
        const url = resolve(given, told.parentURL as string, setOf(told.conditions))
        return { url, format: formatFor(given, url) }
      })
      const { url, format, importAttributes } = result as unknown as {
        url: string
        format?: string
        importAttributes?: Readonly<Record<string, string>>
      }
      return {
        url,
        format,
        attributes: importAttributes ? Object.entries(importAttributes) : attributes,
      }
    },
    read({ url, format, attributes }) {
      if (!chains.has('load')) return readPlainly(url, format ?? undefined, attributes)
      const context = new ModuleLoadContext(format, objectOf(attributes), conditions)
      const result = chains.run('load', url, context, (given, told) => {
        const plain = readPlainly(given, (told.format as string | null) ?? undefined, attributes)
        // Hooks are shown what otherwise the loader of CommonJS would read.
        const text = plain.format === 'commonjs' ? textAt(locationOf(given)) : plain.source
        const content = text ?? plain.bytes
        return { format: plain.format, source: content === undefined ? null : bufferOf(content) }
      })
      const { source } = result
      const told = result.format as string
      if (told === 'wasm') return { format: told, bytes: bytesOfSource(source) }
      const isText = source != null && told !== 'builtin'
      return { format: told, source: isText ? textOfSource(source, decode) : undefined }
    },
  }
}

function objectOf(attributes: Attributes): object {
  return Object.assign(Object.create(null), Object.fromEntries(attributes))
}
