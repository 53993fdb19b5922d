/** https://nodejs.org/docs/latest-v26.x/api/readline.html: on streams, and on streams that are terminals. */

import type { Shim } from '../src/seams.ts'
import { defineLate } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { ask, readlineInterface } from './internal/readline/interface.ts'
import { emitKeypressEvents } from './internal/readline/keys.ts'

const shim: Shim = (context) => {
  const Interface = readlineInterface(context)
  const { cursorTo, moveCursor, clearLine, clearScreenDown } =
    context.require('tty').WriteStream.prototype

  Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function (
    this: Loose,
    query: string,
    options: Loose,
  ) {
    return ask(this, query, options)
  }

  const onStream = (method: Loose, count: number, name: string) => {
    const fn = (stream: Loose, ...args: Loose[]): boolean => method.apply(stream, args)
    return Object.defineProperties(fn, {
      name: { value: name, configurable: true },
      length: { value: count, configurable: true },
    })
  }

  function createInterface(...args: Loose[]): Loose {
    return new Interface(...args)
  }

  const exports = {
    Interface,
    clearLine: onStream(clearLine, 3, 'clearLine'),
    clearScreenDown: onStream(clearScreenDown, 2, 'clearScreenDown'),
    createInterface,
    cursorTo: onStream(cursorTo, 4, 'cursorTo'),
    emitKeypressEvents: (stream: Loose, iface?: Loose): void =>
      emitKeypressEvents(context, stream, iface),
    moveCursor: onStream(moveCursor, 4, 'moveCursor'),
  }
  Object.defineProperty(exports.createInterface, 'length', { value: 4, configurable: true })
  Object.defineProperty(Interface.prototype, 'question', { enumerable: true })
  defineLate(exports, 'promises', () => context.require('readline/promises'))
  return exports
}

export default shim
