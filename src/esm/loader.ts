/**
 * ES modules of one loader: from a specifier to a module that runs. https://nodejs.org/api/esm.html
 * Everything is found, read and linked synchronously; only what awaits something runs later.
 */
import { createError } from '../errors.ts'
import type { Engine, EsModules } from '../load/engine.ts'
import { parentOf } from '../load/hidden.ts'
import { isExecuting } from '../load/module.ts'
import { resolve as resolvePath } from '../path.ts'
import { type Imported, importResolve } from '../resolve/import-resolve.ts'
import { analyze, type ModuleRequest, type Parse } from './analyze.ts'
import { checkAttributes } from './attributes.ts'
import { commonJsModule, jsonModule } from './common-js.ts'
import {
  cycle,
  requireAsyncModule,
  unknownFormat,
  unsupportedRequest,
  unsupportedScheme,
} from './errors.ts'
import { evaluate, evaluateSync, hasAsyncGraph, link } from './evaluate.ts'
import { explainNotDefined } from './explain.ts'
import { formatOf } from './format.ts'
import { withHint } from './hint.ts'
import { instantiate } from './instantiate.ts'
import { fileUrl, isUrl, type Location, locationOf } from './location.ts'
import { createMeta } from './meta.ts'
import { missing } from './missing.ts'
import { type ModuleRecord, SourceTextModule, SyntheticModule } from './record.ts'

/** What reads texts: an ES module's, and the names that a CommonJS module exports. */
export interface Syntax {
  readonly parse: Parse
  commonJsExports(source: string): { readonly exports: string[]; readonly reexports: string[] }
}

/** The part of a tracing channel that tells of an asynchronous call. */
interface ImportChannel {
  readonly hasSubscribers: boolean
  tracePromise(call: () => Promise<object>, context: object): Promise<object>
}

type Attributes = ModuleRequest['attributes']

/** Who asks for a module: `import` of one that is imported, or of one that is required. */
type Purpose = 'import' | 'require'

/** @param syntax made when the first ES module comes */
export function createModules(engine: Engine, syntax: () => Syntax): EsModules {
  /** By URL and type. */
  const records = new Map<string, ModuleRecord>()
  const { importConditions } = engine
  /** Set what builtins export to what they have now. */
  const builtins: (() => void)[] = []
  let mainUrl: string | undefined

  function resolve(specifier: string, parentUrl: string): string {
    const isPath = /^(?:\/|\.\.?(?:\/|$))/.test(specifier)
    const parent = locationOf(parentUrl)
    if (!isPath && specifier.charCodeAt(0) !== 35 && isUrl(specifier)) {
      const location = locationOf(specifier)
      return location.kind === 'file'
        ? resolveFile(location.filename, location.suffix, parent, parentUrl)
        : specifier
    }
    if (parent.kind !== 'file') {
      const id = isPath ? undefined : engine.builtins.idOf(specifier)
      if (id !== undefined) return `node:${id}`
      throw unsupportedRequest(specifier, parentUrl)
    }
    if (!isPath) {
      const id = engine.builtins.idOf(specifier)
      if (id !== undefined) return `node:${id}`
      return resolveFile(specifier, '', parent, parentUrl)
    }
    const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(specifier) ?? []
    return resolveFile(path, suffix, parent, parentUrl)
  }

  function resolveFile(path: string, suffix: string, parent: Location, parentUrl: string): string {
    const base = parent.kind === 'file' ? parent.filename : parentUrl
    const { places } = engine.resolver
    const from = places.at(base.slice(0, base.lastIndexOf('/')))
    let found: Imported
    try {
      found = importResolve(engine.resolver, path, from, base, importConditions)
    } catch (error) {
      throw withHint(engine, error, path, base)
    }
    return found.kind === 'builtin' ? `node:${found.id}` : fileUrl(found.filename, suffix)
  }

  function recordOf(
    url: string,
    attributes: Attributes,
    parent: string,
    purpose: Purpose,
    specifier: string,
  ): ModuleRecord {
    const type = attributes.find(([key]) => key === 'type')?.[1] ?? ''
    const key = `${type} ${url}`
    const known = records.get(key)
    if (known !== undefined) {
      if (
        purpose === 'require' &&
        known instanceof SourceTextModule &&
        known.status === 'evaluating'
      ) {
        throw cycle(`import Module ${specifier}`, fileOf(parent))
      }
      return known
    }
    const record = translate(url, attributes, parent, purpose, specifier)
    records.set(key, record)
    if (!(record instanceof SourceTextModule)) return record
    try {
      load(record, purpose)
    } catch (error) {
      records.delete(key)
      throw error
    }
    return record
  }

  /** Finds all that a module asks for. */
  function load(record: SourceTextModule, purpose: Purpose): void {
    record.requested = record.analysis.requests.map(({ specifier, attributes }) =>
      recordOf(resolve(specifier, record.url), attributes, record.url, purpose, specifier),
    )
  }

  function translate(
    url: string,
    attributes: Attributes,
    parent: string,
    purpose: Purpose,
    specifier: string,
  ): ModuleRecord {
    const location = locationOf(url)
    if (location.kind === 'other') throw unsupportedScheme(location.scheme)
    const format = formatOf(engine, location)
    checkAttributes(url, format, attributes)
    switch (format) {
      case 'builtin':
        return builtinModule(url, (location as { id: string }).id, parent)
      case 'module':
        return sourceTextModule(url, textOf(location))
      case 'json':
        return jsonModule(engine, url, location, textOf(location))
      case 'commonjs': {
        const { filename } = location as { filename: string }
        const isCycle = purpose === 'require' && isExecuting(engine.Module._cache[filename])
        if (isCycle) throw cycle(`import CommonJS Module ${specifier}`, fileOf(parent))
        return commonJsModule(engine, syntax(), url, filename)
      }
      default:
        throw unknownFormat(format, url)
    }
  }

  function textOf(location: Location): string {
    return location.kind === 'data'
      ? location.text
      : engine.readText((location as { filename: string }).filename)
  }

  function builtinModule(url: string, id: string, parent: string): ModuleRecord {
    if (engine.builtins.idOf(url) === undefined)
      throw createError('ERR_UNKNOWN_BUILTIN_MODULE', url)
    const exports = engine.builtins.exportsOf(id, fileOf(parent)) as Record<string, unknown>
    const names = [...new Set([...Object.keys(exports), 'default'])]
    const record = new SyntheticModule(url, names, () => setAll(record, exports, names), {
      isMutable: true,
    })
    builtins.push(() => setAll(record, exports, names))
    return record
  }

  function sourceTextModule(url: string, source: string): SourceTextModule {
    const powers = {
      importer: (specifier: unknown, options: unknown) => importFrom(specifier, url, options),
      get meta() {
        return createMeta(url, url === mainUrl, resolve)
      },
    }
    return new SourceTextModule(url, source, parse(source, url), (module, environment) =>
      instantiate(engine, source, module, environment, powers),
    )
  }

  function parse(source: string, url: string) {
    try {
      return analyze(source, syntax().parse)
    } catch (error) {
      const { description, message } = error as Error & { description?: string }
      const own = new SyntaxError(description ?? message)
      throw engine.compiler.moduleSyntaxError(source, url, own)
    }
  }

  /** What `require` gives for a module: the value that it means for it, or its namespace. */
  function exportsOf(record: ModuleRecord): unknown {
    const { namespace } = record as { namespace: Record<string, unknown> }
    if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports']
    if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) {
      return namespace
    }
    return createFacade(record).namespace
  }

  // Even what goes wrong at once is told by the promise.
  async function importFrom(
    specifier: unknown,
    parentUrl: string,
    options: unknown,
  ): Promise<object> {
    const text = `${specifier as string}`
    const find = async () => {
      if (engine.depth === 0) engine.volume.refresh?.()
      const url = resolve(text, parentUrl)
      return await run(recordOf(url, attributesOf(options), parentUrl, 'import', text))
    }
    const channel: ImportChannel | undefined =
      engine.builtins.made.diagnostics_channel?.tracingChannel('module.import')
    if (!channel?.hasSubscribers) return await find()
    return await channel.tracePromise(find, { __proto__: null, parentURL: parentUrl, url: text })
  }

  async function run(record: ModuleRecord): Promise<object> {
    // Whoever requires it meanwhile is told so.
    await undefined
    link(record, missing)
    try {
      await evaluate(record)
    } catch (error) {
      explainNotDefined(engine, record, error)
      throw error
    }
    return record.namespace
  }

  return {
    import: (specifier, parent, options) =>
      importFrom(specifier, fileUrl(resolvePath(engine.cwd(), parent)), options),
    async main(filename) {
      mainUrl = fileUrl(filename)
      return await run(recordOf(mainUrl, [], mainUrl, 'import', filename))
    },
    syncBuiltins() {
      for (const set of builtins) set()
    },
    refuseCycle(module) {
      const { id, filename } = module
      // Guest code may have put anything there.
      const record = typeof filename === 'string' && records.get(` ${fileUrl(filename)}`)
      if (!(record instanceof SourceTextModule) || record.status === 'evaluated') return
      throw cycle(`require() ES Module ${id}`, parentOf(module)?.filename ?? undefined)
    },
    require(filename, source, requirers) {
      const url = fileUrl(filename)
      const key = ` ${url}`
      let record = records.get(key) as SourceTextModule | undefined
      if (record === undefined) {
        record = sourceTextModule(url, source)
        records.set(key, record)
        try {
          load(record, 'require')
        } catch (error) {
          records.delete(key)
          throw error
        }
      } else if (record.status === 'evaluating') {
        throw cycle(`require() ES Module ${filename}`, requirers[0])
      }
      link(record, missing)
      if (hasAsyncGraph(record)) throw requireAsyncModule(filename, requirers)
      try {
        evaluateSync(record)
      } catch (error) {
        explainNotDefined(engine, record, error)
        throw error
      }
      return exportsOf(record)
    },
  }
}

function setAll(
  record: SyntheticModule,
  exports: Record<string, unknown>,
  names: readonly string[],
): void {
  for (const name of names) record.set(name, exports[name])
  record.set('default', exports)
}

function createFacade(record: ModuleRecord): ModuleRecord {
  const names = record.getExportedNames()
  const facade = new SourceTextModule(
    record.url,
    '',
    {
      requests: [{ specifier: 'original', attributes: [] }],
      imports: [],
      exports: [{ name: '__esModule', local: '__esModule', isMutable: false }],
      indirectExports: names.map((name) => ({ name, request: 0, imported: name, start: 0 })),
      starExports: [],
      edits: [],
      hasTopLevelAwait: false,
      importer: undefined,
      meta: undefined,
      anonymousDefault: undefined,
      isDefaultHoisted: false,
    },
    (_, { declare }) => {
      declare({ __esModule: () => true })
      return { run: () => undefined }
    },
  )
  facade.requested = [record]
  facade.instantiate()
  return facade
}

/** What `import()` takes beside its specifier. */
function attributesOf(options: unknown): Attributes {
  if (options === undefined) return []
  if (!isObject(options)) throw new TypeError('The second argument to import() must be an object')
  const { with: given } = options as { with?: unknown }
  if (given === undefined) return []
  if (!isObject(given)) throw new TypeError("The 'with' option must be an object")
  return Object.entries(given as object).map(([key, value]) => {
    if (typeof value !== 'string') throw new TypeError('Import attribute value must be a string')
    return [key, value] as const
  })
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** As errors name who asks. */
function fileOf(url: string): string {
  const location = locationOf(url)
  return location.kind === 'file' ? location.filename : url
}
