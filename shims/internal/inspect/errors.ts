/** Errors: their stacks, and what of them the stack does not tell. */

import type { Loose } from '../loose.ts'
import { attempt } from './attempt.ts'
import { prefixOf } from './names.ts'
import { indented, type Session } from './session.ts'
import { formatLines } from './stack-lines.ts'

/** @param keys gets what is not enumerable and shown nevertheless, and loses what the stack says already */
export function errorBase(
  session: Session,
  error: Loose,
  className: string | null,
  tag: string,
  keys: PropertyKey[],
): string {
  session.surroundings.putRight(error)
  const original = fullStack(session, error)
  if (original === undefined) return Object.prototype.toString.call(error)
  if (!session.showHidden) removeTold(error, keys, original)
  for (const key of ['cause', 'errors']) {
    if (!Object.hasOwn(error, key) || keys.includes(key)) continue
    if (key === 'cause' || attempt(() => Array.isArray(error[key]))) keys.push(key)
  }
  const stack = withClass(original, error, className, tag)
  const message = attempt(() => error.message)
  const told = typeof message === 'string' && message ? stack.indexOf(message) : -1
  const start = stack.indexOf('\n    at', told === -1 ? 0 : told + (message as string).length)
  const text =
    start === -1
      ? `[${stack}]`
      : stack.slice(0, start + 1) + formatLines(session, error, stack.slice(start + 1))
  const { indentation } = session
  return indentation === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(indentation)}`)
}

/** `undefined` for an error that cannot even be named. */
function fullStack(session: Session, error: Loose): string | undefined {
  const stack = attempt(() => error.stack)
  if (typeof stack === 'string' && stack !== '') return stack
  const title = attempt(() => Error.prototype.toString.call(error)) as string | undefined
  if (!stack || title === undefined) return title
  session.seen.push(error)
  // The level is unknown: nothing is too deep, and each member has its line.
  const shown = indented(session, 4, () => session.show(stack, Number.NaN))
  session.seen.pop()
  return `${title}\n    ${shown}`
}

function removeTold(error: Loose, keys: PropertyKey[], stack: string): void {
  for (const key of ['name', 'message', 'stack']) {
    const index = keys.indexOf(key)
    if (index === -1) continue
    // What throws is shown, as the getter that it is.
    const isTold = attempt(() => typeof error[key] !== 'string' || stack.includes(error[key]))
    if (isTold) keys.splice(index, 1)
  }
}

/** Stacks say what the error was called when it was made; the class is told beside. */
function withClass(stack: string, error: Loose, className: string | null, tag: string): string {
  const name = attempt(() => error.name) ?? 'Error'
  if (typeof name !== 'string') {
    const text = attempt(() => `${name}`) as string
    return stack.replace(text, `${text} [${prefixOf(className, tag, 'Error').slice(0, -1)}]`)
  }
  const isRegular =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    /^(?:$|[:\n])/.test(stack.slice(name.length))
  if (className !== null && !isRegular) return stack
  let fallback = 'Error'
  let { length } = name
  if (className === null) {
    const [, first = ''] =
      /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ??
      /^([a-z_A-Z0-9-]*Error)$/.exec(stack) ??
      []
    fallback = first || 'Error'
    length = first.length
  }
  const prefix = prefixOf(className, tag, fallback).slice(0, -1)
  if (name === prefix) return stack
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`
  return length === 0 ? `${prefix}: ${stack}` : prefix + stack.slice(length)
}
