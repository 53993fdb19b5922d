/** The engines that go by a name, each loaded when a file first needs it. */
import type { Host, Transpile } from '../seams.ts'
import { type AmaroModule, amaroTranspiler } from './amaro.ts'
import { noEngine } from './failure.ts'
import { type SucraseModule, sucraseTranspiler } from './sucrase.ts'
import { type TypeScriptModule, typescriptTranspiler } from './typescript.ts'

export type TranspilerName = 'typescript' | 'fast' | 'node'

interface Named {
  /** The package that is loaded. */
  readonly from: string
  make(exports: unknown): Transpile
}

const engines: Readonly<Record<TranspilerName, Named>> = {
  typescript: {
    from: 'typescript',
    make: (exports) => typescriptTranspiler(exports as TypeScriptModule),
  },
  fast: { from: 'sucrase', make: (exports) => sucraseTranspiler(exports as SucraseModule) },
  node: { from: 'amaro', make: (exports) => amaroTranspiler(exports as AmaroModule) },
}

export function isTranspilerName(name: unknown): name is TranspilerName {
  return typeof name === 'string' && Object.hasOwn(engines, name)
}

/** @returns an engine that throws ERR_LODGER_TRANSPILE when it is first used, if the host cannot load it */
export function lazyTranspiler(name: TranspilerName, host: Host): Transpile {
  const { from, make } = engines[name]
  let made: Transpile | undefined
  const transpile: Transpile = (source, filename, options) => {
    made ??= load(filename)
    return made(source, filename, options)
  }

  function load(filename: string): Transpile {
    const { loadPackage } = host
    if (loadPackage === undefined) {
      throw noEngine(filename, name, `host '${host.name}' cannot load '${from}' by itself`)
    }
    let exports: unknown
    try {
      exports = loadPackage(from)
    } catch (error) {
      throw noEngine(filename, name, `'${from}' does not load (${(error as Error).message})`)
    }
    return make(exports)
  }

  if (name === 'node') return Object.assign(transpile, { rules: 'node' as const })
  return Object.defineProperty(transpile, 'identity', { get: () => identityOf(from, host) })
}

/** The manifest knows as much as the engine, which what a cache has may never need. */
function identityOf(from: string, { loadPackage }: Host): string {
  try {
    const manifest = loadPackage?.(`${from}/package.json`) as { readonly version: string }
    return `${from} ${manifest.version}`
  } catch {
    // Whoever needs the engine itself will hear why.
    return from
  }
}
