/** `watch`, `watchFile` and `promises.watch`: what this loader's guest changes is told, what others do only polling sees. */

import { codedError, createError } from '../../../src/errors.ts'
import {
  type DirectoryEntry,
  type Entry,
  Kind,
  type Shim,
  type ShimContext,
} from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { nameClass } from '../names.ts'
import { timersOf } from '../timers.ts'
import {
  validateAbortSignal,
  validateBoolean,
  validateFunction,
  validateInteger,
  validateObject,
  validateOneOf,
} from '../validate.ts'
import { fsError } from './errors.ts'
import type { Library } from './library.ts'
import { encodeText, optionsOf, validatePath } from './paths.ts'
import type { Change } from './tree.ts'

/** As long as a timer can wait: it is there to keep the guest alive. */
const long = 2 ** 31 - 1

function createWatch(context: ShimContext, library: Library): Record<string, LooseFunction> {
  const EventEmitter = context.require('events')
  const { tree } = library
  const timers = timersOf(context)

  class FSWatcher extends EventEmitter {
    #stop: (() => void) | undefined
    #timer: Loose

    start(path: string, options: Loose): void {
      const found = tree.walk(path, true)
      if (typeof found === 'string') {
        throw Object.assign(fsError(found, 'watch', path), { filename: path })
      }
      const { recursive, encoding, ignore } = options
      const { entry } = found
      const name = context.require('path').basename(path)
      const listener = (change: Change) => {
        const file = entry.kind === Kind.Directory ? below(entry, change, recursive) : name
        if (file === undefined || (entry.kind !== Kind.Directory && change.entry !== entry)) return
        if (!ignore?.(file)) this.emit('change', change.type, encodeText(context, file, encoding))
      }
      tree.watchers.add(listener)
      this.#stop = () => tree.watchers.delete(listener)
      if (options.persistent) this.ref()
    }

    close(): void {
      if (this.#stop === undefined) return
      this.#stop()
      this.#stop = undefined
      this.unref()
      context.require('process').nextTick(() => this.emit('close'))
    }

    ref(): this {
      if (this.#stop !== undefined) {
        this.#timer ??= timers.createTimeout(() => {}, long, [], true, true, 'FSEventWrap')
      }
      return this
    }

    unref(): this {
      timers.clearTimeout(this.#timer)
      this.#timer = undefined
      return this
    }
  }
  nameClass(FSWatcher, 'FSWatcher')

  /** The path of a change from the watched directory. */
  function below(directory: Entry, change: Change, recursive: boolean): string | undefined {
    let file = change.name
    let above: DirectoryEntry | undefined = change.directory
    while (above !== directory) {
      if (!recursive || above === undefined) return undefined
      file = `${above.name}/${file}`
      above = above.parent
    }
    return file
  }

  /** One for each path that is polled, however many listen. */
  class StatWatcher extends EventEmitter {
    #timer: Loose
    #previous: Loose
    readonly #path: string
    readonly #bigint: boolean

    constructor(path: string, { bigint }: Loose) {
      super()
      this.#path = path
      this.#bigint = bigint
    }

    start(interval: number, persistent: boolean): void {
      this.#previous = this.#look()
      const isAbsent = this.#previous.ino === (this.#bigint ? 0n : 0)
      if (isAbsent) timers.createImmediate(() => this.#tell(this.#previous, this.#previous), [])
      this.#timer = timers.createTimeout(
        () => this.#poll(),
        interval,
        [],
        true,
        true,
        'StatWatcher',
      )
      if (!persistent) this.unref()
    }

    stop(): void {
      timers.clearTimeout(this.#timer)
      this.#timer = undefined
      context.require('process').nextTick(() => this.emit('stop'))
    }

    ref(): this {
      this.#timer?.ref()
      return this
    }

    unref(): this {
      this.#timer?.unref()
      return this
    }

    #tell(current: Loose, previous: Loose): void {
      if (this.#timer !== undefined) this.emit('change', current, previous)
    }

    #poll(): void {
      const previous = this.#previous
      const current = this.#look()
      const keys = ['mtimeMs', 'ctimeMs', 'size', 'ino', 'mode', 'nlink']
      if (keys.every((key) => current[key] === previous[key])) return
      this.#previous = current
      this.#tell(current, previous)
    }

    /** What is absent has nothing but zeros. */
    #look(): Loose {
      const options = { bigint: this.#bigint, throwIfNoEntry: false }
      return (
        library.operations.stat?.call(undefined, this.#path, options) ??
        library.buildEmptyStats(this.#bigint)
      )
    }
  }
  nameClass(StatWatcher, 'StatWatcher')
  const polled = new Map<string, Loose>()

  function checkWatchOptions(given: Loose): Loose {
    const options = { persistent: true, recursive: false, ...optionsOf(context, given) }
    validateBoolean(options.persistent, 'options.persistent')
    validateBoolean(options.recursive, 'options.recursive')
    validateAbortSignal(options.signal, 'options.signal')
    if (options.ignore !== undefined && options.ignore !== null) {
      options.ignore = ignoranceOf(options.ignore)
    }
    return options
  }

  function ignoranceOf(given: Loose): LooseFunction {
    const isList = Array.isArray(given)
    const patterns: LooseFunction[] = (isList ? given : [given]).map(
      (pattern: Loose, index: number) =>
        matcherOf(pattern, isList ? `options.ignore[${index}]` : 'options.ignore'),
    )
    return (file) => patterns.some((matches) => matches(file))
  }

  /** A pattern without a slash is one for names, wherever they are. */
  function matcherOf(pattern: Loose, name: string): LooseFunction {
    if (typeof pattern === 'function') return pattern
    if (Object.prototype.toString.call(pattern) === '[object RegExp]') {
      return (file) => pattern.test(file)
    }
    if (typeof pattern !== 'string') {
      const expected = ['string', 'RegExp', 'Function']
      throw createError('ERR_INVALID_ARG_TYPE', name, expected, pattern)
    }
    if (pattern === '') {
      throw createError('ERR_INVALID_ARG_VALUE', name, pattern, 'must be a non-empty string')
    }
    const { matchesGlob, basename } = context.require('path')
    return (file) => matchesGlob(pattern.includes('/') ? file : basename(file), pattern)
  }

  function watch(path: Loose, given: Loose, listener?: Loose): Loose {
    const isListener = typeof given === 'function'
    const last = isListener ? given : listener
    const text = validatePath(context, path)
    const options = checkWatchOptions(isListener ? undefined : given)
    const watcher: Loose = new FSWatcher()
    watcher.start(text, options)
    if (last) watcher.addListener('change', last)
    const { signal } = options
    if (signal?.aborted) context.require('process').nextTick(() => watcher.close())
    else if (signal) {
      const close = () => watcher.close()
      signal.addEventListener('abort', close, { once: true })
      watcher.once('close', () => signal.removeEventListener('abort', close))
    }
    return watcher
  }

  return {
    watch,

    watchFile(path, given, listener) {
      const text = context.require('path').resolve(validatePath(context, path))
      const isListener = given === null || typeof given !== 'object'
      const last = isListener ? given : listener
      const options = {
        interval: 5007,
        persistent: true,
        bigint: false,
        ...(isListener ? {} : given),
      }
      validateFunction(last, 'listener')
      let watcher = polled.get(text)
      if (watcher === undefined) {
        watcher = new StatWatcher(text, options)
        watcher.start(Number(options.interval), options.persistent)
        polled.set(text, watcher)
      }
      watcher.addListener('change', last)
      return watcher
    },

    unwatchFile(path, listener) {
      const text = context.require('path').resolve(validatePath(context, path))
      const watcher = polled.get(text)
      if (watcher === undefined) return
      if (typeof listener === 'function') watcher.removeListener('change', listener)
      else watcher.removeAllListeners('change')
      if (watcher.listenerCount('change') > 0) return
      watcher.stop()
      polled.delete(text)
    },

    async *promise(path, given = {}) {
      validateObject(given, 'options')
      const { maxQueue = 2048, overflow = 'ignore', signal } = given
      validateInteger(maxQueue, 'options.maxQueue')
      validateOneOf(overflow, 'options.overflow', ['ignore', 'throw'])
      if (given.persistent !== undefined) validateBoolean(given.persistent, 'options.persistent')
      if (given.recursive !== undefined) validateBoolean(given.recursive, 'options.recursive')
      validateAbortSignal(signal, 'options.signal')
      if (signal?.aborted) throw createAbortError(signal.reason)
      const queue: Loose[] = []
      let failure: unknown
      let wake = () => {}
      const fail = (error: unknown) => {
        failure = error
        wake()
      }
      const abort = () => fail(createAbortError(signal.reason))
      const watcher = watch(
        path,
        { ...given, signal: undefined },
        (eventType: Loose, filename: Loose) => {
          if (queue.length < maxQueue) queue.push({ __proto__: null, eventType, filename })
          else if (overflow === 'throw') {
            const text = `fs.watch maximum queue size reached: ${maxQueue}`
            fail(codedError(Error, 'ERR_FS_WATCH_QUEUE_OVERFLOW', text))
            return
          } else context.require('process').emitWarning('fs.watch maxQueue exceeded')
          wake()
        },
      )
      signal?.addEventListener('abort', abort, { once: true })
      try {
        for (;;) {
          while (queue.length > 0 && failure === undefined) yield queue.shift()
          if (failure !== undefined) throw failure
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        watcher.close()
        signal?.removeEventListener('abort', abort)
      }
    },
  }
}

const shim: Shim = (context) => (_fs: Loose, library: Library) => createWatch(context, library)

export default shim
