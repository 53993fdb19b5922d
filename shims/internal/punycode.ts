import type { ShimContext } from '../../src/seams.ts'
import punycode from '../libraries/punycode.js'
import { instantiate } from '../library.ts'
import type { Loose } from './loose.ts'

const made = new WeakMap<object, Loose>()

/** The loader's copy of the library, for shims: requiring the builtin would warn of its deprecation. */
export function punycodeOf(context: ShimContext): Loose {
  let library = made.get(context.global)
  if (library === undefined) {
    library = instantiate(context, punycode)
    made.set(context.global, library)
  }
  return library
}
