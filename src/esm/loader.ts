/**
 * ES modules of one loader: from a specifier to a module that runs. https://nodejs.org/api/esm.html
 * Everything is found, read and linked synchronously; only what awaits something runs later.
 */
import type { Engine, EsModules } from '../load/engine.ts'
import { requirerOf } from '../load/hidden.ts'
import { importOf } from '../load/import-of.ts'
import { isExecuting } from '../load/module.ts'
import { compileTypeScript } from '../load/typescript.ts'
import { resolve as resolvePath } from '../path.ts'
import { decodeUtf8 as decode } from '../utf8.ts'
import { attributesOf } from './attributes.ts'
import { createBuiltinModules } from './builtin.ts'
import { commonJsModule, forgetCommonJs, jsonModule } from './common-js.ts'
import { cycle, inputTypeNotAllowed, requireAsyncModule, unknownFormat } from './errors.ts'
import {
  evaluate,
  graphOf,
  hasAsyncGraph,
  hasBegun,
  isWaitingForItself,
  isWhole,
  link,
} from './evaluate.ts'
import { explainNotDefined } from './explain.ts'
import { createFacade } from './facade.ts'
import { createFinder, type Found } from './find.ts'
import { createHookChains } from './hooks.ts'
import { compile } from './instantiate.ts'
import { createLinkingJobs, jobs } from './jobs.ts'
import { fileOf, fileUrl, locationOf } from './location.ts'
import { createMeta } from './meta.ts'
import { missing } from './missing.ts'
import { outline } from './outline.ts'
import { isUnlinked, type ModuleRecord, SourceTextModule } from './record.ts'
import { createRequireHooks } from './require-hooks.ts'
import { createRequireWarning } from './require-warning.ts'
import { createRequiredModules } from './required.ts'
import { createSources } from './source-phase.ts'
import type { Syntax } from './syntax.ts'
import { analyzeModule } from './syntax-errors.ts'
import { traceImport } from './trace-import.ts'
import { createWasmReader } from './wasm.ts'

/** Who asks for a module: `import` of one that is imported, or of one that is required; or only its source is wanted. */
type Purpose = 'import' | 'require' | 'source'

type Entry = readonly [key: string, record: ModuleRecord]

export function createModules(engine: Engine, syntax: Syntax): EsModules {
  /** By URL and type. */
  const records = new Map<string, ModuleRecord>()
  const dynamicImports = new Map<string, Map<string, ModuleRecord>>()
  const chains = createHookChains(() => {
    engine.hooks = chains.has('resolve') || chains.has('load') ? requireHooks : undefined
  })
  const finder = createFinder(engine, chains, decode)
  const warnOfRequire = createRequireWarning(engine)
  const readWasm = createWasmReader(engine)
  const requireHooks = createRequireHooks(engine, chains, decode)
  const builtins = createBuiltinModules(engine)
  const sources = createSources()
  /** Those of which only the source was asked for. */
  const waiting = new WeakSet<ModuleRecord>()
  const required = createRequiredModules()
  const linkingJobs = createLinkingJobs()
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
      return purpose === 'source' ? known : loaded(key, known, purpose)
    }
    return place(key, translate(found, parent, purpose, specifier), purpose)
  }

  /** Keeps a record while all that it asks for is found, and after. */
  function place<Kind extends ModuleRecord>(key: string, record: Kind, purpose: Purpose): Kind {
    records.set(key, record)
    if (purpose === 'require') required.add(record)
    waiting.add(record)
    return purpose === 'source' ? record : loaded(key, record, purpose)
  }

  /** All that a module asks for is found by then, too. */
  function loaded<Kind extends ModuleRecord>(key: string, record: Kind, purpose: Purpose): Kind {
    if (!waiting.delete(record) || !(record instanceof SourceTextModule)) return record
    try {
      load(record, purpose)
    } catch (error) {
      // What was found since then may lead back to what now is not there.
      const entries = [...records]
      const since = entries.slice(entries.findIndex(([each]) => each === key))
      const first = firstOf(error, since)
      // Parts that are whole are kept, as in node.
      forgetUnlinked(since.filter(([, each]) => !isWhole(each)))
      throw first
    }
    return record
  }

  /** What was compiled stays what it is for who has its source. */
  function forgetUnlinked(entries: readonly Entry[]): void {
    for (const [key, record] of entries) {
      if (!isUnlinked(record)) continue
      if (sources.isGiven(record)) waiting.add(record)
      else records.delete(key)
    }
  }

  /** Finds all that a module asks for. */
  function load(record: SourceTextModule, purpose: Purpose): void {
    record.requested = record.analysis.requests.map(({ specifier, attributes, isSource }) => {
      const found = finder.find(specifier, record.url, attributes)
      if (isSource) return sources.moduleOf(recordOf(found, record.url, 'source', specifier))
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
    const { format, source, bytes } = finder.read(found)
    const filename = fileOf(url)
    switch (format) {
      case 'builtin':
        return builtins.moduleOf(url, fileOf(parent))
      case 'module':
        return sourceTextModule(url, source as string)
      case 'module-typescript': {
        const text = { source: source as string, filename, format, name: url, subject: url }
        return sourceTextModule(url, compileTypeScript(engine, text).source)
      }
      case 'wasm': {
        const text = readWasm(url, filename, bytes as Uint8Array, () => record.namespace)
        const record: ModuleRecord = sourceTextModule(url, text.source, format, text.meta)
        sources.set(record, text.module)
        return record
      }
      case 'json':
        return jsonModule(engine, url, locationOf(url), source as string)
      case 'commonjs':
      case 'commonjs-typescript': {
        const isRequired = purpose === 'require'
        const isCycle = isRequired && isExecuting(engine.Module._cache[filename])
        // Hooks have been asked by now.
        const text = engine.hooks && { source: source ?? engine.readText(filename), format }
        // Even in a cycle they hear of the files whose names it passes on.
        const record = commonJsModule(engine, syntax, url, filename, isRequired, text)
        if (isCycle) throw cycle(`import CommonJS Module ${specifier}`, fileOf(parent))
        return record
      }
      default:
        throw unknownFormat(format, url)
    }
  }

  function sourceTextModule(
    url: string,
    source: string,
    format = 'module',
    meta?: object,
  ): SourceTextModule {
    const powers = {
      importer: importOf((...request) => importFrom(url, ...request)),
      get meta() {
        const resolve = (specifier: string, from: string) => finder.find(specifier, from, []).url
        return meta ?? createMeta(url, url === mainUrl, resolve)
      },
    }
    const parse = () => parseModule(source, url)
    const traced = <Result>(module: SourceTextModule, run: () => Result): Result =>
      engine.trace ? engine.trace.run(module, run) : run()
    return new SourceTextModule(url, format, source, {
      // Hooks hear of nothing that a text asks for which is no module.
      outline: () => (engine.hooks ? undefined : outline(source)) ?? parse(),
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
    analyzeModule(engine, syntax.parse, source, url)

  /** Whoever reads each text whole meets its errors before it looks for what the text asks for. */
  function firstOf(error: unknown, entries: readonly Entry[]): unknown {
    for (const [place, [, record]] of entries.entries()) {
      if (!isUnlinked(record)) continue
      try {
        record.complete()
      } catch (first) {
        for (const [key, later] of entries.slice(place)) {
          if (hasBegun(later)) continue
          if (later.format === 'commonjs') forgetCommonJs(engine, later.url)
          records.delete(key)
        }
        return first
      }
    }
    return error
  }

  function linkAll(root: ModuleRecord): void {
    let isMissing = false
    try {
      sources.check(root)
      link(root, (module, what) => {
        isMissing = true
        return missing(module, what)
      })
    } catch (error) {
      const graph = graphOf(root)
      const entries = [...records].filter(([, record]) => graph.has(record))
      const first = firstOf(error, entries)
      // It is read again when it is asked for again, as it may be mended by then.
      if (!isMissing || first !== error) forgetUnlinked(entries)
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
    parentUrl: string,
    specifier: unknown,
    options?: unknown,
    isSource = false,
  ): Promise<object> {
    const text = `${specifier as string}`
    const begin = async () => {
      if (engine.depth === 0) engine.volume.refresh?.()
      const attributes = attributesOf(options)
      let record: ModuleRecord
      try {
        const found = finder.find(text, parentUrl, attributes)
        record = recordOf(found, parentUrl, isSource ? 'source' : 'import', text)
      } catch (error) {
        await jobs(2)
        throw error
      }
      const ofParent = dynamicImports.get(parentUrl) ?? new Map()
      dynamicImports.set(parentUrl, ofParent.set(text, record))
      if (!isSource) return await run(record)
      await jobs(3)
      return sources.sourceOf(record)
    }
    return await traceImport(engine, parentUrl, text, begin)
  }

  async function run(record: ModuleRecord): Promise<object> {
    const isRequired = required.has(record)
    const linking = isRequired ? undefined : linkingJobs(record)
    // Whoever requires it meanwhile is told so.
    await undefined
    if (!isRequired) await linking
    try {
      linkAll(record)
      const running = required.evaluate(record)
      if (running !== undefined) await running
    } catch (error) {
      if (!isRequired) explainNotDefined(engine, record, error)
      await jobs(1)
      throw error
    }
    await jobs(1)
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
    import: (parent, ...request) =>
      importFrom(fileUrl(resolvePath(engine.cwd(), parent)), ...request),
    resolve: (specifier, parent) => fileOf(finder.resolve(specifier, fileUrl(parent))),
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
      builtins.refresh()
      for (const record of records.values()) {
        if (record instanceof SourceTextModule) record.update?.()
      }
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
      else loaded(key, record, 'require')
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
