/** `lodger/core`: the loader without shims and without dependencies. */
import { toVolume } from './fs/adapt.ts'
import { createRooted } from './fs/rooted.ts'
import { realmHost } from './host.ts'
import { createLoaderFrom, type Loader } from './load/loader.ts'
import { expectFunction, type LoaderOptions, readOptions, withPowers } from './load/options.ts'
import type { Evaluate, Shim } from './seams.ts'

export type * from './load/hook-options.ts'
export type { ExplainOptions, Loader, RequireOptions, ResolveOptions } from './load/loader.ts'
export type { LoaderOptions } from './load/options.ts'
export type * from './load/upkeep.ts'
export type * from './seams.ts'

/** What the core cannot bring itself. */
export interface CoreParts {
  /** Turns text into functions; `lodger/hosts/*` and `lodger` bring one. */
  readonly evaluate: Evaluate
  /** Builtin id to shim. @default {} */
  readonly shims?: Readonly<Record<string, Shim>>
}

/**
 * A loader without shims: every builtin that is required must come by `overrides`, `modules` or `shims`.
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_LODGER_OPTIONS
 */
export function createLoader(options: LoaderOptions, parts: CoreParts): Loader {
  const settings = readOptions(options)
  // Without types it is easily forgotten: no other entry takes a second argument.
  expectFunction('parts.evaluate', parts?.evaluate)
  const { fs = {} } = options
  const volume = toVolume(fs)
  return createLoaderFrom({
    settings,
    volume: settings.root === '/' ? volume : createRooted(volume, settings.root),
    host: withPowers(realmHost('core'), options.host),
    evaluate: parts.evaluate,
    shims: parts.shims ?? {},
    globals: () => ({}),
  })
}
