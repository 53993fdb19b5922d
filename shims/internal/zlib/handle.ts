/** The state of one stream: what node's `_handle` is, with the methods that packages call on it. */

import type { ShimContext } from '../../../src/seams.ts'
import { bytesOf } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { Flush, Mode, Result, resultNames } from './constants.ts'

export interface HandleOptions {
  readonly mode: number
  readonly windowBits: number
  readonly level: number
  readonly memLevel: number
  readonly strategy: number
  readonly dictionary: Uint8Array | undefined
  /** Whether what follows the first member of a gzip file is none of ours. */
  readonly isSingle: boolean
  /** Gets, after each write, what is left of the output's room and of the input. */
  readonly writeState: Uint32Array
  /** Called after each write that came later. */
  readonly onWrite: () => void
}

type WriteArguments = [
  flush: number,
  input: Loose,
  inputOffset: number,
  inputLength: number,
  output: Uint8Array,
  outputOffset: number,
  outputLength: number,
]

const method = 8
const gzipMagic = [0x1f, 0x8b]

/** Of zlib's two directions, which are told apart by their modes. */
const isCompressing = (mode: number): boolean =>
  mode === Mode.deflate || mode === Mode.gzip || mode === Mode.deflateRaw

export class Handle {
  /** Told of errors: zlib's text, number and name. Set by who owns the handle. */
  onerror: (message: string, errno: number, code: string) => void = () => {}

  readonly #context: ShimContext
  readonly #zlib: Loose
  readonly #options: HandleOptions
  readonly #stream: Loose
  #mode: number
  #magicRead = 0
  #result: number = Result.ok
  #flush: number = Flush.none
  #isStarted = false
  #isWriting = false
  #isClosing = false

  constructor(context: ShimContext, options: HandleOptions) {
    this.#context = context
    this.#options = options
    this.#mode = options.mode
    this.#zlib = context.require('internal/zlib/library')
    this.#stream = new this.#zlib.ZStream()
  }

  /** With the first work, because it takes memory, and gives whether it could. */
  #start(): boolean {
    if (this.#isStarted) return true
    this.#isStarted = true
    const { mode, windowBits, level, memLevel, strategy } = this.#options
    let bits = windowBits
    if (mode === Mode.gzip || mode === Mode.gunzip) bits += 16
    if (mode === Mode.unzip) bits += 32
    if (mode === Mode.deflateRaw || mode === Mode.inflateRaw) bits = -bits
    this.#result = isCompressing(mode)
      ? this.#zlib.deflateInit2(this.#stream, level, method, bits, memLevel, strategy)
      : this.#zlib.inflateInit2(this.#stream, bits)
    this.#setDictionary()
    return this.#result === Result.ok
  }

  /** Where the format says that there is one, it is given when it is asked for. */
  #setDictionary(): void {
    const { mode, dictionary } = this.#options
    if (!dictionary?.length) return
    if (mode === Mode.deflate || mode === Mode.deflateRaw) {
      this.#result = this.#zlib.deflateSetDictionary(this.#stream, dictionary)
    } else if (mode === Mode.inflateRaw) {
      this.#result = this.#zlib.inflateSetDictionary(this.#stream, dictionary)
    }
  }

  /** Works later, and calls `onWrite` or `onerror` then. */
  write(...args: WriteArguments): void {
    this.#isWriting = true
    this.#prepare(args)
    this.#context.require('timers').setImmediate(() => {
      this.#work()
      this.#isWriting = false
      if (this.#check()) {
        this.#report()
        this.#options.onWrite.call(this as never)
      }
      if (this.#isClosing) this.close()
    })
  }

  writeSync(...args: WriteArguments): void {
    this.#prepare(args)
    this.#work()
    if (this.#check()) this.#report()
  }

  /** Back to the beginning, for another input with the same options. */
  reset(): void {
    const { mode } = this.#options
    this.#mode = mode
    this.#magicRead = 0
    this.#start()
    this.#restart()
    if (this.#result !== Result.ok) {
      this.#fail('Failed to reset stream')
      return
    }
    this.#setDictionary()
    if (this.#result !== Result.ok) this.#fail('Failed to set dictionary')
  }

  #restart(): void {
    const reset = isCompressing(this.#mode) ? 'deflateReset' : 'inflateReset'
    this.#result = this.#zlib[reset](this.#stream)
  }

  /** The library has no `deflateParams`: all pending output has been flushed before, and the rest is a few numbers. */
  params(level: number, strategy: number): void {
    if (!isCompressing(this.#mode) || !this.#start()) return
    const { state } = this.#stream
    const { memLevel } = this.#options
    const other = new this.#zlib.ZStream()
    this.#zlib.deflateInit2(other, level, method, 15, memLevel, strategy)
    if (state.level !== other.state.level) {
      // What has only been stored is not in the table of hashes as compression wants it.
      if (state.level === 0 && state.matches !== 0) {
        state.head.fill(0)
        state.matches = 0
      }
      for (const name of [
        'level',
        'max_lazy_match',
        'good_match',
        'nice_match',
        'max_chain_length',
      ]) {
        state[name] = other.state[name]
      }
    }
    state.strategy = strategy
  }

  /** While a write is under way, when it is done. */
  close(): void {
    this.#isClosing = this.#isWriting
    if (this.#isWriting) return
    for (const name of ['input', 'output', 'state']) this.#stream[name] = null
  }

  #prepare([flush, input, inputOffset, inputLength, output, ...room]: WriteArguments): void {
    const stream = this.#stream
    this.#flush = flush
    stream.input = input ? bytesOf(input) : new Uint8Array(0)
    stream.next_in = inputOffset
    stream.avail_in = input ? inputLength : 0
    stream.output = output
    stream.next_out = room[0]
    stream.avail_out = room[1]
  }

  #work(): void {
    const stream = this.#stream
    if (!this.#start()) return
    if (isCompressing(this.#mode)) {
      this.#result = this.#zlib.deflate(stream, this.#flush)
      return
    }
    if (this.#mode === Mode.unzip) this.#detect()
    this.#inflate()
    const { isSingle } = this.#options
    // Another member may follow in the same file, or nothing but zeros, which is allowed.
    while (
      !isSingle &&
      stream.avail_in > 0 &&
      this.#mode === Mode.gunzip &&
      this.#result === Result.streamEnd &&
      stream.input[stream.next_in] !== 0
    ) {
      this.#restart()
      this.#result = this.#zlib.inflate(stream, this.#flush)
    }
  }

  #inflate(): void {
    const stream = this.#stream
    const { dictionary } = this.#options
    this.#result = this.#zlib.inflate(stream, this.#flush)
    if (
      this.#result !== Result.needDictionary ||
      this.#mode === Mode.inflateRaw ||
      !dictionary?.length
    )
      return
    this.#result = this.#zlib.inflateSetDictionary(stream, dictionary)
    if (this.#result === Result.ok) this.#result = this.#zlib.inflate(stream, this.#flush)
    // Otherwise it is not the right one, which must not be taken for bad input.
    else if (this.#result === Result.dataError) this.#result = Result.needDictionary
  }

  /** Which of the two formats `unzip` has before it; the two bytes that tell may come one by one. */
  #detect(): void {
    const { input, next_in: start, avail_in: length } = this.#stream
    for (let index = start; index < start + length; index++) {
      if (input[index] !== gzipMagic[this.#magicRead]) {
        this.#mode = Mode.inflate
        return
      }
      if (++this.#magicRead === gzipMagic.length) {
        this.#mode = Mode.gunzip
        return
      }
    }
  }

  #check(): boolean {
    if (this.#result === Result.ok || this.#result === Result.bufferError) {
      const isComplete = this.#stream.avail_out === 0 || this.#flush !== Flush.finish
      return isComplete || this.#fail('unexpected end of file')
    }
    if (this.#result === Result.streamEnd) return true
    if (this.#result !== Result.needDictionary) return this.#fail('Zlib error')
    return this.#fail(this.#options.dictionary?.length ? 'Bad dictionary' : 'Missing dictionary')
  }

  #fail(message: string): false {
    const errno = this.#result
    this.onerror(this.#stream.msg || message, errno, resultNames[errno] as string)
    return false
  }

  #report(): void {
    const { writeState } = this.#options
    writeState[0] = this.#stream.avail_out
    writeState[1] = this.#stream.avail_in
  }
}
