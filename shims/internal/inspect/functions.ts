/** Functions and classes, which show their names. */

import type { Loose } from '../loose.ts'
import type { Session } from './session.ts'

export function functionBase(
  session: Session,
  value: Loose,
  className: string | null,
  tag: string,
): string {
  const source = Function.prototype.toString.call(value)
  if (isClass(source)) return classBase(value, className, tag)
  const kind = kindOf(value, source)
  const ancestry = className === null ? ' (null prototype)' : ''
  const { name: own } = value
  const text = typeof own === 'string' ? own : session.show(own, Number.NaN)
  const name = own === '' ? ' (anonymous)' : `: ${text}`
  const base = `[${kind}${ancestry}${name}]`
  const kindOfClass = className === null || className === kind ? '' : ` ${className}`
  return base + kindOfClass + tagText(className, tag)
}

/** A heritage in parentheses is taken for a method named `class`, as node takes it. */
const isClass = (source: string): boolean => /^class[^({]*\{/.test(source) && source.endsWith('}')

/** By its tag, and by its text where the tag is lost. */
function kindOf(value: object, source: string): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  // One that is bound has the tag of what it calls, and is none.
  const isNative = /\[native code\]\s*\}$/.test(source)
  if (!isNative && /^Async|^Generator/.test(tag)) return tag
  const [, isAsync, isGenerator] = /^(async\s)?\s*(?:function\s*)?(\*)?/.exec(source) ?? []
  return `${isAsync ? 'Async' : ''}${isGenerator ? 'Generator' : ''}Function`
}

function classBase(value: Loose, className: string | null, tag: string): string {
  const name = (Object.hasOwn(value, 'name') && value.name) || '(anonymous)'
  const kind = className === null || className === 'Function' ? '' : ` [${className}]`
  const parent = className === null ? '[null prototype]' : Object.getPrototypeOf(value).name
  const heritage = parent ? ` extends ${parent}` : ''
  return `[class ${name}${kind}${tagText(className, tag)}${heritage}]`
}

const tagText = (className: string | null, tag: string): string =>
  tag !== '' && className !== tag ? ` [${tag}]` : ''
