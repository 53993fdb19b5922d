/** `util.promisify`, `callbackify`, `deprecate`, `inherits`: functions that make or change functions. */

import { codedError, createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'
import { ownFunction } from './names.ts'
import { validateFunction, validateString } from './validate.ts'

const customSymbol = Symbol.for('nodejs.util.promisify.custom')
/** node's own modules name the values of a callback that has several under this; shims may do so too. */
export const promisifyArgs: unique symbol = Symbol.for('lodger.promisifyArgs') as never

export interface FunctionMakers {
  promisify: LooseFunction & { custom: symbol }
  callbackify: LooseFunction
  deprecate: LooseFunction
  inherits: LooseFunction
}

export function createFunctionMakers(context: ShimContext): FunctionMakers {
  const process = (): Loose => context.require('process')

  function promisify(original: Loose): Loose {
    validateFunction(original, 'original')
    const custom = (original as Loose)[customSymbol]
    if (custom) {
      validateFunction(custom, 'util.promisify.custom')
      return markCustom(custom)
    }
    const names: string[] | undefined = (original as Loose)[promisifyArgs]
    function fn(this: Loose, ...args: Loose[]): Promise<Loose> {
      return new Promise((resolve, reject) => {
        const callback = (error: Loose, ...values: Loose[]): void => {
          if (error) reject(error)
          else if (names && values.length > 1) {
            resolve(Object.fromEntries(names.map((name, index) => [name, values[index]])))
          } else resolve(values[0])
        }
        const result = Reflect.apply(original as LooseFunction, this, [...args, callback])
        if (context.require('util').types.isPromise(result)) {
          process().emitWarning(
            'Calling promisify on a function that returns a Promise is likely a mistake.',
            'DeprecationWarning',
            'DEP0174',
          )
        }
      })
    }
    Object.setPrototypeOf(fn, Object.getPrototypeOf(original))
    markCustom(fn)
    return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original))
  }
  promisify.custom = customSymbol

  /** A second `promisify` gives the same function. */
  function markCustom(fn: Loose): Loose {
    return Object.defineProperty(fn, customSymbol, {
      value: fn,
      writable: false,
      configurable: true,
    })
  }

  function callbackify(original: Loose): Loose {
    validateFunction(original, 'original')
    function callbackified(this: Loose, ...args: Loose[]): void {
      const last = args.pop()
      validateFunction(last, 'last argument')
      const callback = last.bind(this)
      // The promise is not returned: what the callback throws must not end as its rejection.
      Reflect.apply(original as LooseFunction, this, args).then(
        (value: unknown) => process().nextTick(callback, null, value),
        (reason: unknown) => process().nextTick(() => callback(reason || falsyRejection(reason))),
      )
    }
    const descriptors: Loose = Object.getOwnPropertyDescriptors(original)
    if (typeof descriptors.length.value === 'number') descriptors.length.value++
    if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified'
    Object.defineProperties(callbackified, descriptors)
    return callbackified
  }

  const warned = new Set<string>()

  function deprecate(fn: Loose, message: string, code?: Loose, options: Loose = {}): Loose {
    if (code !== undefined) validateString(code, 'code')
    let isWarned = false
    function deprecated(this: Loose, ...args: Loose[]): Loose {
      if (!isWarned && !process().noDeprecation) {
        isWarned = true
        // Two functions may share a code; it is told once.
        if (code === undefined || !warned.has(code)) {
          if (code !== undefined) warned.add(code)
          process().emitWarning(message, 'DeprecationWarning', code, deprecated)
        }
      }
      return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args)
    }
    if (options.modifyPrototype ?? true) {
      Object.setPrototypeOf(deprecated, fn)
      if (fn.prototype) deprecated.prototype = fn.prototype
      Object.defineProperty(deprecated, 'length', {
        ...Object.getOwnPropertyDescriptor(fn, 'length'),
      })
    }
    return deprecated
  }

  return { promisify, callbackify, deprecate, inherits: ownFunction(inherits) }
}

/** A callback takes a falsy error for success. */
function falsyRejection(reason: unknown): Error {
  const error = codedError(
    Error,
    'ERR_FALSY_VALUE_REJECTION',
    'Promise was rejected with falsy value',
  )
  return Object.assign(error, { reason })
}

function inherits(Class: Loose, Super: Loose): void {
  if (Class === undefined || Class === null) {
    throw createError('ERR_INVALID_ARG_TYPE', 'ctor', 'Function', Class)
  }
  if (Super === undefined || Super === null) {
    throw createError('ERR_INVALID_ARG_TYPE', 'superCtor', 'Function', Super)
  }
  if (Super.prototype === undefined) {
    throw createError('ERR_INVALID_ARG_TYPE', 'superCtor.prototype', 'Object', Super.prototype)
  }
  Object.defineProperty(Class, 'super_', { value: Super, writable: true, configurable: true })
  Object.setPrototypeOf(Class.prototype, Super.prototype)
}
