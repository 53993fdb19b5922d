/** `readline.Interface`: lines and questions, on plain streams and on what says that it is a terminal. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { createAbortError } from '../abort-error.ts'
import { isInstance } from '../instance.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { disposeSymbol } from '../symbols.ts'
import {
  validateAbortSignal,
  validateArray,
  validateInteger,
  validateNumber,
  validateString,
} from '../validate.ts'
import { editorMembers } from './editor.ts'
import { emitKeypressEvents } from './keys.ts'
import { lineIterator } from './lines.ts'

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
  const { now } = context.host

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
    const isOptions = input?.input !== undefined
    const options = isOptions ? input : { input, output, completer, terminal }
    validateOptions(options)
    Object.assign(this, stateOf(options))
    if (this.terminal) editTerminal(this)
    else readStream(this)
    if (options.signal) obey(this, options.signal)
    this.input.resume()
    return this
  }
  Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype)
  Object.setPrototypeOf(Interface, EventEmitter)

  /** Lets go of the input when it is closed. */
  function listen(self: Loose, listeners: Record<string, LooseFunction>): void {
    const { input } = self
    for (const [event, listener] of Object.entries(listeners)) input.on(event, listener)
    self.once('close', () => {
      for (const [event, listener] of Object.entries(listeners)) {
        input.removeListener(event, listener)
      }
    })
  }

  function readStream(self: Loose): void {
    const decoder = new StringDecoder('utf8')
    listen(self, {
      error: (error: unknown) => self.emit('error', error),
      data: (chunk: Loose) => self._normalWrite(chunk === undefined ? chunk : decoder.write(chunk)),
      end() {
        const rest = decoder.end()
        if (rest !== '') self._normalWrite(rest)
        if (self.line !== '') self.emit('line', self.line)
        self.close()
      },
    })
  }

  function editTerminal(self: Loose): void {
    const { input, output } = self
    emitKeypressEvents(context, input, self)
    listen(self, {
      error: (error: unknown) => self.emit('error', error),
      keypress: (text: string, key: Loose) => self._ttyWrite(text, key),
      end() {
        if (self.line !== '') self.emit('line', self.line)
        self.close()
      },
    })
    self._setRawMode(true)
    if (typeof output?.on !== 'function') return
    const onResize = () => self._refreshLine()
    output.on('resize', onResize)
    self.once('close', () => output.removeListener('resize', onResize))
  }

  function obey(self: Loose, signal: Loose): void {
    const onAbort = () => self.close()
    if (signal.aborted) context.require('process').nextTick(onAbort)
    else {
      signal.addEventListener('abort', onAbort, { once: true })
      self.once('close', () => signal.removeEventListener('abort', onAbort))
    }
  }

  function checkOpen(self: Loose): void {
    if (self.closed) throw codedError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed')
  }

  const isDumb = () => context.require('process').env.TERM === 'dumb'

  const members: Record<string, LooseFunction> = {
    ...editorMembers(context),
    getPrompt() {
      return this._prompt
    },
    setPrompt(prompt) {
      this._prompt = prompt
    },
    prompt(keepsCursor?: boolean) {
      checkOpen(this)
      if (this.paused) this.resume()
      if (!this.terminal || isDumb()) {
        this._writeToOutput(this._prompt)
        return
      }
      if (!keepsCursor) this.cursor = 0
      this._refreshLine()
    },
    question(query, options, callback) {
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
    _onLine(line) {
      const answer = this._answer
      if (answer === undefined) {
        this.emit('line', line)
        return
      }
      this._answer = undefined
      this.setPrompt(this._oldPrompt)
      answer(line)
    },
    /** A piece of a stream that is no terminal. */
    _normalWrite(text) {
      if (text === undefined) return
      const isRest = this._sawReturnAt && now() - this._sawReturnAt <= this.crlfDelay
      this._sawReturnAt = text.endsWith('\r') ? now() : 0
      const fresh = isRest && text.startsWith('\n') ? text.slice(1) : text
      const lines = (this.line + fresh).split(lineEnd)
      this.line = lines.pop()
      for (const line of lines) this._onLine(line)
    },
    pause() {
      checkOpen(this)
      if (this.paused) return this
      this.input.pause()
      this.paused = true
      this.emit('pause')
      return this
    },
    resume() {
      checkOpen(this)
      if (!this.paused) return this
      this.input.resume()
      this.paused = false
      this.emit('resume')
      return this
    },
    write(data, key) {
      checkOpen(this)
      if (this.paused) this.resume()
      if (this.terminal) this._ttyWrite(data, key)
      else this._normalWrite(data)
    },
    close() {
      if (this.closed) return
      this.pause()
      if (this.terminal) this._setRawMode(false)
      this.closed = true
      this.emit('close')
    },
    [Symbol.asyncIterator](this: Loose) {
      this._lines ??= lineIterator(context, this)
      return this._lines
    },
    [disposeSymbol](this: Loose) {
      this.close()
    },
  }
  for (const key of Reflect.ownKeys(members)) {
    Object.defineProperty(Interface.prototype, key, {
      value: members[key as string],
      writable: true,
      configurable: true,
    })
  }
  Object.defineProperty(Interface.prototype, 'columns', {
    get(this: Loose) {
      return this.output?.columns ?? Number.POSITIVE_INFINITY
    },
    configurable: true,
  })
  return Interface
}

function validateOptions(options: Loose): void {
  const { input, completer, signal, escapeCodeTimeout, tabSize, history, historySize } = options
  if (completer !== undefined && typeof completer !== 'function') {
    throw createError('ERR_INVALID_ARG_VALUE', 'completer', completer)
  }
  validateAbortSignal(signal, 'options.signal')
  if (escapeCodeTimeout !== undefined && !Number.isFinite(escapeCodeTimeout)) {
    throw createError('ERR_INVALID_ARG_VALUE', 'input.escapeCodeTimeout', escapeCodeTimeout)
  }
  if (tabSize !== undefined) validateInteger(tabSize, 'tabSize', 1, 2 ** 32 - 1)
  if (history !== undefined) validateArray(history, 'history')
  if (historySize !== undefined) validateNumber(historySize, 'historySize', 0)
  if (typeof input?.on !== 'function') {
    throw createError('ERR_INVALID_ARG_TYPE', 'input', 'Stream', input)
  }
}

function stateOf(options: Loose): object {
  const { input, output, completer, crlfDelay, prompt = '> ' } = options
  const { escapeCodeTimeout = 500, tabSize = 8, historySize = 30, history = [] } = options
  const { removeHistoryDuplicates = false } = options
  return {
    input,
    output,
    completer,
    terminal: Boolean(options.terminal ?? output?.isTTY),
    crlfDelay: crlfDelay ? Math.max(100, crlfDelay) : 100,
    escapeCodeTimeout,
    tabSize,
    history: historySize === 0 ? [] : history,
    historySize,
    historyIndex: -1,
    removeHistoryDuplicates: Boolean(removeHistoryDuplicates),
    isCompletionEnabled: true,
    line: '',
    cursor: 0,
    prevRows: 0,
    paused: false,
    _prompt: prompt,
    _answer: undefined,
    _sawReturnAt: 0,
    _previousKey: undefined,
    _undoStack: [],
    _redoStack: [],
    _killRing: [],
    _yanked: undefined,
  }
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
