/** `util.inspect`, `util.format` and their like, before the code that does it is there. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'

export interface Inspect {
  readonly inspect: Loose
  readonly format: LooseFunction
  readonly formatWithOptions: LooseFunction
  readonly stripVTControlCharacters: LooseFunction
}

/** Functions that are there at once, and the library behind them when one of them has to know how values look. */
export function createInspect(context: ShimContext): Inspect {
  let library: Loose
  let isLoading = false

  function load(): Loose {
    if (library !== undefined || isLoading) return library
    isLoading = true
    try {
      library = context.require('internal/inspect')(inspect)
    } finally {
      isLoading = false
    }
    return library
  }

  function inspect(...args: unknown[]): string {
    return load().inspect(...args)
  }
  inspect.custom = Symbol.for('nodejs.util.inspect.custom')
  Object.defineProperty(inspect, 'defaultOptions', {
    get: () => load().inspect.defaultOptions,
    set(options: unknown) {
      load().inspect.defaultOptions = options
    },
  })
  // The library writes its tables to this function, and reads them from it: a program may put its own there.
  for (const name of ['colors', 'styles']) {
    Object.defineProperty(inspect, name, {
      get: () => load() && (inspect as Loose)[name],
      set(value: unknown) {
        load()
        Object.defineProperty(inspect, name, { value, writable: true })
      },
      enumerable: true,
      configurable: true,
    })
  }
  Object.defineProperty(inspect, 'length', { value: 2, configurable: true })

  function format(...args: unknown[]): string {
    return plainText(args) ?? load().format(...args)
  }

  function formatWithOptions(inspectOptions: unknown, ...args: unknown[]): string {
    const isObject = typeof inspectOptions === 'object' && inspectOptions !== null
    return (
      (isObject ? plainText(args) : undefined) ?? load().formatWithOptions(inspectOptions, ...args)
    )
  }

  function stripVTControlCharacters(text: unknown): string {
    return load().stripVTControlCharacters(text)
  }

  return { inspect, format, formatWithOptions, stripVTControlCharacters }
}

/** Strings without a place to fill are printed as they are, with blanks between them. */
function plainText(args: readonly unknown[]): string | undefined {
  if (!args.every((value) => typeof value === 'string')) return undefined
  return args.length > 1 && (args[0] as string).includes('%') ? undefined : args.join(' ')
}
