/** The transpile cache: what has been transpiled once is not transpiled again ([typescript-cache.md](../../docs/typescript-cache.md)). */
import { createError } from '../errors.ts'
import type { Transpile, TranspileCache, TranspileStore } from '../seams.ts'
import { answerOf, createQuestion, entryText } from './cache-entry.ts'
import { memoryCache } from './cache-memory.ts'

export { directoryCache } from './cache-directory.ts'
export type { TranspileCache, TranspileStore }
export { memoryCache }

/**
 * The same transpiler, but that it asks the cache first. Whatever the result depends on is part of the question: the
 * engine's `identity`, its options, the filename and the source, never a time. What cannot be transpiled is not cached.
 * @param transpile has to have an `identity`
 * @param cache its failures cost time, never a result
 * @throws ERR_INVALID_ARG_TYPE, naming the member that is missing or of the wrong type
 */
export function withCache(transpile: Transpile, cache: TranspileStore): Transpile {
  return remember(withIdentity(transpile), checkedStore(cache, 'cache'))
}

/**
 * What `createLoader({ transpileCache })` puts before its engine.
 * @param option `false` for nothing; by default a cache in memory, one for all loaders that have their engine from `source`,
 *   which passes by engines without an `identity`
 * @param source who vouches for what the engine says of itself: the function that was given, or what loads one by name
 * @throws ERR_INVALID_ARG_TYPE, naming the member that is missing or of the wrong type
 */
export function chooseCache(
  option: TranspileStore | false | undefined,
  source: object,
): (transpile: Transpile) => Transpile {
  if (option === false) return (transpile) => transpile
  if (option === undefined) return (transpile) => remember(transpile, sharedCache(source))
  const store = checkedStore(option, 'options.transpileCache')
  return (transpile) => remember(withIdentity(transpile), store)
}

/**
 * Loaders come and go, with each run and each child process, and the files stay. But an engine can say of itself what it
 * likes, and a guest that makes loaders can give them one: it must not answer for those of others.
 */
const sharedCaches: WeakMap<object, TranspileCache> = new WeakMap()

function sharedCache(source: object): TranspileCache {
  let cache = sharedCaches.get(source)
  if (cache === undefined) {
    cache = memoryCache()
    sharedCaches.set(source, cache)
  }
  return cache
}

function remember(transpile: Transpile, store: TranspileStore): Transpile {
  let identity: string | undefined
  const cached: Transpile = (source, filename, options) => {
    // Not before it is needed: to know it, a host may have to look for the engine.
    identity ??= identityOf(transpile)
    if (identity === undefined) return transpile(source, filename, options)
    const question = createQuestion(identity, options, filename, source)
    const known = answerOf(question, ask(store, question.key))
    if (known !== undefined) return known
    const result = transpile(source, filename, options)
    const entry = entryText(question, result)
    if (entry !== undefined) keep(store, question.key, entry)
    return result
  }
  // The engine's own members are seen through it, getters unasked.
  return Object.setPrototypeOf(cached, transpile)
}

/** Who gives a cache wants it to be used. The identity itself is not asked for yet. */
function withIdentity(transpile: Transpile): Transpile {
  if ('identity' in transpile) return transpile
  throw createError('ERR_INVALID_ARG_TYPE', 'transpile.identity', 'string', undefined)
}

/** Where there is no engine, the engine is to say so. */
function identityOf(transpile: Transpile): string | undefined {
  try {
    return transpile.identity
  } catch {
    return undefined
  }
}

function ask(store: TranspileStore, key: string): unknown {
  try {
    const found: unknown = store.get(key)
    overlookRejection(found)
    return found
  } catch {
    return undefined
  }
}

function keep(store: TranspileStore, key: string, text: string): void {
  try {
    overlookRejection(store.add ? store.add(key, text) : store.addAsync?.(key, text))
  } catch {
    // Next time it is transpiled again, no more.
  }
}

/** Of a store whose members are asynchronous: nobody waits for it, and its rejection must not end the host. */
function overlookRejection(value: unknown): void {
  const isPromise = typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
  if (isPromise) Promise.resolve(value).catch(() => {})
}

const members = ['get', 'add', 'addAsync', 'clear'] as const

function checkedStore(store: unknown, name: string): TranspileStore {
  if (typeof store !== 'object' || store === null) {
    throw createError('ERR_INVALID_ARG_TYPE', name, 'object', store)
  }
  const given = store as Partial<Record<(typeof members)[number], unknown>>
  const isNeeded = { get: true, add: given.addAsync === undefined, addAsync: false, clear: false }
  for (const member of members) {
    const value = given[member]
    if (typeof value === 'function' || (value === undefined && !isNeeded[member])) continue
    throw createError('ERR_INVALID_ARG_TYPE', `${name}.${member}`, 'function', value)
  }
  return store as TranspileStore
}
