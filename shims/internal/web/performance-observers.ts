// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** Who hears of what comes onto the timeline of `performance`. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateFunction, validateObject } from '../validate.ts'
import { checkArguments, checkMaker, maker } from './performance-entries.ts'

const types = ['function', 'mark', 'measure']

export interface Observers {
  readonly PerformanceObserver: Loose
  readonly PerformanceObserverEntryList: Loose
  /** An entry has been made. */
  tell(entry: Loose): void
}

/** @param timeline what is on it now, by a type */
export function createObservers(
  context: ShimContext,
  timeline: (type: string) => Loose[],
): Observers {
  const observers = new Map<object, (entry: Loose) => void>()

  class PerformanceObserverEntryList {
    readonly #entries: Loose[]

    constructor(...[given, entries]: [given?: unknown, entries?: Loose[]]) {
      checkMaker(given)
      this.#entries = byTime(entries as Loose[])
    }

    getEntries(): Loose[] {
      return [...this.#entries]
    }

    getEntriesByType(type: unknown): Loose[] {
      checkArguments(arguments, 'type')
      return this.#entries.filter((entry) => entry.entryType === `${type}`)
    }

    getEntriesByName(name: unknown, type: unknown = undefined): Loose[] {
      checkArguments(arguments, 'name')
      return this.#entries.filter(named(name, type))
    }
  }

  class PerformanceObserver {
    readonly #callback: Loose
    #kind: 'single' | 'multiple' | undefined
    #types: string[] = []
    #waiting: Loose[] = []
    #scheduled = false

    constructor(callback: unknown) {
      validateFunction(callback, 'callback')
      this.#callback = callback
    }

    static get supportedEntryTypes(): string[] {
      return [...types]
    }

    observe(options: Loose = {}): void {
      validateObject(options, 'options')
      const { entryTypes, type, buffered } = options
      const kind = checkObserved(entryTypes, type)
      if (this.#kind !== undefined && this.#kind !== kind) {
        const text = `PerformanceObserver can not change to ${kind} observation${kind === 'single' ? '' : 's'}`
        throw new (context.global.DOMException as Loose)(text, 'InvalidModificationError')
      }
      this.#kind = kind
      if (kind === 'single') this.#types.push(type)
      else this.#types = [...entryTypes]
      if (!this.#types.some((one) => types.includes(one))) return
      observers.set(this, (entry) => this.#take(entry))
      if (buffered && kind === 'single') for (const entry of timeline(type)) this.#take(entry)
    }

    disconnect(): void {
      observers.delete(this)
      this.#kind = undefined
      this.#types = []
      this.#waiting = []
    }

    takeRecords(): Loose[] {
      return this.#waiting.splice(0)
    }

    #take(entry: Loose): void {
      if (!this.#types.includes(entry.entryType)) return
      this.#waiting.push(entry)
      if (this.#scheduled) return
      this.#scheduled = true
      context.require('timers').setImmediate(() => {
        this.#scheduled = false
        if (!observers.has(this)) return
        const list = new PerformanceObserverEntryList(maker, this.takeRecords())
        this.#callback.call(this, list, this)
      })
    }
  }

  return {
    PerformanceObserver,
    PerformanceObserverEntryList,
    tell: (entry) => {
      for (const take of observers.values()) take(entry)
    },
  }
}

function checkObserved(entryTypes: Loose, type: unknown): 'single' | 'multiple' {
  if (entryTypes === undefined && type === undefined) {
    const text = 'The "options.entryTypes" and "options.type" arguments must be specified'
    throw codedError(TypeError, 'ERR_MISSING_ARGS', text)
  }
  if (entryTypes === undefined) return 'single'
  if (type !== undefined) {
    const reason = 'options.entryTypes can not set with options.type together'
    throw createError('ERR_INVALID_ARG_VALUE', 'options.entryTypes', entryTypes, reason)
  }
  if (!Array.isArray(entryTypes)) {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.entryTypes', 'string[]', entryTypes)
  }
  return 'multiple'
}

/** In the order of their beginnings. */
export function byTime(entries: readonly Loose[]): Loose[] {
  return entries.toSorted((one, other) => one.startTime - other.startTime)
}

export function named(name: unknown, type: unknown): (entry: Loose) => boolean {
  return (entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type)
}
