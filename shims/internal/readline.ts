/** `readline.Interface` for streams that are no terminal: lines, questions, history of none. */

import { codedError, createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { createAbortError } from './abort-error.ts'
import { isInstance } from './instance.ts'
import type { Loose } from './loose.ts'
import { validateAbortSignal, validateFunction, validateString } from './validate.ts'

const made = new WeakMap<object, Loose>()

/** The loader's class; the promise version derives from it. */
export function readlineInterface(context: ShimContext): Loose {
  let Class = made.get(context.global)
  if (Class === undefined) {
    Class = createInterfaceClass(context)
    made.set(context.global, Class)
  }
  return Class
}

/** A line's end: `\r\n` may come in two pieces. */
const lineEnd = /\r\n|\n|\r|\u2028|\u2029/g

function createInterfaceClass(context: ShimContext): Loose {
  const EventEmitter = context.require('events')
  const { StringDecoder } = context.require('string_decoder')

  function Interface(
    this: Loose,
    input: Loose,
    output?: Loose,
    completer?: Loose,
    terminal?: Loose,
  ): Loose {
    if (!isInstance(this, Interface))
      return new (Interface as Loose)(input, output, completer, terminal)
    EventEmitter.call(this)
    const options = input?.input === undefined ? { input, output, completer, terminal } : input
    const { crlfDelay, signal, prompt = '> ' } = options
    if (options.completer !== undefined) validateFunction(options.completer, 'completer')
    validateAbortSignal(signal, 'options.signal')
    if (typeof options.input?.on !== 'function') {
      throw createError('ERR_INVALID_ARG_TYPE', 'input', 'Stream', options.input)
    }
    this.input = options.input
    this.output = options.output
    this.terminal = Boolean(options.terminal ?? options.output?.isTTY)
    this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : 100
    this.completer = options.completer
    this.line = ''
    this.cursor = 0
    this.closed = false
    this.paused = false
    this.history = []
    this._prompt = prompt
    this._answer = undefined
    const decoder = new StringDecoder('utf8')
    let endedWithReturn = false

    const onData = (chunk: Loose) => {
      let text: string = typeof chunk === 'string' ? chunk : decoder.write(chunk)
      if (endedWithReturn && text.startsWith('\n')) text = text.slice(1)
      endedWithReturn = text.endsWith('\r')
      const lines = (this.line + text).split(lineEnd)
      this.line = lines.pop()
      for (const line of lines) {
        // A listener may close it in the middle of a chunk.
        if (this.closed) break
        onLine(this, line)
      }
    }
    const onEnd = () => {
      const last = this.line + decoder.end()
      this.line = ''
      if (last !== '') onLine(this, last)
      this.close()
    }
    const onError = (error: unknown) => this.emit('error', error)
    this.input.on('error', onError)
    this.input.on('data', onData)
    this.input.on('end', onEnd)
    this.once('close', () => {
      this.input.removeListener('error', onError)
      this.input.removeListener('data', onData)
      this.input.removeListener('end', onEnd)
    })
    if (signal) {
      const onAbort = () => this.close()
      if (signal.aborted) context.require('process').nextTick(onAbort)
      else {
        signal.addEventListener('abort', onAbort, { once: true })
        this.once('close', () => signal.removeEventListener('abort', onAbort))
      }
    }
    this.input.resume()
    return this
  }
  Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype)
  Object.setPrototypeOf(Interface, EventEmitter)

  function onLine(self: Loose, line: string): void {
    const answer = self._answer
    if (answer === undefined) {
      self.emit('line', line)
      return
    }
    self._answer = undefined
    self.setPrompt(self._oldPrompt)
    answer(line)
  }

  function checkOpen(self: Loose): void {
    if (self.closed) throw codedError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed')
  }

  const members: Record<string, Loose> = {
    getPrompt(this: Loose): string {
      return this._prompt
    },
    setPrompt(this: Loose, prompt: string): void {
      this._prompt = prompt
    },
    prompt(this: Loose, _preserveCursor?: boolean): void {
      checkOpen(this)
      if (this.paused) this.resume()
      this.output?.write(this._prompt)
    },
    question(this: Loose, query: string, options: Loose, callback?: Loose): void {
      const done = typeof options === 'function' ? options : callback
      checkOpen(this)
      const signal = options?.signal
      if (signal) {
        validateAbortSignal(signal, 'options.signal')
        if (signal.aborted) return
        signal.addEventListener('abort', () => {
          this._answer = undefined
        })
      }
      if (typeof done !== 'function') return
      if (this._answer !== undefined) {
        this.prompt()
        return
      }
      this._oldPrompt = this._prompt
      this.setPrompt(query)
      this._answer = done
      this.prompt()
    },
    pause(this: Loose): Loose {
      checkOpen(this)
      if (this.paused) return this
      this.input.pause()
      this.paused = true
      this.emit('pause')
      return this
    },
    resume(this: Loose): Loose {
      checkOpen(this)
      if (!this.paused) return this
      this.input.resume()
      this.paused = false
      this.emit('resume')
      return this
    },
    close(this: Loose): void {
      if (this.closed) return
      this.pause()
      this.closed = true
      this.emit('close')
    },
    write(this: Loose, data: Loose): void {
      checkOpen(this)
      if (this.paused) this.resume()
      if (data !== null && data !== undefined) this.input.emit('data', String(data))
    },
    getCursorPos(this: Loose): { rows: number; cols: number } {
      return { rows: 0, cols: this._prompt.length + this.cursor }
    },
    [Symbol.asyncIterator](this: Loose): AsyncIterableIterator<string> {
      return lines(this)
    },
    [(Symbol as Loose).dispose ?? Symbol.for('Symbol.dispose')](this: Loose): void {
      this.close()
    },
  }

  async function* lines(self: Loose): AsyncIterableIterator<string> {
    const events = context.require('events').on(self, 'line', { close: ['close'] })
    try {
      for await (const [line] of events) yield line
    } finally {
      self.close()
    }
  }
  for (const key of Reflect.ownKeys(members)) {
    Object.defineProperty(Interface.prototype, key, {
      value: members[key as string],
      writable: true,
      configurable: true,
    })
  }
  return Interface
}

/** `question` as a promise. */
export function ask(self: Loose, query: string, options: Loose = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    validateString(query, 'query')
    const { signal } = options
    validateAbortSignal(signal, 'options.signal')
    if (signal?.aborted) {
      reject(createAbortError(signal.reason))
      return
    }
    signal?.addEventListener('abort', () => reject(createAbortError(signal.reason)), { once: true })
    self.question(query, options, resolve)
  })
}
