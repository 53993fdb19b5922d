/** A transpile cache in memory: it holds so much, and what was not used for longest goes first. */
import { createError } from '../errors.ts'
import type { TranspileCache } from '../seams.ts'

export interface MemoryCacheOptions {
  /** How much it may hold, at two bytes a character, which is the most that engines take. @default 64 MiB */
  readonly maxBytes?: number
}

/**
 * @throws ERR_INVALID_ARG_TYPE or ERR_INVALID_ARG_VALUE, if `maxBytes` is no number of bytes
 * @example
 * const cache = memoryCache({ maxBytes: 100 })
 * cache.add('a', 'x'.repeat(30))
 * cache.add('b', 'y'.repeat(30))
 * cache.get('a') // => undefined
 */
export function memoryCache(options: MemoryCacheOptions = {}): TranspileCache {
  const { maxBytes = 64 * 1024 * 1024 } = options
  if (typeof maxBytes !== 'number') {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.maxBytes', 'number', maxBytes)
  }
  if (!(maxBytes >= 0)) {
    throw createError('ERR_INVALID_ARG_VALUE', 'options.maxBytes', maxBytes, 'must not be negative')
  }
  return new MemoryCache(maxBytes)
}

class MemoryCache implements TranspileCache {
  /** In the order of their last use. */
  readonly #texts = new Map<string, string>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(key: string): string | undefined {
    const text = this.#texts.get(key)
    if (text === undefined) return undefined
    this.#texts.delete(key)
    this.#texts.set(key, text)
    return text
  }

  add(key: string, text: string): void {
    this.#remove(key)
    const bytes = bytesOf(key, text)
    if (bytes > this.#maxBytes) return
    for (const oldest of this.#texts.keys()) {
      if (this.#bytes + bytes <= this.#maxBytes) break
      this.#remove(oldest)
    }
    this.#texts.set(key, text)
    this.#bytes += bytes
  }

  addAsync(key: string, text: string): Promise<void> {
    this.add(key, text)
    return Promise.resolve()
  }

  clear(): void {
    this.#texts.clear()
    this.#bytes = 0
  }

  #remove(key: string): void {
    const text = this.#texts.get(key)
    if (text === undefined) return
    this.#texts.delete(key)
    this.#bytes -= bytesOf(key, text)
  }
}

function bytesOf(key: string, text: string): number {
  return 2 * (key.length + text.length)
}
