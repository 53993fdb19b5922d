/** `module.registerHooks`: what guest code puts between a request and a module. https://nodejs.org/api/module.html#moduleregisterhooksoptions */

import { describeReceived } from '../describe.ts'
import { codedError, createError } from '../errors.ts'
import type { Hook, HookContext, HookResult, Hooks } from '../load/hook-options.ts'

type Step = Parameters<Hook>[2]

export interface HookChains {
  register(hooks: unknown): object
  /** Whether there is any of that kind. */
  has(kind: 'resolve' | 'load'): boolean
  /**
   * Runs the hooks of a kind, the last that was registered first.
   * @param own what node does by itself
   * @throws ERR_INVALID_RETURN_PROPERTY_VALUE, what hooks throw
   */
  run(
    kind: 'resolve' | 'load',
    subject: string,
    context: HookContext,
    own: (subject: string, context: HookContext) => HookResult,
    isCommonJs?: boolean,
  ): HookResult
}

/** node keeps a number of each here; tools print it. */
const hookId: unique symbol = Symbol('kModuleHooksIdKey')

/** @param changed called whenever there are more or fewer of them */
export function createHookChains(changed: () => void): HookChains {
  const registered: Hooks[] = []
  let count = 0

  class ModuleHooks {
    resolve: Hook | undefined
    load: Hook | undefined
    readonly #entry: Hooks

    constructor({ resolve, load }: Hooks) {
      this.resolve = resolve
      this.load = load
      Object.defineProperty(this, hookId, {
        value: Symbol(`module-hook-${count++}`),
        enumerable: true,
      })
      this.#entry = { ...(resolve && { resolve }), ...(load && { load }) }
      registered.push(this.#entry)
      changed()
      Object.freeze(this)
    }

    deregister(): void {
      const index = registered.indexOf(this.#entry)
      if (index !== -1) registered.splice(index, 1)
      changed()
    }
  }
  const { prototype } = ModuleHooks
  const dispose: unknown = (Symbol as { dispose?: symbol }).dispose
  if (typeof dispose === 'symbol') {
    Object.defineProperty(prototype, dispose, {
      value: prototype.deregister,
      writable: true,
      configurable: true,
    })
  }

  return {
    register(hooks) {
      const { resolve, load } = hooks as Hooks
      if (resolve) expectFunction('hooks.resolve', resolve)
      if (load) expectFunction('hooks.load', load)
      return new ModuleHooks({ resolve, load } as Hooks)
    },
    has: (kind) => registered.some((hooks) => hooks[kind] !== undefined),
    run(kind, subject, merged, own, isCommonJs = false) {
      const hooks = registered.flatMap((each) => each[kind] ?? [])
      const validate = kind === 'resolve' ? checkResolved : checkLoaded
      let lastRun = hooks.length
      const stepOf = (index: number, hook: Hook, next: Step): Step =>
        function nextStep(given, context) {
          lastRun = index
          if (context && context !== merged) Object.assign(merged, context)
          const result = hook(given, merged, next)
          const isLast = lastRun > 0 && lastRun === index
          if (isLast && !result.shortCircuit) {
            throw invalidProperty('true', kind, 'shortCircuit', result.shortCircuit)
          }
          return validate(given, result, isCommonJs)
        }
      const none = undefined as unknown as Step
      let step = stepOf(0, own, none)
      for (const [index, hook] of hooks.entries()) step = stepOf(index + 1, hook, step)
      return step(subject, merged)
    },
  }
}

function expectFunction(name: string, value: unknown): void {
  if (typeof value !== 'function')
    throw createError('ERR_INVALID_ARG_TYPE', name, 'Function', value)
}

function checkResolved(_: string, result: HookResult): HookResult {
  const { url, format, importAttributes } = result
  if (typeof url !== 'string') throw invalidProperty('a URL string', 'resolve', 'url', url)
  if (format && typeof format !== 'string') {
    throw invalidProperty('a string', 'resolve', 'format', format)
  }
  if (importAttributes && typeof importAttributes !== 'object') {
    throw invalidProperty('an object', 'resolve', 'importAttributes', importAttributes)
  }
  return { __proto__: null, url, format, importAttributes } as unknown as HookResult
}

function checkLoaded(url: string, result: HookResult, isCommonJs: boolean): HookResult {
  const { source, format } = result
  const mayLack = format === 'addon' || (!isCommonJs && format === 'commonjs' && source == null)
  if (!mayLack && !url.startsWith('node:') && !isText(source)) {
    throw invalidProperty('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source)
  }
  if (typeof format !== 'string' && format !== undefined) {
    throw invalidProperty('a string', 'load', 'format', format)
  }
  return result
}

function isText(source: unknown): boolean {
  return typeof source === 'string' || ArrayBuffer.isView(source) || isBuffer(source)
}

function isBuffer(source: unknown): source is ArrayBuffer {
  return /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source))
}

/** A hook's source as text. @param decode UTF-8 */
export function textOfSource(source: unknown, decode: (bytes: Uint8Array) => string): string {
  return typeof source === 'string' ? source : decode(bytesOfSource(source))
}

/** A hook's source that must not be text. */
export function bytesOfSource(source: unknown): Uint8Array {
  if (isBuffer(source)) return new Uint8Array(source)
  if (!ArrayBuffer.isView(source)) {
    throw invalidProperty('array buffer, or typed array', 'load', 'source', source)
  }
  const { buffer, byteOffset, byteLength } = source
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}

function invalidProperty(expected: string, name: string, property: string, value: unknown): Error {
  const message = `Expected ${expected} to be returned for the "${property}" from the "${name}" hook but got ${describeReceived(value)}.`
  return codedError(TypeError, 'ERR_INVALID_RETURN_PROPERTY_VALUE', message)
}
