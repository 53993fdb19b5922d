// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** What stands on the timeline of `performance`. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { inspectAs } from '../inspect-as.ts'
import type { Loose } from '../loose.ts'
import { validateNumber, validateObject, validateThis } from '../validate.ts'

/** To be known to lodger alone: guests make marks only. */
export const maker: object = {}

export function checkMaker(given: unknown): void {
  if (given === maker) return
  throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
}

/** How many arguments a method was given, of those that it must have. */
export function checkArguments({ length }: ArrayLike<unknown>, name: string): void {
  if (length === 0) throw createError('ERR_MISSING_ARGS', name)
}

export function checkTimestamp(time: number): number {
  if (time >= 0) return time
  const text = `${time} is not a valid timestamp`
  throw codedError(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', text)
}

/** Marks of node's own, by their names: what `nodeTiming` has beside what every entry has. */
export const milestones: readonly string[] = [
  'nodeStart',
  'v8Start',
  'environment',
  'loopStart',
  'loopExit',
  'bootstrapComplete',
]

interface Fields {
  readonly name: string
  readonly entryType: string
  readonly startTime: number
  readonly duration: number
  readonly detail?: unknown
}

export interface EntryClasses {
  readonly PerformanceEntry: Loose
  readonly PerformanceMark: Loose
  readonly PerformanceMeasure: Loose
  /** Of calls that `timerify` has timed; guests do not get it by name. */
  readonly PerformanceNodeEntry: Loose
}

export function createEntryClasses(context: ShimContext, now: () => number): EntryClasses {
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')
  const known = new WeakMap<object, Fields>()

  function fieldsOf(entry: object): Fields {
    const fields = known.get(entry)
    validateThis(fields !== undefined, 'PerformanceEntry')
    return fields as Fields
  }

  class PerformanceEntry {
    constructor(...[given, fields]: [given?: unknown, fields?: Fields]) {
      checkMaker(given)
      known.set(this, fields as Fields)
    }

    get name(): string {
      return fieldsOf(this).name
    }

    get entryType(): string {
      return fieldsOf(this).entryType
    }

    get startTime(): number {
      return fieldsOf(this).startTime
    }

    get duration(): number {
      return fieldsOf(this).duration
    }

    toJSON(): object {
      return { ...fieldsOf(this) }
    }

    [inspectSymbol](depth: number | null, options: Loose): unknown {
      return inspectAs(context, this, this.toJSON(), depth, options)
    }
  }

  class PerformanceMark extends PerformanceEntry {
    constructor(name: unknown, options: Loose = undefined) {
      checkArguments(arguments, 'name')
      const text = `${name}`
      if (options !== undefined) validateObject(options, 'options')
      if (milestones.includes(text)) throw createError('ERR_INVALID_ARG_VALUE', 'name', text)
      const { startTime = now(), detail: given } = options ?? {}
      validateNumber(startTime, 'startTime')
      checkTimestamp(startTime)
      const detail = copyOf(context, given)
      super(maker, { name: text, entryType: 'mark', startTime, duration: 0, detail })
    }

    get detail(): unknown {
      return fieldsOf(this).detail
    }
  }

  class PerformanceMeasure extends PerformanceEntry {
    get detail(): unknown {
      return fieldsOf(this).detail
    }
  }

  class PerformanceNodeEntry extends PerformanceEntry {
    get detail(): unknown {
      return fieldsOf(this).detail
    }
  }
  return { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceNodeEntry }
}

/** What a `detail` becomes. */
export function copyOf(context: ShimContext, detail: unknown): unknown {
  return detail === undefined || detail === null
    ? null
    : (context.global as Loose).structuredClone(detail)
}
