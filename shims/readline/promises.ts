/** https://nodejs.org/docs/latest-v26.x/api/readline.html#promises-api */

import type { Shim } from '../../src/seams.ts'
import type { Loose } from '../internal/loose.ts'
import { shapeMembers } from '../internal/names.ts'
import { ask, readlineInterface } from '../internal/readline/interface.ts'

const shim: Shim = (context) => {
  const Base = readlineInterface(context)
  const { question } = Base.prototype

  class Interface extends Base {
    /** Whatever a completer gives is waited for. */
    readonly _awaitsCompleter = true

    question(query: string, options?: Loose): Promise<string> {
      return ask({ question: question.bind(this) }, query, options)
    }
  }

  /** Collects what is to be done with the terminal, and writes it in one go. */
  class Readline {
    readonly #stream: Loose
    readonly #autoCommit: boolean
    #waiting = ''

    constructor(stream: Loose, options?: { readonly autoCommit?: boolean }) {
      this.#stream = stream
      this.#autoCommit = Boolean(options?.autoCommit)
    }

    #add(method: string, ...args: unknown[]): this {
      const write = (text: string) => {
        this.#waiting += text
        return true
      }
      const { prototype } = context.require('tty').WriteStream
      prototype[method].apply({ write }, args)
      if (this.#autoCommit) context.require('process').nextTick(() => this.commit())
      return this
    }

    cursorTo(x: number, y?: number): this {
      return this.#add('cursorTo', x, y)
    }

    moveCursor(dx: number, dy: number): this {
      return this.#add('moveCursor', dx, dy)
    }

    clearLine(direction: number): this {
      return this.#add('clearLine', direction)
    }

    clearScreenDown(): this {
      return this.#add('clearScreenDown')
    }

    commit(): Promise<void> {
      const text = this.#waiting
      this.#waiting = ''
      return new Promise((resolve) => this.#stream.write(text, () => resolve()))
    }

    rollback(): this {
      this.#waiting = ''
      return this
    }
  }

  function createInterface(
    input: Loose,
    output?: Loose,
    completer?: Loose,
    terminal?: Loose,
  ): Interface {
    return new (Interface as Loose)(input, output, completer, terminal)
  }
  Object.defineProperty(createInterface, 'length', { value: 4, configurable: true })
  shapeMembers(Interface.prototype, 'question/1')
  shapeMembers(Readline.prototype, 'cursorTo/1')
  return shapeMembers({ Interface, Readline, createInterface }, 'Readline/1')
}

export default shim
