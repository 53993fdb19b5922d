/**
 * What single packages may have: builtins by id, globals by name. An aid for audits within one realm, no wall: a package
 * reaches what others leave lying about, and `Function('return this')()` reaches the host.
 */
import { createError } from '../errors.ts'
import type { GuestGlobals } from '../load/globals.ts'
import { type Authority, expectObject, strings } from '../load/options.ts'
import { match, plainId } from './keys.ts'

/** The allowlists of one package; one that is absent limits nothing. */
export interface Limits {
  readonly builtins: ReadonlyMap<string, string> | undefined
  readonly globals: ReadonlySet<string> | undefined
  /** Its own global object, made when it is first needed. */
  view?: object
}

/**
 * Reads the option `authority`.
 * @throws ERR_INVALID_ARG_TYPE naming the part; ERR_LODGER_OPTIONS for a list that there is not
 */
export function readAuthority(
  authority: Readonly<Record<string, Authority>>,
): ReadonlyMap<string, Limits> {
  const read = new Map<string, Limits>()
  expectObject('options.authority', authority)
  for (const [name, limits] of Object.entries(authority)) {
    const path = `options.authority['${name}']`
    expectObject(path, limits)
    const { builtins, globals, ...others } = limits
    for (const key of Object.keys(others)) {
      const reason = `${path} has no '${key}'; there are builtins, globals`
      throw createError('ERR_LODGER_OPTIONS', reason)
    }
    read.set(name, {
      builtins:
        builtins && new Map(strings(`${path}.builtins`, builtins).map((id) => [plainId(id), id])),
      globals: globals && new Set(strings(`${path}.globals`, globals)),
    })
  }
  return read
}

/** Whether a package may have this builtin, without `node:`; `fs` in its list is `fs/promises` too. */
export function mayLoad(limits: Limits | undefined, id: string): boolean {
  return limits?.builtins === undefined || match(limits.builtins, id) !== undefined
}

/** The names that the language itself has; nobody can do without them. */
const languageName = new RegExp(
  '^(?:(?:Aggregate|Eval|Range|Reference|Suppressed|Syntax|Type|URI)?Error|' +
    '(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Float(?:16|32|64)|Uint8Clamped)?Array|(?:Shared)?ArrayBuffer|Atomics|' +
    '(?:Async)?DisposableStack|BigInt|Boolean|DataView|Date|FinalizationRegistry|Function|Infinity|Intl|Iterator|' +
    'JSON|Math|NaN|Number|Object|Promise|Proxy|Reflect|RegExp|String|Symbol|(?:Weak)?(?:Map|Set)|WeakRef|' +
    '(?:de|en)codeURI(?:Component)?|(?:un)?escape|eval|is(?:Finite|NaN)|parse(?:Float|Int)|undefined)$',
)

/** The names by which programs ask for the global object. */
const selfNames = ['globalThis', 'global', 'self', 'window']

/**
 * Sees to the free identifiers of limited packages: what is not listed is `undefined`, so that `typeof fetch` says what it says
 * on a host without. An unlisted `globalThis` or `global` is an object of the package's own that holds the language and
 * what is listed.
 * @param host the realm's own `globalThis`
 */
export function limitGlobals(
  limits: ReadonlyMap<string, Limits>,
  packageOf: (filename: string) => string,
  globals: GuestGlobals,
  host: object,
): void {
  const { object } = globals
  const scopeOf = globals.scopeOf.bind(globals)

  const viewOf = (own: Limits, allowed: ReadonlySet<string>): object => {
    own.view ??= makeView(object, allowed, host)
    return own.view
  }

  globals.objectOf = (filename) => {
    const own = limits.get(packageOf(filename))
    return own?.globals === undefined ? object : viewOf(own, own.globals)
  }
  globals.scopeOf = (source, filename, isModule) => {
    const own = limits.get(packageOf(filename))
    const allowed = own?.globals
    if (own === undefined || allowed === undefined) return scopeOf(source, filename, isModule)
    const view = viewOf(own, allowed)
    const { names, values } = scopeOf(source, filename, isModule) ?? { names: '', values: [] }
    // One name at least: what else is done to a text is done where there is a scope.
    const scope = new Map<string, unknown>([['global', allowed.has('global') ? object : view]])
    for (const [index, global] of names.split(',').entries()) {
      const isAllowed = allowed.has(global) || languageName.test(global)
      if (isAllowed) scope.set(global, values[index])
    }
    for (const global of mentioned(source, object, host)) {
      if (languageName.test(global) || allowed.has(global) || scope.has(global)) continue
      scope.set(global, global === 'globalThis' ? view : undefined)
    }
    return { names: [...scope.keys()].join(), values: [...scope.values()] }
  }
}

function makeView(global: object, allowed: ReadonlySet<string>, host: object): object {
  const view = {}
  const define = (name: string, value: unknown, enumerable = true) =>
    Object.defineProperty(view, name, { value, enumerable, writable: true, configurable: true })
  for (const name of namesOf(host)) {
    if (languageName.test(name)) define(name, Reflect.get(global, name), false)
  }
  for (const name of ['globalThis', 'global']) define(name, view, false)
  for (const name of allowed) {
    if (!(name in global)) continue
    // What is costly is made when it is read.
    Object.defineProperty(view, name, {
      get: () => Reflect.get(global, name),
      set: (value: unknown) => define(name, value),
      enumerable: true,
      configurable: true,
    })
  }
  return view
}

/** The globals that a text may mean: those it mentions, or all where `eval` or an escaped name hides what it mentions. */
function mentioned(source: string, global: object, host: object): Set<string> {
  const words = new Set(source.match(/[A-Za-z_$][\w$]*/g))
  if (words.has('eval') || /\\u[0{]/.test(source)) {
    for (const name of [...namesOf(global), ...namesOf(host), ...selfNames]) words.add(name)
  }
  const isGlobal = (word: string) => word in global && !(word in Object.prototype)
  return new Set([...words].filter((word) => selfNames.includes(word) || isGlobal(word)))
}

function namesOf(global: object): string[] {
  const names: string[] = []
  for (let at: object | null = global; at !== null; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at))
  }
  return names.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name))
}
