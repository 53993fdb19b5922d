/** The guest's `globalThis`, and the free identifiers through which guest code sees it. */

/** Names and values in the same order. */
export interface Scope {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

export interface GuestGlobals {
  /** The loader's own global object; it inherits the host's. */
  readonly object: Record<PropertyKey, unknown>
  /** Adds globals. A getter is taken for costly: it is called at most once, when somebody needs the value. */
  define(globals: Readonly<Record<string, PropertyDescriptor>>): void
  /**
   * What a module with this text gets as free identifiers: every global whose value differs from the realm's own of
   * that name, those among them that guest code has added or replaced. A costly one waits for a text that mentions it.
   */
  scopeOf(source: string): Scope
}

/** Never the realm's, whatever a host gives. */
const alwaysOwn: ReadonlySet<string> = new Set([
  'Buffer',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'global',
  'globalThis',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
])

/** @param host the realm's `globalThis`; it is read, never written */
export function createGlobals(host: object): GuestGlobals {
  const object: Record<PropertyKey, unknown> = Object.create(hostView(host))
  /** Globals that nobody has needed yet. */
  const costly = new Set<string>()
  /** Globals that are the realm's own, so that free identifiers find them anyway. */
  const shared = new Set<string>()
  let names: readonly string[] = []
  let keyCount = -1

  function define(name: string, descriptor: PropertyDescriptor): void {
    const { get, value, enumerable = true } = descriptor
    const isShared =
      !alwaysOwn.has(name) &&
      name in host &&
      (get !== undefined || Object.is(value, Reflect.get(host, name)))
    if (get === undefined && !isShared) {
      Object.defineProperty(object, name, { ...descriptor, configurable: true })
      return
    }
    const become = (own: unknown) => {
      costly.delete(name)
      shared.delete(name)
      keyCount = -1
      Object.defineProperty(object, name, {
        value: own,
        writable: true,
        enumerable,
        configurable: true,
      })
    }
    if (isShared) shared.add(name)
    else costly.add(name)
    Object.defineProperty(object, name, {
      get() {
        if (get === undefined) return value
        const made: unknown = get.call(object)
        if (!isShared) become(made)
        return made
      },
      set: become,
      enumerable,
      configurable: true,
    })
  }

  for (const name of ['globalThis', 'global']) define(name, { value: object, enumerable: false })

  return {
    object,
    define(globals) {
      for (const [name, descriptor] of Object.entries(globals)) define(name, descriptor)
    },
    scopeOf(source) {
      // What a direct `eval` will mention nobody knows.
      const mayMentionAll = source.includes('eval') && /\beval\s*\(/.test(source)
      for (const name of costly) {
        if (mayMentionAll || source.includes(name)) void object[name]
      }
      const keys = Object.getOwnPropertyNames(object)
      if (keys.length !== keyCount) {
        keyCount = keys.length
        names = keys.filter((name) => !costly.has(name) && !shared.has(name) && isBindable(name))
      }
      return { names, values: names.map((name) => object[name]) }
    },
  }
}

/**
 * The host's global object with the right receiver: in browsers its getters and methods refuse any other (`Illegal
 * invocation`). Writing goes to the guest's object, not through.
 */
function hostView(host: object): object {
  const bound = new WeakMap<object, unknown>()
  const methodOf = (method: (...args: unknown[]) => unknown, name: PropertyKey): unknown => {
    let own = bound.get(method)
    if (own === undefined) {
      own = Object.defineProperty(method.bind(host), 'name', { value: name, configurable: true })
      bound.set(method, own)
    }
    return own
  }
  return new Proxy(Object.create(null), {
    get(_, name) {
      const value: unknown = Reflect.get(host, name)
      return isHostMethod(value, name) ? methodOf(value, name) : value
    },
    has: (_, name) => Reflect.has(host, name),
    getPrototypeOf: () => Object.getPrototypeOf(host),
  })
}

/** Functions of the language: they do not care for their receiver, and are known by their identity. */
const languageFunctions: ReadonlySet<PropertyKey> = new Set(
  (
    'decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN parseFloat parseInt ' +
    'unescape'
  ).split(' '),
)

const functionToString = Function.prototype.toString

/** A method that the host brings itself, such as `addEventListener`; classes are to be found as they are. */
function isHostMethod(value: unknown, name: PropertyKey): value is (...args: unknown[]) => unknown {
  if (typeof value !== 'function' || Object.hasOwn(value, 'prototype')) return false
  // `globalThis.hasOwnProperty(…)` asks about the guest's object.
  if (languageFunctions.has(name) || value === Reflect.get(Object.prototype, name)) return false
  return Reflect.apply(functionToString, value, []).includes('[native code]')
}

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private ' +
    'protected public return static super switch this throw true try typeof var void while with yield undefined ' +
    'exports require module __filename __dirname'
  ).split(' '),
)

/** Whether a global of that name can be a parameter. */
function isBindable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.has(name)
}
