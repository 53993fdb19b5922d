/** What `--transpile` means to a loader. */

import { host } from '../hosts/node/index.ts'
import type { LoaderOptions } from '../load/options.ts'
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
 * The engine of that name. Once its work has taken longer than a second, one line on standard error says so, where somebody
 * sees it: behind a file, as nothing can be told in the middle of a synchronous call.
 */
function withProgress(name: TranspilerName): Transpile {
  const engine = lazyTranspiler(name, host)
  let isSilent = process.stderr.isTTY !== true
  let [files, milliseconds] = [0, 0]
  const transpile: Transpile = (source, filename, options) => {
    if (isSilent) return engine(source, filename, options)
    const start = performance.now()
    const transpiled = engine(source, filename, options)
    milliseconds += performance.now() - start
    files++
    if (milliseconds > patience) {
      isSilent = true
      process.stderr.write(`${tell(name, files, milliseconds)}\n`)
    }
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

function tell(name: TranspilerName, files: number, milliseconds: number): string {
  const count = files === 1 ? '1 file' : `${files} files`
  const seconds = (milliseconds / 1000).toFixed(1)
  const kept = name === 'node' ? '' : '; the next run has them at once'
  const remedy = name === 'typescript' ? ', and --transpile=fast takes less' : ''
  return `lodger: '${name}' has taken ${seconds} s for ${count} so far${kept}${remedy}`
}
