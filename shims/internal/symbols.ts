/** Symbols that are younger than ES2023: the engine's own where it has them. */

import type { Loose } from './loose.ts'

export const disposeSymbol: symbol = (Symbol as Loose).dispose ?? Symbol.for('Symbol.dispose')
export const asyncDisposeSymbol: symbol =
  (Symbol as Loose).asyncDispose ?? Symbol.for('Symbol.asyncDispose')
