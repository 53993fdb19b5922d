import type { Shim, ShimContext } from '../../src/seams.ts'
import { notImplemented } from '../not-implemented.ts'
import { builtinNames } from './builtin-names.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a builtin exports is known to who asks for it
export type Exports = Record<string, any>

const token =
  /(-)?(?:(@[\w.]+|[\w$]+)(?:(?::([\w$+]+))?(\/)(\d*)([([])?|(\{)|=(\S*?)(?=[ })\]]|$)|@([^ })]*)|<([\w/]+)\.(\w+)|([!~+]))|\.([\w$]+)(:)?|([})\]])|(;)|\^(\w*)|(\d*)#)/g

/** What is being filled: an object, a prototype, or the statics of the class to which `fn` belongs. */
interface Open {
  readonly target: Exports
  readonly path: string
  readonly enumerable: boolean
  readonly fn?: Exports
}

/** What a builtin that lodger only stands in for exports: everything is there, calling it throws. */
export function stubExports(context: ShimContext, id: string = context.id): Exports {
  const exports: Exports = {}
  const open: Open[] = [{ target: exports, path: '', enumerable: true }]
  let prefix = ''
  let constant: unknown
  for (const match of (builtinNames[id] ?? '').matchAll(token)) {
    const place = open[open.length - 1] as Open
    const { target, path } = place
    const [, minus, text = '', fnName, isFunction, length, bracket, isObject, ...rest] = match
    const [
      json,
      symbol,
      builtin,
      member,
      ending,
      accessor,
      hasSetter,
      end,
      statics,
      beginning,
      status,
    ] = rest
    if (beginning !== undefined) prefix = beginning
    if (status !== undefined) constant = Number(status) || Number(constant) + 1
    const { key, name } = keyOf(status === undefined ? text : statusName(context, constant), prefix)
    const enumerable = place.enumerable !== (minus !== undefined)
    const put = (value: unknown) => {
      Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true })
    }
    if (isFunction) {
      const stub = notImplemented(
        context,
        path + name,
        Number(length),
        fnName?.replace('+', ' ') ?? name,
      )
      put(stub)
      if (bracket) {
        open.push({
          target: stub.prototype,
          path: `${path}${name}.prototype.`,
          enumerable: bracket === '[',
          fn: stub,
        })
      }
    } else if (isObject) {
      const object = {}
      put(object)
      open.push({ target: object, path: `${path}${name}.`, enumerable: true })
    } else if (status !== undefined) put(constant)
    else if (json || ending) {
      constant = json ? JSON.parse(json) : impliedConstant(ending, text, constant)
      put(constant)
    } else if (symbol) put(Symbol(symbol))
    else if (builtin) put(context.require(builtin)[member as string])
    else if (accessor) {
      const stub = notImplemented(context, path + accessor)
      const both = hasSetter ? { get: stub, set: stub } : { get: stub }
      Object.defineProperty(target, accessor, { ...both, enumerable, configurable: true })
    } else if (statics) {
      open.pop()
      open.push({ ...place, target: place.fn ?? {}, path: path.replace(/prototype\.$/, '') })
    } else if (end) {
      open.pop()
      prefix = ''
    }
  }
  return exports
}

/** As HTTP/2's constants call it. */
function statusName(context: ShimContext, code: unknown): string {
  return context.require('http').STATUS_CODES[code as number].replace(/\W/g, '_').toUpperCase()
}

/** What a constant is that has no value written behind it. */
function impliedConstant(ending: string | undefined, text: string, before: unknown): unknown {
  if (ending === '+') return (before as number) + 1
  return ending === '!' ? text : text.toLowerCase().replaceAll('_', '-')
}

/** The key of a member, and how paths and stack traces call it. */
function keyOf(text: string, prefix: string): { key: PropertyKey; name: string } {
  if (!text.startsWith('@')) return { key: prefix + text, name: prefix + text }
  const id = text.slice(1)
  const known: unknown = Reflect.get(Symbol, id)
  if (typeof known === 'symbol') return { key: known, name: `[Symbol.${id}]` }
  return { key: Symbol.for(id.includes('.') ? id : `Symbol.${id}`), name: `[${id}]` }
}

/** A builtin which is nothing but a stub. */
export const stub: Shim = (context) => stubExports(context)
