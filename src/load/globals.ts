/** The guest's `globalThis`, and the free identifiers through which guest code sees it. */

/** Names, with commas between, and values in the same order. */
export interface Scope {
  readonly names: string
  readonly values: readonly unknown[]
  /** What is to be looked at for each free identifier, as the object of a `with`. */
  readonly live?: object
}

export interface GuestGlobals {
  /** The loader's own global object; it inherits the host's. */
  readonly object: Record<PropertyKey, unknown>
  /** Adds globals. A getter is taken for costly: it is called at most once, when somebody needs the value. */
  define(globals: Readonly<Record<string, PropertyDescriptor>>): void
  /**
   * What a module with this text gets as free identifiers: every global whose value differs from the realm's own of
   * that name, those among them that guest code has added or replaced. A costly one waits for a text that mentions it.
   * `undefined` for a text that mentions none of them and cannot mention one unseen.
   * @param isModule an ES module asks itself for globals that it makes and only reads by their names
   */
  scopeOf(source: string, filename: string, isModule?: boolean): Scope | undefined
  /** What a file has for `globalThis`. */
  objectOf(filename: string): object
  /** Calls that function whenever one of a file's names in scope is given another value; the last of a file counts. */
  keep(filename: string, names: string, update: () => void): void
  readonly changes: GlobalChanges
}

/** What guest code has added, replaced or taken away: what was compiled before does not know. */
export interface GlobalChanges {
  /** How many there were up to now. */
  readonly count: number
  /** By name, which of them was the last of it, from 1. */
  readonly last: ReadonlyMap<string, number>
}

/** Never the realm's, whatever a host gives. */
const alwaysOwn: ReadonlySet<string> = new Set(
  (
    'BroadcastChannel Buffer Date MessageChannel clearImmediate clearInterval clearTimeout console fetch global process ' +
    'queueMicrotask setImmediate setInterval setTimeout'
  ).split(' '),
)

/** Up to so many names are searched for in a text one by one. */
const fewNames = 100

/** Characters. Up to here, reading a text costs less than a function around it. */
const shortText = 4_000

/** Characters. From here on, searching a text costs more than making every global. */
const longText = 1_000_000

/** @param host the realm's `globalThis`; it is read, never written */
export function createGlobals(host: object): GuestGlobals {
  const target: Record<PropertyKey, unknown> = Object.create(hostView(host))
  /** Globals that nobody has needed yet. */
  const costly = new Set<string>()
  /** Globals that are the realm's own, so that free identifiers find them anyway. */
  const shared = new Set<string>()
  /** Globals that are there, behind accessors. */
  const made = new Map<string, unknown>()
  /** Those that guest code has added aside. */
  let scope: Scope | undefined
  /** Finds in a text what makes a scope necessary, those aside, too. */
  let mention: RegExp | undefined
  const changed = () => {
    scope = undefined
    mention = undefined
  }
  /** Globals that guest code has added, of those that can be free identifiers. */
  const added = new Set<string>()
  /** The last change of each name; a program may set a global a million times. */
  const lastChanges = new Map<string, number>()
  let count = 0
  const change = (name: PropertyKey) => void lastChanges.set(String(name), ++count)
  /** By file: what gives its text the values of now. */
  const updates = new Map<string, () => void>()
  /** The same of those that mention a global which guest code has added, by its name. */
  const updatesOfAdded = new Map<string, Map<string, () => void>>()
  function renew(name: PropertyKey): void {
    const concerned = added.has(name as string) ? updatesOfAdded.get(name as string) : updates
    for (const update of concerned?.values() ?? []) update()
  }
  // Whatever guest code adds, replaces or takes away comes by one of these two, or by an accessor below.
  const object = new Proxy(target, {
    defineProperty(_, name, descriptor) {
      if (isBindable(name) && !Object.hasOwn(target, name)) added.add(name)
      change(name)
      if (!added.has(name as string)) changed()
      const isDefined = Reflect.defineProperty(target, name, descriptor)
      renew(name)
      return isDefined
    },
    deleteProperty(_, name) {
      change(name)
      const isDeleted = Reflect.deleteProperty(target, name)
      renew(name)
      if (!added.delete(name as string)) changed()
      return isDeleted
    },
  })

  function define(name: string, descriptor: PropertyDescriptor): void {
    const { get, value, enumerable = false } = descriptor
    made.delete(name)
    const isShared =
      !alwaysOwn.has(name) &&
      name in host &&
      (get !== undefined || Object.is(value, Reflect.get(host, name)))
    const become = (own: unknown) => {
      costly.delete(name)
      shared.delete(name)
      made.set(name, own)
      changed()
    }
    const read = () => {
      if (made.has(name)) return made.get(name)
      const own: unknown = get ? get.call(object) : value
      if (!isShared) become(own)
      return own
    }
    if (isShared) shared.add(name)
    else if (get) costly.add(name)
    else become(value)
    changed()
    const set = (own: unknown) => {
      change(name)
      become(own)
      renew(name)
    }
    Object.defineProperty(target, name, { get: read, set, enumerable, configurable: true })
  }

  for (const name of ['globalThis', 'global']) define(name, { value: object })
  // Tests stop the clock after what they test is loaded.
  define('Date', { value: Date })

  return {
    object,
    objectOf: () => object,
    keep(filename, names, update) {
      updates.set(filename, update)
      for (const name of names.split(',')) {
        if (!added.has(name)) continue
        const ofName = updatesOfAdded.get(name) ?? new Map<string, () => void>()
        updatesOfAdded.set(name, ofName.set(filename, update))
      }
    },
    changes: {
      get count() {
        return count
      },
      last: lastChanges,
    },
    define(globals) {
      for (const [name, descriptor] of Object.entries(globals)) define(name, descriptor)
    },
    scopeOf(source, _, isModule = false) {
      const mentioned = namesIn(source, added)
      const live = liveNames(source, mentioned, isModule)
      if (live !== undefined) return { ...scopeFor(source, mentioned), live: liveView(live) }
      return mentionsNone(source, mentioned) ? undefined : scopeFor(source, mentioned)
    },
  }

  /** @param mentioned those of `added` that it may mention */
  function mentionsNone(source: string, mentioned: readonly string[]): boolean {
    if (mentioned.length > 0 || source.length > shortText) return false
    mention ??= mentionOf(freeNames())
    return !mention.test(source)
  }

  function scopeFor(source: string, mentioned: readonly string[]): Scope {
    // What a direct `eval` will mention nobody knows.
    const mayMentionAll =
      source.length > longText || (source.includes('eval') && /\beval\s*\(/.test(source))
    for (const name of costly) {
      if (mayMentionAll || source.includes(name)) void object[name]
    }
    scope ??= currentScope()
    if (added.size === 0) return scope
    const own = mayMentionAll || escapes.test(source) ? [...added] : mentioned
    return {
      names: [scope.names, ...own].join(),
      values: [...scope.values, ...own.map((name) => target[name])],
    }
  }

  /** Globals of the guest's own that a text sets: parameters could not keep up with them. */
  function liveNames(
    source: string,
    mentioned: readonly string[],
    isModule: boolean,
  ): ReadonlySet<string> | undefined {
    const places = placesOf('global', source)
    if (!isModule && places.some((at) => isHandedOver(source, at))) return added
    const names = namesGivenToGlobal(source, places).filter(
      (name) => !(name in target) && (!isModule || isAssigned(name, source)),
    )
    const assigned = mentioned.filter((name) => isAssigned(name, source))
    const live = [...names.filter((name) => isMentioned(name, source)), ...assigned]
    return live.length > 0 ? new Set(live) : undefined
  }

  /** What a `with` sees of the global object. */
  function liveView(names: ReadonlySet<string>): object {
    return new Proxy(object, {
      has: (_, name) => names.has(name as string) && name in object,
      get: (_, name) => (name === Symbol.unscopables ? undefined : object[name]),
    })
  }

  /** What can be a free identifier, is not the realm's own anyway, and was not added by guest code. */
  function freeNames(): string[] {
    return Object.getOwnPropertyNames(target).filter(
      (name) => !shared.has(name) && !added.has(name) && isBindable(name),
    )
  }

  function currentScope(): Scope {
    const names = freeNames().filter((name) => !costly.has(name))
    return { names: names.join(), values: names.map((name) => target[name]) }
  }
}

/**
 * `global.x =`, `globalThis.x ??=`, but not `==` or `=>`; also by another name for it, as in `const own = globalThis`.
 * @param places where `global` begins a word: a large text is searched for it once
 */
export function namesGivenToGlobal(
  source: string,
  places: readonly number[] = placesOf('global', source),
): string[] {
  // What begins so may be `globalThis`.
  if (places.length === 0) return []
  const others = places.flatMap((at) =>
    source.startsWith('This', at + 'global'.length)
      ? (/([A-Za-z_]\w*)\s*=\s*$/.exec(source.slice(Math.max(0, at - 40), at))?.[1] ?? [])
      : [],
  )
  const names = (begins: readonly number[], pattern: RegExp): string[] =>
    begins.flatMap((at) => {
      pattern.lastIndex = at
      return pattern.exec(source)?.[1] ?? []
    })
  return [
    ...names(places, memberOfGlobal),
    ...others.flatMap((other) => names(placesOf(other, source), memberOf(other))),
  ]
}

/** Whether the global object, named there, is handed to `Object.assign` and the like, which may give it any name. */
function isHandedOver(source: string, at: number): boolean {
  return (
    /^(?:This)?\s*,/.test(source.slice(at + 'global'.length, at + 40)) &&
    /\b(?:assign|definePropert(?:y|ies)|set)\(\s*$/.test(source.slice(Math.max(0, at - 40), at))
  )
}

/** As far as the operator that assigns to it. */
function memberOf(receiver: string): RegExp {
  return new RegExp(`${receiver}\\.([A-Za-z_]\\w*)\\s*[-+*/%&|^?<>]{0,3}=(?![=>])`, 'y')
}

const memberOfGlobal = memberOf('global(?:This)?')

/** Where a name begins that is no member's. A regular expression would read all of a large text. */
function placesOf(name: string, source: string): number[] {
  const places: number[] = []
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + name.length)) {
    if (!/[\w$.]/.test(source.charAt(at - 1))) places.push(at)
  }
  return places
}

/** Those that a text may mention. Few are searched for; a text is read once where there are many. */
export function namesIn(
  source: string,
  names: Pick<ReadonlyMap<string, unknown>, 'size' | 'has' | 'keys'>,
): string[] {
  if (names.size <= fewNames) return [...names.keys()].filter((name) => source.includes(name))
  return [...new Set(source.match(/[\w$]+/g))].filter((word) => names.has(word))
}

export function isMentioned(name: string, source: string): boolean {
  return placesOf(name, source).some((at) => !/\w/.test(source.charAt(at + name.length)))
}

function isAssigned(name: string, source: string): boolean {
  if (name.includes('$')) return false
  return placesOf(name, source).some((at) => {
    assignment.lastIndex = at + name.length
    const isCounted = counting.test(source.slice(Math.max(0, at - 3), at))
    return assignment.test(source) || (isCounted && !/\w/.test(source.charAt(at + name.length)))
  })
}

/** Behind a name, and before one. */
const assignment = /\s*(?:\+\+|--|[-+*/%&|^?<>]{0,3}=(?![=>]))/y
const counting = /(?<![.\w$])(?:\+\+|--)$/

/**
 * Beside names: `eval`, which may mention any, `import`, and the escapes by which letters of a name may be written. A name
 * with `$` in it has no boundary that a pattern knows, so that every text counts.
 */
function mentionOf(names: readonly string[]): RegExp {
  const all = names.join('|')
  return all.includes('$') ? /(?:)/ : new RegExp(`\\b(?:${all}|eval|import)\\b|${escapes.source}`)
}

const escapes = /\\u[0{]/

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
function isBindable(name: PropertyKey): name is string {
  return typeof name === 'string' && /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.has(name)
}
