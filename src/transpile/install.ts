/** What `createLoader({ transpile })` says, checked, and put to work in a loader. */
import { createError } from '../errors.ts'
import type { Engine, Transpiling } from '../load/engine.ts'
import type { LoaderOptions, Settings } from '../load/options.ts'
import type { Host, Transpile } from '../seams.ts'
import { chooseCache } from './cache.ts'
import { isTranspilerName, lazyTranspiler } from './named.ts'
import { createStripping } from './strip.ts'
import { installStripTypes } from './strip-types.ts'
import { createTransforming } from './transform.ts'

/** The options that are read here. */
export const transpileOptions = ' transpile transpileCache'

export interface TranspileChoice {
  readonly settings: Settings
  readonly transpiling: (engine: Engine) => Transpiling
}

/** @throws ERR_INVALID_ARG_VALUE, ERR_INVALID_ARG_TYPE naming the option */
export function chooseTranspile(
  { transpile = 'node', transpileCache }: LoaderOptions,
  settings: Settings,
  host: Host,
): TranspileChoice {
  const chosen = readTranspile(transpile, host)
  const source = typeof transpile === 'function' ? transpile : (host.loadPackage ?? host)
  const remember = chooseCache(transpileCache, source)
  const transforms = chosen !== undefined && chosen.rules !== 'node'
  // An engine that no cache can serve is told of now.
  if (transforms) remember(chosen)
  const canStrip = chosen !== undefined && (transpile !== 'node' || host.loadPackage !== undefined)
  const takesFiles = chosen !== undefined && settings.typescript !== false
  const strip = chosen?.rules === 'node' ? chosen : lazyTranspiler('node', host)
  return {
    settings: {
      ...settings,
      typescript: transforms ? 'transform' : canStrip && takesFiles && 'strip',
    },
    transpiling(engine) {
      installStripTypes(engine, strip)
      return transforms
        ? createTransforming(engine, chosen, remember)
        : createStripping(engine, strip, takesFiles)
    },
  }
}

function readTranspile(
  given: NonNullable<LoaderOptions['transpile']>,
  host: Host,
): Transpile | undefined {
  if (given === false) return undefined
  if (isTranspilerName(given)) return lazyTranspiler(given, host)
  if (typeof given === 'string') {
    const reason = "must be 'typescript', 'fast', 'node', false or a function"
    throw createError('ERR_INVALID_ARG_VALUE', 'options.transpile', given, reason)
  }
  if (typeof given !== 'function') {
    const kinds = ['string', 'Function', 'false']
    throw createError('ERR_INVALID_ARG_TYPE', 'options.transpile', kinds, given)
  }
  expectExtensions(given.extensions ?? [])
  return given
}

function expectExtensions(extensions: readonly string[]): void {
  const name = 'options.transpile.extensions'
  if (!Array.isArray(extensions)) {
    throw createError('ERR_INVALID_ARG_TYPE', name, 'Array', extensions)
  }
  for (const extension of extensions) {
    if (typeof extension === 'string' && /^\.[^./]+$/.test(extension)) continue
    throw createError('ERR_INVALID_ARG_VALUE', name, extensions, "must be like ['.ts']")
  }
}
