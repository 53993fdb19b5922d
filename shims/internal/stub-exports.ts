import type { Shim, ShimContext } from '../../src/seams.ts'
import { notImplemented } from '../not-implemented.ts'
import { builtinNames } from './builtin-names.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a builtin exports is known to who asks for it
export type Exports = Record<string, any>

const token =
  /([\w$]+)(?:(\/)(\d*)(\()?|(\{)|=(\S*?)(?=[ })]|$)|@([^ })]*)|<([\w/]+)\.(\w+)|([!~]))|\.([\w$]+)|([})])/g

/** What a builtin that lodger only stands in for exports: everything is there, calling it throws. */
export function stubExports(context: ShimContext, id: string = context.id): Exports {
  const exports: Exports = {}
  const open: { target: Exports; path: string }[] = [{ target: exports, path: '' }]
  for (const match of (builtinNames[id] ?? '').matchAll(token)) {
    const { target, path } = open[open.length - 1] as (typeof open)[number]
    const [
      ,
      name = '',
      isFunction,
      length,
      isClass,
      isObject,
      json,
      symbol,
      builtin,
      member,
      ending,
    ] = match
    if (isFunction) {
      const stub = notImplemented(context, path + name, Number(length))
      define(target, name, stub, path.endsWith('.prototype.'))
      if (isClass) open.push({ target: stub.prototype, path: `${path}${name}.prototype.` })
    } else if (isObject) {
      target[name] = {}
      open.push({ target: target[name], path: `${path}${name}.` })
    } else if (json) target[name] = JSON.parse(json)
    else if (symbol) target[name] = Symbol(symbol)
    else if (builtin) target[name] = context.require(builtin)[member as string]
    else if (ending) {
      const text = name.slice(name.indexOf('_', 6) + 1)
      target[name] = ending === '!' ? text : text.toLowerCase().replaceAll('_', '-')
    } else if (match[11]) {
      const getter = notImplemented(context, path + match[11])
      Object.defineProperty(target, match[11], { get: getter, configurable: true })
    } else open.pop()
  }
  return exports
}

function define(target: Exports, name: string, value: unknown, hidden: boolean): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: !hidden,
    configurable: true,
  })
}

/** A builtin which is nothing but a stub. */
export const stub: Shim = (context) => stubExports(context)
