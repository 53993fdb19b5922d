/** `lodger/resolve`: node's resolver by itself, over any volume. */
import { codedError } from '../errors.ts'
import { dirname } from '../path.ts'
import type { Explanation, RequestMode, TraceStep, Volume } from '../seams.ts'
import { builtinId } from './builtin-ids.ts'
import { moduleNotFound } from './errors.ts'
import { Resolver } from './resolver.ts'

export { builtinModules } from './builtin-ids.ts'

/** What `createResolver` takes. */
export interface ResolverOptions {
  readonly volume: Volume
  /** Conditions of `exports` and `imports` beside `require`, `node` and `node-addons`. @default [] */
  readonly conditions?: readonly string[]
  /** In the order in which they are tried. @default ['.js', '.json', '.node'] */
  readonly extensions?: readonly string[]
  /** Absolute directories to search after every `node_modules`, as NODE_PATH names them. @default [] */
  readonly globalPaths?: readonly string[]
  /** Answer with the path by which a file was found, not with its real path. @default false */
  readonly preserveSymlinks?: boolean
  /** Called with the deprecation warnings that node would emit. */
  readonly onWarning?: (message: string, code: string) => void
}

/** Keeps its answers as node keeps them; make a new one to forget. */
export interface StandaloneResolver {
  /**
   * @param from the requiring file, absolute
   * @returns the filename, or the specifier itself when it names a builtin
   * @throws MODULE_NOT_FOUND with `requireStack`, and the errors of `exports` and `imports`
   */
  resolve(specifier: string, from: string): string
  /** Every step of the same resolution and how it ended; does not throw what the resolution throws. */
  explain(specifier: string, from: string): Explanation
}

/**
 * node's `require.resolve` over a volume.
 * @example
 * const volume = createVolume({ '/app/node_modules/a/index.js': '' })
 * createResolver({ volume }).resolve('a', '/app/main.js') // => '/app/node_modules/a/index.js'
 */
export function createResolver(options: ResolverOptions): StandaloneResolver {
  const extensions = options.extensions ?? ['.js', '.json', '.node']
  const resolver = new Resolver({
    volume: options.volume,
    conditions: new Set(['require', 'node', 'node-addons', ...(options.conditions ?? [])]),
    extensions: () => extensions,
    preserveSymlinks: options.preserveSymlinks ?? false,
    preserveSymlinksMain: false,
    emitWarning: (message, _type, code) => options.onWarning?.(message, code),
  })
  const { places } = resolver
  const globalPlaces = (options.globalPaths ?? []).map((path) => places.at(path))
  const resolve = (specifier: string, from: string): string => {
    const start = specifier.startsWith('/')
      ? places.root
      : (places.file(from)?.place ?? places.at(dirname(from)))
    const known = resolver.recall(specifier, start)
    if (known !== undefined) {
      if (resolver.note === undefined) return known
      return resolver.explainKnown('require', specifier, known, () =>
        resolver.resolve(specifier, start, from, globalPlaces),
      )
    }
    if (builtinId(specifier) !== undefined) {
      resolver.note?.('require', specifier, 'found', 'a builtin')
      return specifier
    }
    const filename = resolver.resolve(specifier, start, from, globalPlaces)
    if (filename === undefined) throw moduleNotFound(specifier, [from])
    return filename
  }
  return {
    resolve(specifier, from) {
      if (specifier === '') {
        const message = "The argument 'specifier' must be a non-empty string. Received ''"
        throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message)
      }
      return resolve(specifier, from)
    },
    explain: (specifier, from) =>
      explain(resolver, 'require', specifier, from, () => resolve(specifier, from)),
  }
}

/** Runs one resolution with the trace on. */
export function explain(
  resolver: Resolver,
  mode: RequestMode,
  specifier: string,
  from: string,
  run: () => string,
): Explanation {
  const outer = resolver.note
  const steps: TraceStep[] = []
  resolver.note = (operation, subject, outcome, reason) => {
    steps.push({ operation, subject, outcome, ...(reason !== undefined && { reason }) })
  }
  try {
    const filename = run()
    return { specifier, from, filename, error: undefined, steps }
  } catch (thrown) {
    const error = thrown as Error & { code?: string }
    resolver.note?.(mode, specifier, 'error', error.code ?? error.name)
    return { specifier, from, filename: undefined, error, steps }
  } finally {
    resolver.note = outer
  }
}
