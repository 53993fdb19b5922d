/**
 * Contexts without an engine's: a sandbox object, the language behind it, and what scripts declared beside it. Arrays,
 * errors and so on are of the guest's own realm, as no host but node can make another.
 */

import type { Loose } from '../loose.ts'

export interface Context {
  /** What scripts see as `globalThis` and as `this`. */
  readonly global: object
  /** Where declarations and assignments land. */
  readonly sandbox: object
  /** Top-level `let`, `const` and `class`, with accessors for their values. */
  readonly lexicals: Record<string, unknown>
}

const languageNames = (
  'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp ' +
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer ' +
  'Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array ' +
  'Uint8ClampedArray Float32Array Float64Array Float16Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy ' +
  'Reflect FinalizationRegistry WeakRef decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval ' +
  'isFinite isNaN Temporal SuppressedError DisposableStack AsyncDisposableStack SharedArrayBuffer WebAssembly'
).split(' ')

/** @param guestGlobal where the language comes from */
export function createContext(sandbox: Loose, guestGlobal: Loose): Context {
  const language: Loose = Object.create(null)
  const put = (name: string, value: unknown) =>
    Object.defineProperty(language, name, { value, writable: true, configurable: true })
  for (const name of languageNames) if (name in guestGlobal) put(name, guestGlobal[name])

  const global: object = new Proxy(sandbox, {
    has: (_, name) => name in sandbox || name in language,
    get(_, name) {
      const value = name in sandbox ? sandbox[name] : language[name]
      // `window.window = window`, said of the sandbox from outside.
      return value === sandbox ? global : value
    },
    set: (_, name, value) => Reflect.set(sandbox, name, value),
    deleteProperty: (_, name) => Reflect.deleteProperty(sandbox, name) && delete language[name],
    // What a proxy reports beyond its target's own has to be configurable, and is.
    getOwnPropertyDescriptor: (_, name) =>
      Reflect.getOwnPropertyDescriptor(sandbox, name) ??
      (Object.isExtensible(sandbox) ? Reflect.getOwnPropertyDescriptor(language, name) : undefined),
    ownKeys: () => [
      ...new Set([
        ...(Object.isExtensible(sandbox) ? Reflect.ownKeys(language) : []),
        ...Reflect.ownKeys(sandbox),
      ]),
    ],
  })
  put('globalThis', global)
  // The engine's own, which in node prints for a debugger only.
  put('console', new Proxy({}, { get: (_, name) => typeof name === 'string' && (() => {}) }))
  return { global, sandbox, lexicals: Object.create(null) }
}
