/**
 * Stacks that guest code reads itself, while it has asked for source maps. Where the realm is the guest's alone, its
 * `Error` is told how to write them; elsewhere the guest's globals are stand-ins of the realm's classes, so that no other
 * loader and not the host sees anything of it.
 */
import type { GuestGlobals } from '../load/globals.ts'
import type { CallSite } from './call-sites.ts'

/** A stack as the engine wrote it to what the guest reads. */
export type Rewrite = (error: object, stack: string) => string

export interface GuestErrors {
  install(): void
  uninstall(): void
}

interface ErrorClass {
  new (...args: unknown[]): object
  prepareStackTrace?: unknown
  captureStackTrace?: (target: object, above?: unknown) => void
}

const classNames =
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError'.split(
    ' ',
  )

type Prepare = (error: object, trace: readonly CallSite[]) => unknown

/**
 * @param realm its `globalThis`
 * @param siteOf what the guest sees of a call site
 */
export function createStandIns(
  realm: Readonly<Record<string, unknown>>,
  globals: GuestGlobals,
  rewrite: Rewrite,
  siteOf: (site: CallSite) => CallSite,
): GuestErrors {
  const errorClass = (realm.Error ?? Error) as ErrorClass
  const { prepareStackTrace: initial } = errorClass
  const standIns = new Map<string, object>()
  let isOn = false
  /** What the guest has assigned to `Error.prepareStackTrace`, and what stands there for it. */
  let given: { readonly own: Prepare; readonly asked: Prepare } | undefined

  /** A program's own `prepareStackTrace` is asked in our place. */
  function finish(target: object): void {
    if (!isOn || errorClass.prepareStackTrace !== initial) return
    const { stack } = target as { stack?: unknown }
    if (typeof stack !== 'string') return
    Object.defineProperty(target, 'stack', {
      value: rewrite(target, stack),
      writable: true,
      enumerable: false,
      configurable: true,
    })
  }

  const prepare = nodeDefault((error, stack) => (isOn ? rewrite(error, stack) : stack))

  function assigned(value: unknown): unknown {
    // What a program has taken from here and gives back is not the realm's.
    if (value === prepare) return initial
    if (typeof value !== 'function') return value
    const own = value as Prepare
    given = { own, asked: (error, trace) => own.call(errorClass, error, trace.map(siteOf)) }
    return given.asked
  }

  const { captureStackTrace } = {
    captureStackTrace(target: object, above?: unknown): void {
      const capture = errorClass.captureStackTrace as (target: object, above: unknown) => void
      capture.call(errorClass, target, typeof above === 'function' ? above : captureStackTrace)
      finish(target)
    },
  }

  function standInFor(name: string, original: ErrorClass): object {
    const made = (error: object, above: unknown): object => {
      // Without the trap's own frame, where the engine can do that.
      errorClass.captureStackTrace?.(error, above)
      finish(error)
      return error
    }
    const handler: ProxyHandler<ErrorClass> = {
      construct(target, args, newTarget) {
        const self = newTarget === standIn ? target : newTarget
        return made(Reflect.construct(target, args, self), handler.construct)
      },
      apply: (target, _, args) => made(Reflect.construct(target, args), handler.apply),
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver)
        if (key === 'prepareStackTrace') {
          if (value === initial) return prepare
          return value === given?.asked ? given?.own : value
        }
        return key === 'captureStackTrace' && value === errorClass.captureStackTrace && value
          ? captureStackTrace
          : value
      },
      set: (target, key, value, receiver) =>
        Reflect.set(target, key, key === 'prepareStackTrace' ? assigned(value) : value, receiver),
      // A class that extends one of these descends from the realm's `Error`, too, for all who ask that.
      getPrototypeOf: () => (name === 'Error' ? errorClass : (standIns.get('Error') ?? errorClass)),
    }
    const standIn = new Proxy(original, handler)
    return standIn
  }

  function install(): void {
    isOn = true
    for (const name of classNames) {
      const original = realm[name]
      // The guest's own class, or what the host has put there, stays.
      if (original === undefined || globals.object[name] !== original) continue
      const standIn = standIns.get(name) ?? standInFor(name, original as ErrorClass)
      standIns.set(name, standIn)
      globals.define({ [name]: { value: standIn } })
    }
  }

  return {
    install,
    uninstall() {
      isOn = false
      for (const [name, standIn] of standIns) {
        if (globals.object[name] === standIn) globals.define({ [name]: { value: realm[name] } })
      }
    },
  }
}

/** The loaders of this realm that have asked. */
const rewrites = new Set<Rewrite>()

/** `undefined` where the engine does not ask `Error.prepareStackTrace`. */
export function createPreparation(rewrite: Rewrite): GuestErrors | undefined {
  const errorClass = Error as unknown as ErrorClass
  if (!asksToPrepare(errorClass)) return undefined
  return {
    install() {
      rewrites.add(rewrite)
      errorClass.prepareStackTrace ??= prepareRealm
    },
    uninstall() {
      rewrites.delete(rewrite)
      if (rewrites.size > 0 || errorClass.prepareStackTrace !== prepareRealm) return
      Reflect.deleteProperty(errorClass, 'prepareStackTrace')
    },
  }
}

function asksToPrepare(errorClass: ErrorClass): boolean {
  if (errorClass.prepareStackTrace === prepareRealm) return true
  if (errorClass.prepareStackTrace !== undefined) return false
  errorClass.prepareStackTrace = () => 'asked'
  try {
    return new Error().stack === 'asked'
  } finally {
    Reflect.deleteProperty(errorClass, 'prepareStackTrace')
  }
}

const prepareRealm = nodeDefault((error, stack) => {
  let text = stack
  for (const rewrite of rewrites) text = rewrite(error, text)
  return text
})

/** What stands as `Error.prepareStackTrace` in node's realm. */
function nodeDefault(rewrite: Rewrite) {
  return function ErrorPrepareStackTrace(error: object, trace: readonly unknown[]): string {
    const stack = [headOf(error), ...trace.map((site) => `    at ${site}`)].join('\n')
    return rewrite(error, stack)
  }
}

function headOf(error: object): string {
  try {
    return Error.prototype.toString.call(error)
  } catch {
    return 'Error'
  }
}
