/**
 * ES modules of one loader: from a specifier to a module that runs. https://nodejs.org/api/esm.html
 * Everything is found, read and linked synchronously; only what awaits something runs later.
 */
import { createError } from '../errors.ts'
import type { Engine, EsModules } from '../load/engine.ts'
import { requirerOf } from '../load/hidden.ts'
import { isExecuting } from '../load/module.ts'
import { compileTypeScript } from '../load/typescript.ts'
import { resolve as resolvePath } from '../path.ts'
import { decodeUtf8 as decode } from '../utf8.ts'
import type { Parse } from './analyze.ts'
import { commonJsModule, jsonModule } from './common-js.ts'
import { cycle, inputTypeNotAllowed, requireAsyncModule, unknownFormat } from './errors.ts'
import { evaluate, hasAsyncGraph, link } from './evaluate.ts'
import { explainNotDefined } from './explain.ts'
import { createFacade } from './facade.ts'
import { type Attributes, createFinder, type Found } from './find.ts'
import { createHookChains } from './hooks.ts'
import { compile } from './instantiate.ts'
import { fileUrl, locationOf } from './location.ts'
import { createMeta } from './meta.ts'
import { missing } from './missing.ts'
import { outline } from './outline.ts'
import { type ModuleRecord, SourceTextModule, SyntheticModule } from './record.ts'
import { createRequireHooks } from './require-hooks.ts'
import { createRequireWarning } from './require-warning.ts'
import { analyzeModule } from './syntax-errors.ts'

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

/** Who asks for a module: `import` of one that is imported, or of one that is required. */
type Purpose = 'import' | 'require'

/** @param syntax made when the first ES module comes */
export function createModules(engine: Engine, syntax: () => Syntax): EsModules {
  /** By URL and type. */
  const records = new Map<string, ModuleRecord>()
  const dynamicImports = new Map<string, Map<string, ModuleRecord>>()
  const chains = createHookChains(() => {
    engine.hooks = chains.has('resolve') || chains.has('load') ? requireHooks : undefined
  })
  const finder = createFinder(engine, chains, decode)
  const warnOfRequire = createRequireWarning(engine)
  const requireHooks = createRequireHooks(engine, chains, decode)
  /** Set what builtins export to what they have now. */
  const builtins: (() => void)[] = []
  let mainUrl: string | undefined

  function recordOf(
    found: Found,
    parent: string,
    purpose: Purpose,
    specifier: string,
  ): ModuleRecord {
    const { url, attributes } = found
    const type = attributes.find(([key]) => key === 'type')?.[1] ?? ''
    const key = `${type} ${url}`
    engine.trace?.asked(parent, url)
    const known = records.get(key)
    if (known !== undefined) {
      if (purpose === 'require' && known.isEvaluating) {
        throw cycle(`import Module ${specifier}`, fileOf(parent))
      }
      return known
    }
    return place(key, translate(found, parent, purpose, specifier), purpose)
  }

  /** Keeps a record while all that it asks for is found, and after. */
  function place<Kind extends ModuleRecord>(key: string, record: Kind, purpose: Purpose): Kind {
    records.set(key, record)
    if (!(record instanceof SourceTextModule)) return record
    try {
      load(record, purpose)
    } catch (error) {
      const first = firstOf(error)
      forgetFrom(key)
      throw first
    }
    return record
  }

  /** What was found since then may lead back to what now is not there. */
  function forgetFrom(key: string): void {
    const keys = [...records.keys()]
    for (const later of keys.slice(keys.indexOf(key))) {
      const record = records.get(later)
      if (record !== undefined && isUnlinked(record)) records.delete(later)
    }
  }

  /** Finds all that a module asks for. */
  function load(record: SourceTextModule, purpose: Purpose): void {
    record.requested = record.analysis.requests.map(({ specifier, attributes }) => {
      const found = finder.find(specifier, record.url, attributes)
      return recordOf(found, record.url, purpose, specifier)
    })
  }

  function translate(
    found: Found,
    parent: string,
    purpose: Purpose,
    specifier: string,
  ): ModuleRecord {
    const { url } = found
    const { format, source } = finder.read(found)
    const filename = fileOf(url)
    switch (format) {
      case 'builtin':
        return builtinModule(url, parent)
      case 'module':
        return sourceTextModule(url, source as string)
      case 'module-typescript': {
        const text = { source: source as string, filename, format, name: url, subject: url }
        return sourceTextModule(url, compileTypeScript(engine, text).source)
      }
      case 'json':
        return jsonModule(engine, url, locationOf(url), source as string)
      case 'commonjs':
      case 'commonjs-typescript': {
        const isCycle = purpose === 'require' && isExecuting(engine.Module._cache[filename])
        if (isCycle) throw cycle(`import CommonJS Module ${specifier}`, fileOf(parent))
        // Hooks have been asked by now.
        const text = engine.hooks && { source: source ?? engine.readText(filename), format }
        return commonJsModule(engine, syntax(), url, filename, text)
      }
      default:
        throw unknownFormat(format, url)
    }
  }

  function builtinModule(url: string, parent: string): ModuleRecord {
    const id = engine.builtins.idOf(url)
    if (id === undefined) throw createError('ERR_UNKNOWN_BUILTIN_MODULE', url)
    const exports = engine.builtins.exportsOf(id, fileOf(parent)) as Record<string, unknown>
    const names = [...new Set([...Object.keys(exports), 'default'])]
    const record = new SyntheticModule(url, 'builtin', names, () => setAll(record, exports, names))
    builtins.push(() => setAll(record, exports, names))
    return record
  }

  function sourceTextModule(url: string, source: string): SourceTextModule {
    const powers = {
      importer: (specifier: unknown, options: unknown) => importFrom(specifier, url, options),
      get meta() {
        return createMeta(
          url,
          url === mainUrl,
          (specifier, from) => finder.find(specifier, from, []).url,
        )
      },
    }
    const parse = () => parseModule(source, url)
    const traced = <Result>(module: SourceTextModule, run: () => Result): Result =>
      engine.trace ? engine.trace.run(module, run) : run()
    return new SourceTextModule(url, source, {
      outline: () => outline(source) ?? parse(),
      analyze: parse,
      compile(module) {
        const start = traced(module, () => compile(engine, module, powers))
        return () => {
          const body = traced(module, start)
          return {
            run() {
              module.turn = engine.resolver.nextTurn()
              return traced(module, body.run)
            },
          }
        }
      },
    })
  }

  const parseModule = (source: string, url: string) =>
    analyzeModule(engine, syntax().parse, source, url)

  /** Whoever reads each text whole meets its errors before it looks for what the text asks for. */
  function firstOf(error: unknown): unknown {
    try {
      for (const record of records.values()) {
        if (isUnlinked(record)) record.complete()
      }
    } catch (first) {
      return first
    }
    return error
  }

  function linkAll(root: ModuleRecord): void {
    let isMissing = false
    try {
      link(root, (module, what) => {
        isMissing = true
        return missing(module, what)
      })
    } catch (error) {
      const first = firstOf(error)
      // It is read again when it is asked for again, as it may be mended by then.
      if (!isMissing || first !== error) {
        for (const [key, record] of records) if (isUnlinked(record)) records.delete(key)
      }
      throw first
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
    const begin = async () => {
      if (engine.depth === 0) engine.volume.refresh?.()
      const found = finder.find(text, parentUrl, attributesOf(options))
      const record = recordOf(found, parentUrl, 'import', text)
      const ofParent = dynamicImports.get(parentUrl) ?? new Map()
      dynamicImports.set(parentUrl, ofParent.set(text, record))
      return await run(record)
    }
    const channel: ImportChannel | undefined =
      engine.builtins.made.diagnostics_channel?.tracingChannel('module.import')
    if (!channel?.hasSubscribers) return await begin()
    return await channel.tracePromise(begin, { __proto__: null, parentURL: parentUrl, url: text })
  }

  async function run(record: ModuleRecord): Promise<object> {
    // Whoever requires it meanwhile is told so.
    await undefined
    linkAll(record)
    try {
      await evaluate(record)
    } catch (error) {
      explainNotDefined(engine, record, error)
      throw error
    }
    return record.namespace
  }

  /** What `run` does, as far as that goes without a promise. */
  function runAtOnce(record: ModuleRecord): Promise<object> | undefined {
    linkAll(record)
    try {
      return evaluate(record)?.then(() => record.namespace)
    } catch (error) {
      explainNotDefined(engine, record, error)
      throw error
    }
  }

  const start: (find: () => ModuleRecord) => Promise<object> | undefined = engine.isSynchronous
    ? (find) => runAtOnce(find())
    : async (find) => await run(find())

  return {
    records: records as EsModules['records'],
    dynamicImports: dynamicImports as EsModules['dynamicImports'],
    import: (specifier, parent, options) =>
      importFrom(specifier, fileUrl(resolvePath(engine.cwd(), parent)), options),
    main(filename) {
      mainUrl = fileUrl(filename)
      const url = mainUrl
      return start(() => {
        if (engine.settings.inputType !== undefined) throw inputTypeNotAllowed()
        return recordOf({ url, attributes: [] }, url, 'import', filename)
      })
    },
    preload([specifier, ...others]) {
      if (specifier === undefined) return undefined
      const parent = fileUrl(engine.cwd(), '/')
      const waiting = start(() =>
        recordOf(finder.find(specifier, parent, []), parent, 'import', specifier),
      )
      return waiting ? waiting.then(() => this.preload(others)) : this.preload(others)
    },
    accepts(source, filename) {
      try {
        parseModule(source, filename)
        return true
      } catch {
        return false
      }
    },
    parse(filename, source) {
      parseModule(source, filename)
    },
    evaluate(source, url, isMain) {
      if (isMain) mainUrl = url
      return start(() => place(` ${url}`, sourceTextModule(url, source), 'import'))
    },
    unsettled() {
      const waiting = [...records.values()].find(isWaitingForItself)
      if (waiting === undefined) return undefined
      const { url, source, analysis } = waiting
      // Which of several it is nobody can tell.
      const [start, another] = analysis.topLevelAwaits
      return { url, source, start: another === undefined ? start : undefined }
    },
    registerHooks: (hooks) => chains.register(hooks),
    syncBuiltins() {
      for (const set of builtins) set()
    },
    refuseCycle(module) {
      const { id, filename } = module
      // Guest code may have put anything there.
      const record = typeof filename === 'string' && records.get(` ${fileUrl(filename)}`)
      if (!(record instanceof SourceTextModule) || record.status === 'evaluated') return
      throw cycle(`require() ES Module ${id}`, requirerOf(module)?.filename ?? undefined)
    },
    require(filename, source, requirers) {
      warnOfRequire(filename, requirers[0])
      const url = fileUrl(filename)
      const key = ` ${url}`
      let record = records.get(key) as SourceTextModule | undefined
      if (record === undefined) record = place(key, sourceTextModule(url, source), 'require')
      if (record.status === 'unlinked') linkAll(record)
      if (hasAsyncGraph(record)) throw requireAsyncModule(filename, requirers)
      if (record.status === 'evaluating') {
        throw cycle(`require() ES Module ${filename}`, requirers[0], true)
      }
      try {
        evaluate(record)
      } catch (error) {
        explainNotDefined(engine, record, error)
        throw error
      }
      return exportsOf(record)
    },
  }
}

function isUnlinked(record: ModuleRecord): record is SourceTextModule {
  return record instanceof SourceTextModule && record.status === 'unlinked'
}

/** Not for others that it leads to. */
function isWaitingForItself(record: ModuleRecord): record is SourceTextModule {
  return (
    record instanceof SourceTextModule &&
    record.status === 'evaluating-async' &&
    record.pendingAsyncDependencies === 0
  )
}

function setAll(
  record: SyntheticModule,
  exports: Record<string, unknown>,
  names: readonly string[],
): void {
  for (const name of names) record.set(name, exports[name])
  record.set('default', exports)
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
