/** What `--transpile` means to a loader. */

import { host } from '../hosts/node/index.ts'
import type { LoaderOptions } from '../load/options.ts'
import { basename } from '../path.ts'
import type { Transpile } from '../seams.ts'
import { lazyTranspiler, type TranspilerName } from '../transpile/named.ts'
import { createCommandCache } from './transpile-cache.ts'

/** The values of `--transpile`. */
export const engineNames = ['typescript', 'fast', 'node', 'false'] as const
export type EngineName = (typeof engineNames)[number]

type TranspilingOptions = Pick<LoaderOptions, 'transpileCache'> & {
  readonly transpile: Transpile | false
}

/** What was transpiled is kept for the next time that somebody starts such a program. */
export function transpileOptions(name: EngineName): TranspilingOptions {
  if (name === 'false') return { transpile: false }
  return { transpile: withProgress(name), transpileCache: createCommandCache() }
}

/** Nobody waits for less without asking: TypeScript is 9 MB, and no small program. */
const patience = 1000

/**
 * The engine of that name. If the first file takes longer than a second, one line on standard error says so, where somebody
 * sees it: only when that file is done, as nothing can be told in the middle of a synchronous call.
 */
function withProgress(name: TranspilerName): Transpile {
  const engine = lazyTranspiler(name, host)
  let isFirst = process.stderr.isTTY === true
  const transpile: Transpile = (source, filename, options) => {
    if (!isFirst) return engine(source, filename, options)
    isFirst = false
    const start = performance.now()
    const transpiled = engine(source, filename, options)
    const milliseconds = performance.now() - start
    if (milliseconds > patience) process.stderr.write(`${tell(name, filename, milliseconds)}\n`)
    return transpiled
  }
  const { rules } = engine
  return Object.defineProperty(
    rules ? Object.assign(transpile, { rules }) : transpile,
    'identity',
    {
      get: () => engine.identity,
    },
  )
}

function tell(name: TranspilerName, filename: string, milliseconds: number): string {
  const remedy = name === 'fast' ? '' : '; --transpile=fast takes less'
  const seconds = (milliseconds / 1000).toFixed(1)
  return `lodger: it took ${seconds} s to load '${name}' and transpile ${basename(filename)}, once${remedy}`
}
