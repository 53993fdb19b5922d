/** From what a terminal sends to keys: letters, control characters, and the escape sequences of the common terminals. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

export interface Key {
  readonly sequence: string
  readonly name: string | undefined
  readonly ctrl: boolean
  readonly meta: boolean
  readonly shift: boolean
  readonly code?: string
}

/** How long an escape may be the beginning of a sequence. */
const patience = 500

const esc = '\u001B'

const letters: Readonly<Record<string, string>> = {
  ...{ A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home' },
  ...{ P: 'f1', Q: 'f2', R: 'f3', S: 'f4', Z: 'tab' },
}

/** What stands before `~`, `^` and `$`. */
const numbers: Readonly<Record<number, string>> = {
  ...{ 1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home' },
  ...{ 8: 'end', 11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8' },
  ...{ 20: 'f9', 21: 'f10', 23: 'f11', 24: 'f12', 200: 'paste-start', 201: 'paste-end' },
}

/** A sequence behind its ESC: `O`, a modifier and a letter; or `[`, numbers and what ends it. */
const sequence = /^(?:O(\d?)(\D)|\[(\[?)(\d{0,3})(?:;(\d?))?([^\d;[]))$/
const begin = /^(?:O\d?|\[\[?\d{0,3}(?:;\d?)?)?$/

/** Takes character after character. */
class Decoder {
  #pending = ''
  readonly #emit: (text: string | undefined, key: Key) => void

  constructor(emit: (text: string | undefined, key: Key) => void) {
    this.#emit = emit
  }

  /** @param character empty when nothing has come for too long */
  take(character: string): void {
    const text = this.#pending + character
    let escapes = 0
    while (text[escapes] === esc) escapes++
    const rest = text.slice(escapes)
    const mayGoOn = character !== '' && (escapes === 1 || escapes === 2)
    if (mayGoOn && begin.test(rest)) {
      this.#pending = text
      return
    }
    this.#pending = ''
    if (text === '') return
    const match = escapes > 0 ? sequence.exec(rest) : null
    if (match !== null) this.#emit(undefined, ofSequence(text, match))
    else if (rest.length > 1 && escapes > 0) {
      // No sequence that anybody knows.
      this.#emit(undefined, { ...keyOf(text, 'undefined'), code: rest })
    } else {
      const isEscaped = escapes > (rest === '' && character !== '' ? 1 : 0)
      this.#emit(isEscaped ? undefined : text, ofCharacter(text, character, isEscaped))
    }
  }
}

function keyOf(text: string, name: string | undefined, modifiers = 0): Key {
  return {
    sequence: text,
    name,
    ctrl: (modifiers & 4) !== 0,
    meta: (modifiers & 10) !== 0,
    shift: (modifiers & 1) !== 0,
  }
}

function ofSequence(text: string, match: RegExpExecArray): Key {
  const [, oModifier, oLetter, bracket = '', digits = '', second, end = ''] = match
  if (oLetter !== undefined) return lettered(text, 'O', oLetter, Number(oModifier || 1) - 1)
  const prefix = `[${bracket}`
  if (/[~^$]/.test(end) && digits !== '') {
    const isLong = digits.length === 3
    const modifiers = isLong ? 0 : Number(second || 1) - 1
    const name = numbers[Number(digits)] ?? 'undefined'
    const more = end === '^' ? 4 : end === '$' ? 1 : 0
    return { ...keyOf(text, name, modifiers | more), code: `${prefix}${digits}${end}` }
  }
  if (bracket !== '' && /[A-E]/.test(end) && digits === '') {
    return { ...keyOf(text, `f${end.charCodeAt(0) - 64}`), code: prefix + end }
  }
  if (/[A-Za-z]/.test(end) && digits.length < 2) {
    return lettered(text, prefix, end, Number(second || digits || 1) - 1)
  }
  const shown = digits + (second === undefined ? '' : `;${second}`) + end
  return { ...keyOf(text, 'undefined'), code: prefix + shown }
}

function lettered(text: string, prefix: string, letter: string, modifiers: number): Key {
  const isLower = /[a-e]/.test(letter)
  const name = letters[isLower ? letter.toUpperCase() : letter] ?? 'undefined'
  const more = isLower ? (prefix === 'O' ? 4 : 1) : letter === 'Z' ? 1 : 0
  return { ...keyOf(text, name, modifiers | more), code: prefix + letter }
}

const named: Readonly<Record<string, string>> = {
  '\r': 'return',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007F': 'backspace',
  [esc]: 'escape',
  ' ': 'space',
  '': 'escape',
}

function ofCharacter(text: string, character: string, escaped: boolean): Key {
  const meta = escaped ? 2 : 0
  const name = named[character]
  if (name !== undefined) return keyOf(text, name, meta)
  if (!escaped && character <= '\u001A') {
    return keyOf(text, String.fromCharCode(character.charCodeAt(0) + 96), 4)
  }
  if (!/^[\da-z]$/i.test(character)) return keyOf(text, undefined, meta)
  return keyOf(text, character.toLowerCase(), meta | (/[A-Z]/.test(character) ? 1 : 0))
}

const watched = new WeakSet<object>()

/** Lets a stream emit `keypress` for as long as somebody listens to it. */
export function emitKeypressEvents(context: ShimContext, stream: Loose, iface?: Loose): void {
  // A stream belongs to one loader.
  if (watched.has(stream)) return
  watched.add(stream)
  const { StringDecoder } = context.require('string_decoder')
  const timers = context.require('timers')
  const bytes = new StringDecoder('utf8')
  const decoder = new Decoder((text, key) => stream.emit('keypress', text, key))
  let timer: unknown

  function onData(chunk: Loose): void {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData)
      stream.on('newListener', onNewListener)
      return
    }
    const text: string = bytes.write(chunk)
    if (text === '') return
    timers.clearTimeout(timer)
    const characters = [...text]
    if (iface) iface.isCompletionEnabled = false
    for (const [index, character] of characters.entries()) {
      const isLast = index === characters.length - 1
      // A tab in the middle of what was pasted is a tab.
      if (iface && isLast) iface.isCompletionEnabled = true
      decoder.take(character)
      if (isLast && character === esc) {
        timer = timers.setTimeout(() => decoder.take(''), iface?.escapeCodeTimeout ?? patience)
      }
    }
  }

  function onNewListener(event: string): void {
    if (event !== 'keypress') return
    stream.on('data', onData)
    stream.removeListener('newListener', onNewListener)
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData)
  else stream.on('newListener', onNewListener)
}
