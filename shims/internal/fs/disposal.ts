/** `[Symbol.dispose]` and its asynchronous twin, where the realm has the symbols. */

import type { LooseFunction } from '../loose.ts'
import { nameFunction } from '../names.ts'

/** Gives the target back. @param enumerable for objects; methods of classes are not */
export function makeDisposable<T extends object>(
  target: T,
  name: 'dispose' | 'asyncDispose',
  dispose: LooseFunction,
  enumerable = false,
): T {
  const symbol = (Symbol as unknown as Record<string, symbol | undefined>)[name]
  if (symbol !== undefined) {
    const value = nameFunction(dispose, `[Symbol.${name}]`)
    Object.defineProperty(target, symbol, { value, writable: true, enumerable, configurable: true })
  }
  return target
}
