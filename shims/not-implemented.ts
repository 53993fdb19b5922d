import { type CodedError, createError } from '../src/errors.ts'
import type { ShimContext } from '../src/seams.ts'

/** On every stand-in for what lodger does not implement: `fn[notImplementedMark] === 'http2.connect'`. */
export const notImplementedMark: unique symbol = Symbol.for('lodger.notImplemented') as never

// biome-ignore lint/suspicious/noExplicitAny: it stands in for functions and classes of every shape
export type Stub = (new (...args: any[]) => any) & ((...args: any[]) => never)

/** The error of a builtin's member that this host cannot have, with what to do about it. */
export function notImplementedError(context: ShimContext, member: string): CodedError {
  const { id, host } = context
  return createError(
    'ERR_METHOD_NOT_IMPLEMENTED',
    `${id}.${member}`,
    ` by lodger on host '${host.name}'. ` +
      `Give your own with createLoader({ overrides: { ${/^\w+$/.test(id) ? id : `'${id}'`}: … } })`,
  )
}

/** Puts the mark on a function that checks its arguments before it throws. */
export function markNotImplemented(context: ShimContext, fn: object, member: string): void {
  Object.defineProperty(fn, notImplementedMark, { value: `${context.id}.${member}` })
}

/**
 * A stand-in for a member of a builtin: it exists, so that packages load and can look for it, and throws
 * ERR_METHOD_NOT_IMPLEMENTED when it is called. Classes may be derived from it; making an instance throws.
 * @param member the path within the builtin: `connect`, `promises.lookup`, `Socket.prototype.write`
 * @param length what `.length` says, as in node
 * @param name what `.name` says, where node's is another than the member's
 */
export function notImplemented(
  context: ShimContext,
  member: string,
  length = 0,
  name: string = member.slice(member.lastIndexOf('.') + 1),
): Stub {
  // Not an arrow function: it must be possible to extend it and to set its prototype.
  function stub(): never {
    throw notImplementedError(context, member)
  }
  Object.defineProperties(stub, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  })
  markNotImplemented(context, stub, member)
  return stub as unknown as Stub
}
