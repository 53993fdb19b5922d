/** What a value is by its internal slots: from whatever realm, and whatever it pretends to be. */

import type { Loose } from './loose.ts'

export type Check = (value: unknown) => boolean

/** Whether a method or getter of a class takes the value for one of its own: it reads an internal slot. */
export function takenBy(
  method: ((this: Loose, ...args: Loose[]) => unknown) | undefined,
  ...args: Loose[]
): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || !method) return false
    try {
      method.apply(value, args)
      return true
    } catch {
      return false
    }
  }
}

export const getterOf = (Class: Loose, name: PropertyKey): Loose =>
  Class && Object.getOwnPropertyDescriptor(Class.prototype, name)?.get

const typedArrayTag: (this: unknown) => string | undefined = getterOf(
  Object.getPrototypeOf(Uint8Array),
  Symbol.toStringTag,
)

/** `Uint8Array` of any realm and subclass; `undefined` for everything else. */
export const typedArrayName = (value: unknown): string | undefined => typedArrayTag.call(value)

export const isUint8Array = (value: unknown): value is Uint8Array =>
  typedArrayName(value) === 'Uint8Array'

export const isArrayBuffer: Check = takenBy(getterOf(ArrayBuffer, 'byteLength'))
export const isSharedArrayBuffer: Check = takenBy(
  getterOf((globalThis as Loose).SharedArrayBuffer, 'byteLength'),
)

export const isAnyArrayBuffer = (value: unknown): value is ArrayBuffer =>
  isArrayBuffer(value) || isSharedArrayBuffer(value)

/** The bytes that a view shows. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
