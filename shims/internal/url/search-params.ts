// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** https://url.spec.whatwg.org/#interface-urlsearchparams */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateFunction } from '../validate.ts'
import { parseForm, serializeForm } from './percent.ts'

type Pair = [string, string]

export interface SearchParamsClass {
  readonly Class: Loose
  /** Makes the one that belongs to a URL; `changed` is called with its new query after each change. */
  attach(query: string, changed: (query: string) => void): Loose
  /** The URL has got another query. */
  reset(params: Loose, query: string): void
}

/** Text as WebIDL's USVString: lone surrogates become U+FFFD. */
function textOf(value: unknown): string {
  return `${value}`.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '\uFFFD',
  )
}

export function missingArguments(...names: string[]): Error {
  const listed = names.map((name) => `"${name}"`).join(' and ')
  const plural = names.length > 1 ? 's' : ''
  return codedError(
    TypeError,
    'ERR_MISSING_ARGS',
    `The ${listed} argument${plural} must be specified`,
  )
}

export function invalidThis(name: string): Error {
  return codedError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`)
}

const invalidTuple = (): Error =>
  codedError(
    TypeError,
    'ERR_INVALID_TUPLE',
    'Each query pair must be an iterable [name, value] tuple',
  )

export function createSearchParams(context: ShimContext): SearchParamsClass {
  interface State {
    pairs: Pair[]
    changed?: (query: string) => void
  }
  const states = new WeakMap<object, State>()
  const stateOf = (params: unknown): State => {
    const state = typeof params === 'object' && params !== null ? states.get(params) : undefined
    if (state === undefined) throw invalidThis('URLSearchParams')
    return state
  }
  const update = (state: State) => state.changed?.(serializeForm(state.pairs))
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

  function pairsOf(init: Loose, own: unknown): Pair[] {
    if (init === undefined) return []
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      return parseForm(textOf(init).replace(/^\?/, ''))
    }
    const method = init[Symbol.iterator]
    if (method === own && states.has(init)) {
      return stateOf(init).pairs.map(([name, value]) => [name, value])
    }
    if (method !== null && method !== undefined) {
      if (typeof method !== 'function') {
        throw codedError(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable')
      }
      const pairs: Pair[] = []
      for (const pair of init) {
        const isObject = (typeof pair === 'object' && pair !== null) || typeof pair === 'function'
        if (!isObject || typeof pair[Symbol.iterator] !== 'function') throw invalidTuple()
        const [name, value, ...more] = [...pair]
        if ([...pair].length !== 2 || more.length > 0) throw invalidTuple()
        pairs.push([textOf(name), textOf(value)])
      }
      return pairs
    }
    // Two keys may become the same text: the later value stands at the place of the first.
    const found = new Map<string, string>()
    for (const key of Reflect.ownKeys(init)) {
      if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string')
      found.set(textOf(key), textOf(init[key]))
    }
    return [...found]
  }

  class URLSearchParams {
    constructor(init: Loose = undefined) {
      states.set(this, { pairs: pairsOf(init, this[Symbol.iterator]) })
    }

    get size(): number {
      return stateOf(this).pairs.length
    }

    append(name: unknown, value: unknown): void {
      const state = stateOf(this)
      if (arguments.length < 2) throw missingArguments('name', 'value')
      state.pairs.push([textOf(name), textOf(value)])
      update(state)
    }

    delete(name: unknown, value: unknown = undefined): void {
      const state = stateOf(this)
      if (arguments.length < 1) throw missingArguments('name')
      const key = textOf(name)
      const only = value === undefined ? undefined : textOf(value)
      const stays = (pair: Pair) => pair[0] !== key || (only !== undefined && pair[1] !== only)
      state.pairs = state.pairs.filter(stays)
      update(state)
    }

    get(name: unknown): string | null {
      const { pairs } = stateOf(this)
      if (arguments.length < 1) throw missingArguments('name')
      const key = textOf(name)
      return pairs.find((pair) => pair[0] === key)?.[1] ?? null
    }

    getAll(name: unknown): string[] {
      const { pairs } = stateOf(this)
      if (arguments.length < 1) throw missingArguments('name')
      const key = textOf(name)
      return pairs.filter((pair) => pair[0] === key).map((pair) => pair[1])
    }

    has(name: unknown, value: unknown = undefined): boolean {
      const { pairs } = stateOf(this)
      if (arguments.length < 1) throw missingArguments('name')
      const key = textOf(name)
      const only = value === undefined ? undefined : textOf(value)
      return pairs.some((pair) => pair[0] === key && (only === undefined || pair[1] === only))
    }

    set(name: unknown, value: unknown): void {
      const state = stateOf(this)
      if (arguments.length < 2) throw missingArguments('name', 'value')
      const key = textOf(name)
      const text = textOf(value)
      const first = state.pairs.findIndex((pair) => pair[0] === key)
      if (first === -1) state.pairs.push([key, text])
      else {
        state.pairs = state.pairs.filter((pair, index) => pair[0] !== key || index === first)
        state.pairs[first] = [key, text]
      }
      update(state)
    }

    sort(): void {
      const state = stateOf(this)
      state.pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      update(state)
    }

    entries(): object {
      stateOf(this)
      return iterate(this, (pair) => [...pair])
    }

    forEach(callback: unknown, thisArg: unknown = undefined): void {
      const state = stateOf(this)
      validateFunction(callback, 'callback')
      // Read anew at each step: the callback may change the URL.
      for (let index = 0; index < state.pairs.length; index++) {
        const [name, value] = state.pairs[index] as Pair
        callback.call(thisArg, value, name, this)
      }
    }

    keys(): object {
      stateOf(this)
      return iterate(this, (pair) => pair[0])
    }

    values(): object {
      stateOf(this)
      return iterate(this, (pair) => pair[1])
    }

    toString(): string {
      return serializeForm(stateOf(this).pairs)
    }

    declare [Symbol.iterator]: () => object;

    [inspectSymbol](depth: number | null, options: Loose): string {
      const { pairs } = stateOf(this)
      if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special')
      const { inspect } = context.require('util')
      const inner = { ...options, ...(depth !== null && { depth: depth - 1 }) }
      const shown = pairs.map((pair) => pair.map((text) => inspect(text, inner)).join(' => '))
      return wrap(this.constructor.name, shown, options.breakLength)
    }
  }

  const iterators = new WeakMap<
    object,
    { params: object; index: number; kind: (pair: Pair) => unknown }
  >()
  const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))
  const iteratorPrototype = Object.create(IteratorPrototype, {
    next: {
      value: function next(this: object): IteratorResult<unknown> {
        const iterator = iterators.get(this)
        if (iterator === undefined) throw invalidThis('URLSearchParamsIterator')
        const pair = stateOf(iterator.params).pairs[iterator.index]
        if (pair === undefined) return { value: undefined, done: true }
        iterator.index++
        return { value: iterator.kind(pair), done: false }
      },
      writable: true,
      enumerable: true,
      configurable: true,
    },
    [Symbol.toStringTag]: { value: 'URLSearchParams Iterator', configurable: true },
    [inspectSymbol]: {
      value(this: object, depth: number | null, options: Loose): string {
        const iterator = iterators.get(this)
        if (iterator === undefined) throw invalidThis('URLSearchParamsIterator')
        if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special')
        const { inspect } = context.require('util')
        const inner = { ...options, ...(depth !== null && { depth: depth - 1 }) }
        const rest = stateOf(iterator.params).pairs.slice(iterator.index).map(iterator.kind)
        const shown = rest.map((one) => inspect(one, inner))
        // With two spaces between the braces when there is nothing: node's way.
        if (shown.length === 0) return 'URLSearchParams Iterator {  }'
        return wrap('URLSearchParams Iterator', shown, options.breakLength)
      },
      writable: true,
      configurable: true,
    },
  })

  function iterate(params: object, kind: (pair: Pair) => unknown): object {
    const iterator = Object.create(iteratorPrototype)
    iterators.set(iterator, { params, index: 0, kind })
    return iterator
  }

  const { prototype } = URLSearchParams
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== 'constructor') Object.defineProperty(prototype, name, { enumerable: true })
  }
  Object.defineProperties(prototype, {
    [Symbol.iterator]: { value: prototype.entries, writable: true, configurable: true },
    [Symbol.toStringTag]: { value: 'URLSearchParams', configurable: true },
  })

  return {
    Class: URLSearchParams,
    attach(query, changed) {
      const params = new URLSearchParams(query)
      stateOf(params).changed = changed
      return params
    },
    reset(params, query) {
      stateOf(params).pairs = parseForm(query)
    },
  }
}

/** On one line while that fits. */
function wrap(name: string, shown: readonly string[], breakLength: number): string {
  if (shown.length === 0) return `${name} {}`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room
  const plain = shown.join(', ').replace(/\u001B\[\d+m/g, '')
  return plain.length > breakLength
    ? `${name} {\n  ${shown.join(',\n  ')} }`
    : `${name} { ${shown.join(', ')} }`
}
