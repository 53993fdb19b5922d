/** Members of builtins that are made when a program needs them: of most builtins it needs little. */

import type { Loose, LooseFunction } from './loose.ts'

/** A property whose value is made when it is first read; a plain one from then on, or once it is assigned to. */
export function defineLate(target: object, name: PropertyKey, make: () => unknown): void {
  const become = (value: unknown): void => {
    Object.defineProperty(target, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  Object.defineProperty(target, name, {
    get() {
      const value = make()
      become(value)
      return value
    },
    set: become,
    enumerable: true,
    configurable: true,
  })
}

/**
 * A function for where programs expect one, not a getter, because they copy and wrap what they find.
 * @param length what `.length` says
 * @param find gives the function that does the work, when it is first called
 */
export function lateFunction(name: string, length: number, find: () => LooseFunction): Loose {
  let found: LooseFunction | undefined
  function call(this: Loose, ...args: Loose[]): Loose {
    found ??= find()
    return found.apply(this, args)
  }
  return Object.defineProperties(call, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  })
}
