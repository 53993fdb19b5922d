/** node's own code of `util.inspect`, 50 KB of it: `inspect.ts` asks for it when something is to be shown. */

import type { Shim, ShimContext } from '../../src/seams.ts'
import inspectLibrary from '../libraries/node-inspect-extracted.js'
import { instantiate } from '../library.ts'
import type { LooseFunction } from './loose.ts'

/**
 * What the library takes for `globalThis`: the realm's own classes, by which it tells the language's prototypes from
 * the program's, and `Atomics`, which QuickJS has not.
 */
function classesOf({ host, global }: ShimContext): Record<PropertyKey, unknown> {
  const classes: Record<PropertyKey, unknown> = { Atomics: {} }
  for (const name of Object.getOwnPropertyNames(host.global)) {
    if (!/^[A-Z]/.test(name)) continue
    const descriptor = Object.getOwnPropertyDescriptor(host.global, name) as PropertyDescriptor
    Object.defineProperty(classes, name, descriptor)
  }
  classes.globalThis = classes
  return Object.defineProperty(classes, 'URL', { get: () => global.URL, configurable: true })
}

/** Gives what makes the library. Its argument is the guest's `util.inspect`, as `build/libraries.mjs` tells. */
const shim: Shim = (context) => (utilInspect: LooseFunction) =>
  instantiate(
    { ...context, global: Object.assign(classesOf(context), { utilInspect }) },
    inspectLibrary,
  )

export default shim
