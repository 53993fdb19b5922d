/** The methods of a console. `this` is the console; what it keeps to itself is in `State`. */

import type { ShimContext } from '../../../src/seams.ts'
import { formatTime } from '../format-time.ts'
import type { Loose } from '../loose.ts'
import { validateArray } from '../validate.ts'
import { tableOf } from './table.ts'

/** What a console keeps beside its visible members. */
export interface State {
  readonly counts: Map<string, number>
  readonly width: number
  indentation: string
  readonly colorMode: boolean | 'auto'
  readonly inspectOptions: Map<unknown, Loose> | undefined
}

type StreamName = '_stdout' | '_stderr'

const noop = (): void => {}

export function createMethods(
  context: ShimContext,
  stateOf: (console: Loose) => State,
): Record<string, Loose> {
  const process = () => context.require('process')
  const util = () => context.require('util')

  function optionsFor(console: Loose, stream: Loose): Loose {
    const { colorMode, inspectOptions } = stateOf(console)
    const colors = colorMode === 'auto' ? colorizes(stream) : colorMode
    const options = inspectOptions?.get(stream)
    if (options === undefined) return colors ? { colors: true } : {}
    options.colors ??= colors
    return options
  }

  function colorizes(stream: Loose): boolean {
    if (process().env.FORCE_COLOR !== undefined) {
      return context.require('tty').WriteStream.prototype.getColorDepth() > 2
    }
    return !!stream?.isTTY && (stream.getColorDepth?.() ?? 24) > 2
  }

  function print(console: Loose, name: StreamName, text: string): void {
    const { indentation } = stateOf(console)
    const stream = console[name]
    const lines =
      indentation === '' ? text : indentation + text.replaceAll('\n', `\n${indentation}`)
    if (console._ignoreErrors === false) {
      stream.write(`${lines}\n`)
      return
    }
    // A stream may fail at once or later; a console is silent about both.
    try {
      if (stream.listenerCount('error') === 0) stream.once('error', noop)
      stream.write(`${lines}\n`, console[`${name}ErrorHandler`])
    } catch (error) {
      if (isStackOverflow(error)) throw error
    } finally {
      stream.removeListener('error', noop)
    }
  }

  function format(console: Loose, name: StreamName, args: unknown[]): string {
    if (args.length === 1 && typeof args[0] === 'string') return args[0]
    return util().formatWithOptions(optionsFor(console, console[name]), ...args)
  }

  /** `console.log` and its likes, each with a diagnostics channel of its name. */
  function printer(method: string, name: StreamName) {
    let channel: Loose
    return {
      [method](this: Loose, ...args: unknown[]): void {
        channel ??= context.require('diagnostics_channel').channel(`console.${method}`)
        if (channel.hasSubscribers) channel.publish(args)
        print(this, name, format(this, name, args))
      },
    }[method] as Loose
  }

  function logTime(console: Loose, label: string, method: string, data: unknown[]): void {
    const start = console._times.get(label)
    if (start === undefined) {
      process().emitWarning(`No such label '${label}' for console.${method}()`)
      return
    }
    const [seconds, nanoseconds] = process().hrtime(start)
    console.log('%s: %s', label, formatTime(seconds * 1000 + nanoseconds / 1e6), ...data)
  }

  const methods: Record<string, Loose> = {
    log: printer('log', '_stdout'),
    info: printer('info', '_stdout'),
    debug: printer('debug', '_stdout'),
    warn: printer('warn', '_stderr'),
    error: printer('error', '_stderr'),

    dir(this: Loose, object: unknown, options: object): void {
      const own = optionsFor(this, this._stdout)
      print(this, '_stdout', util().inspect(object, { customInspect: false, ...own, ...options }))
    },

    time(this: Loose, label: unknown = 'default'): void {
      const name = `${label}`
      if (this._times.has(name)) {
        process().emitWarning(`Label '${name}' already exists for console.time()`)
      } else this._times.set(name, process().hrtime())
    },

    timeEnd(this: Loose, label: unknown = 'default'): void {
      logTime(this, `${label}`, 'timeEnd', [])
      this._times.delete(`${label}`)
    },

    timeLog(this: Loose, label: unknown = 'default', ...data: unknown[]): void {
      logTime(this, `${label}`, 'timeLog', data)
    },

    trace(this: Loose, ...args: unknown[]): void {
      const trace = { name: 'Trace', message: format(this, '_stderr', args), stack: '' }
      const { captureStackTrace } = Error as Loose
      if (captureStackTrace) captureStackTrace(trace, methods.trace)
      else {
        // biome-ignore lint/complexity/useLiteralKeys: not a member of every engine's Error
        const frames = String((new Error() as Loose)['stack'] ?? '').replace(/^Error\n/, '')
        trace.stack = `Trace: ${trace.message}\n${frames}`.trimEnd()
      }
      this.error(trace.stack)
    },

    assert(this: Loose, expression: unknown, ...args: unknown[]): void {
      if (expression) return
      if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`
      else args.unshift('Assertion failed')
      this.warn(...args)
    },

    clear(this: Loose): void {
      // Only a terminal can be cleared.
      if (this._stdout.isTTY && process().env.TERM !== 'dumb') {
        this._stdout.write('\u001B[1;1H')
        this._stdout.write('\u001B[0J')
      }
    },

    count(this: Loose, label: unknown = 'default'): void {
      const name = `${label}`
      const { counts } = stateOf(this)
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      this.log(`${name}: ${count}`)
    },

    countReset(this: Loose, label: unknown = 'default'): void {
      if (!stateOf(this).counts.delete(`${label}`)) {
        process().emitWarning(`Count for '${label}' does not exist`)
      }
    },

    group(this: Loose, ...data: unknown[]): void {
      if (data.length > 0) this.log(...data)
      const state = stateOf(this)
      state.indentation += ' '.repeat(state.width)
    },

    groupEnd(this: Loose): void {
      const state = stateOf(this)
      state.indentation = state.indentation.slice(
        0,
        Math.max(0, state.indentation.length - state.width),
      )
    },

    table(this: Loose, data: Loose, properties?: string[]): void {
      if (properties !== undefined) validateArray(properties, 'properties')
      if (data === null || typeof data !== 'object') {
        this.log(data)
        return
      }
      const { inspect, types } = util()
      const options = {
        maxArrayLength: 3,
        breakLength: Infinity,
        ...optionsFor(this, this._stdout),
      }
      const show = (value: unknown) => {
        const isLarge =
          value !== null &&
          typeof value === 'object' &&
          !Array.isArray(value) &&
          !types.isTypedArray(value) &&
          Object.keys(value).length > 2
        return inspect(value, { depth: isLarge ? -1 : 0, ...options })
      }
      this.log(tableOf(data, properties, types, show))
    },
  }
  for (const [name, length] of [
    ['time', 0],
    ['timeEnd', 0],
    ['table', 2],
  ] as const) {
    Object.defineProperty(methods[name], 'length', { value: length, configurable: true })
  }
  methods.dirxml = methods.log
  methods.groupCollapsed = methods.group
  return methods
}

/** Each engine words it differently; a console must not hide it. */
function isStackOverflow(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return /call stack|stack overflow|too much recursion/i.test(error.message)
}
