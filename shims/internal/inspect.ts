/** `util.inspect`, `util.format` and their like, before the code that does it is there. */

import type { ShimContext } from '../../src/seams.ts'
import { defineLate } from './late.ts'
import type { Loose, LooseFunction } from './loose.ts'

export interface Inspect {
  readonly inspect: Loose
  readonly format: LooseFunction
  readonly formatWithOptions: LooseFunction
  readonly stripVTControlCharacters: LooseFunction
}

/** Functions that are there at once, and the inspector behind them when one of them has to know how values look. */
export function createInspect(context: ShimContext): Inspect {
  let inspector: Loose
  const load = (): Loose => (inspector ??= context.require('internal/inspect')(inspect))

  function inspect(value: unknown, opts: unknown, ...legacy: unknown[]): string {
    return load().inspect(value, opts, ...legacy)
  }
  inspect.custom = Symbol.for('nodejs.util.inspect.custom')
  Object.defineProperty(inspect, 'defaultOptions', {
    get: () => load().defaults,
    set(options: unknown) {
      load().setDefaults(options)
    },
  })
  for (const name of ['colors', 'styles']) defineLate(inspect, name, () => load()[name])

  function format(...args: unknown[]): string {
    return plainText(args) ?? load().format(...args)
  }

  function formatWithOptions(inspectOptions: unknown, ...args: unknown[]): string {
    return load().formatWithOptions(inspectOptions, ...args)
  }

  function stripVTControlCharacters(str: unknown): string {
    return load().stripVTControlCharacters(str)
  }

  return { inspect, format, formatWithOptions, stripVTControlCharacters }
}

/** Strings without a place to fill are printed as they are, with blanks between them. */
function plainText(args: readonly unknown[]): string | undefined {
  if (!args.every((value) => typeof value === 'string')) return undefined
  return args.length > 1 && (args[0] as string).includes('%') ? undefined : args.join(' ')
}
