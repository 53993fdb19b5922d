/** `structuredClone` for hosts without it. https://html.spec.whatwg.org/#structuredserializeinternal */

import type { Loose } from '../loose.ts'

const errors = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']

export function createStructuredClone(DOMException: Loose): (value: unknown) => unknown {
  function refuse(what: string): never {
    throw new DOMException(`${what} could not be cloned.`, 'DataCloneError')
  }

  function clone(value: Loose, seen: Map<object, unknown>): unknown {
    if (typeof value === 'symbol') refuse(String(value))
    if (typeof value === 'function') refuse(String(value))
    if (value === null || typeof value !== 'object') return value
    if (seen.has(value)) return seen.get(value)
    const keep = <T>(copy: T): T => {
      seen.set(value, copy)
      return copy
    }
    if (ArrayBuffer.isView(value)) return keep(cloneView(value as Loose, seen))
    switch (Object.prototype.toString.call(value).slice(8, -1)) {
      case 'Boolean':
      case 'Number':
      case 'String':
      case 'BigInt':
        return keep(Object(value.valueOf()))
      case 'Date':
        return keep(new Date(value.getTime()))
      case 'RegExp':
        return keep(new RegExp(value.source, value.flags))
      case 'ArrayBuffer':
        return keep(value.slice(0))
      case 'SharedArrayBuffer':
        return keep(value)
      case 'Map': {
        const copy = keep(new Map())
        for (const [key, item] of [...value]) copy.set(clone(key, seen), clone(item, seen))
        return copy
      }
      case 'Set': {
        const copy = keep(new Set())
        for (const item of [...value]) copy.add(clone(item, seen))
        return copy
      }
      case 'Error':
        return cloneError(value, seen, keep)
      case 'Array': {
        const copy = keep(new Array(value.length))
        cloneMembers(value, copy, seen)
        return copy
      }
      case 'Promise':
      case 'WeakMap':
      case 'WeakSet':
      case 'WeakRef':
        return refuse(`#<${value.constructor?.name ?? 'Object'}>`)
      default: {
        const copy = keep({})
        cloneMembers(value, copy, seen)
        return copy
      }
    }
  }

  function cloneMembers(from: Loose, to: object, seen: Map<object, unknown>): void {
    for (const key of Object.keys(from)) {
      Object.defineProperty(to, key, {
        value: clone(from[key], seen),
        writable: true,
        enumerable: true,
        configurable: true,
      })
    }
  }

  function cloneView(view: Loose, seen: Map<object, unknown>): unknown {
    const buffer = clone(view.buffer, seen)
    // A Buffer is cloned as what it is underneath.
    const kind: string = view[Symbol.toStringTag] ?? 'DataView'
    const Class = kind === 'DataView' ? DataView : (globalThis as Loose)[kind]
    return new Class(buffer, view.byteOffset, kind === 'DataView' ? view.byteLength : view.length)
  }

  function cloneError(error: Loose, seen: Map<object, unknown>, keep: <T>(copy: T) => T): unknown {
    const name = errors.includes(error.name) ? error.name : 'Error'
    const result = keep(Object.setPrototypeOf(new Error(), (globalThis as Loose)[name].prototype))
    for (const key of ['message', 'stack', 'cause']) {
      if (!Object.hasOwn(error, key)) continue
      Object.defineProperty(result, key, {
        value: key === 'cause' ? clone(error[key], seen) : String(error[key]),
        writable: true,
        configurable: true,
      })
    }
    return result
  }

  return (value) => clone(value, new Map())
}
