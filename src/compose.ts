/** A loader with the default shims, for the entries that bring a host and a way to evaluate. */
import { guestGlobals } from '../shims/globals.ts'
import { toVolume } from './fs/adapt.ts'
import { createRooted } from './fs/rooted.ts'
import { createLoaderFrom, type Loader } from './load/loader.ts'
import { type LoaderOptions, readOptions } from './load/options.ts'
import { type Birth, programOptions } from './load/programs.ts'
import { createRules, ruleOptions } from './overrides/rules.ts'
import type { Evaluate, Host } from './seams.ts'
import { builtins } from './texts.ts'

/** @param birth of a loader that another one starts */
export function composeLoader(
  options: LoaderOptions,
  host: Host,
  evaluate: Evaluate,
  birth?: Birth,
): Loader {
  const { settings, extend } = createRules(options, readOptions(options, ruleOptions))
  const volume = toVolume(options.fs ?? {})
  return createLoaderFrom({
    settings,
    volume: settings.root === '/' ? volume : createRooted(volume, settings.root),
    host: { ...host, ...options.host },
    evaluate,
    shims: builtins,
    globals: guestGlobals,
    extend,
    birth,
    makeAnother: (start, born) =>
      composeLoader(
        { ...options, ...programOptions(options, start, volume) },
        host,
        evaluate,
        born,
      ),
  })
}
