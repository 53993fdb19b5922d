/** The prompt itself: node's own `repl`, with lines that run in a loader. */
import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { REPLServer, Recoverable, type ReplOptions, start } from 'node:repl'
import type { Loop } from '../../../shims/internal/loop.ts'
import type { Loader } from '../../hosts/node/index.ts'
import type { Transpile } from '../../seams.ts'
import { createEvaluator } from './evaluator.ts'
import { lineByLine } from './input.ts'
import { Incomplete, type Line, readLine } from './line.ts'
import { createWriter, describeUncaught } from './show.ts'
import { createTypeStripper } from './strip-types.ts'

/** What node takes beside what it documents. */
const unlisted = {
  historySize: 1000,
  // A domain of its own, which newer ones that have this method do without, makes node mark every promise, and printing
  // would show the marks.
  ...(!('_handleError' in REPLServer.prototype) && {
    domain: Object.assign(new EventEmitter(), { bind: (callback: unknown) => callback }),
  }),
} as ReplOptions

type Finish = (error: Error | null, value?: unknown) => void

/** @param transpile what makes JavaScript of typed lines */
export function startSession(loader: Loader, loop: Loop, transpile: Transpile | undefined): void {
  const stripTypes = createTypeStripper(transpile)
  const guest = loader.process
  const evaluator = createEvaluator(loader, loop)
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true
  /** Who knows the columns of each line, by what stacks call it. */
  const lines = new Map<string, Line>()
  const writer = createWriter(loader, lines, terminal && process.stdout.hasColors())
  /** Settles when the line that runs, and those that wait for it, are done. */
  let settled: Promise<void> = Promise.resolve()
  let running = 0

  const server = start({
    ...unlisted,
    prompt: '> ',
    input: terminal ? process.stdin : lineByLine(process.stdin, () => settled),
    output: process.stdout,
    terminal,
    writer,
    eval(text, _context, filename, finish: Finish) {
      let line: Line
      try {
        line = readLine(text, filename, stripTypes)
        lines.set(filename, line)
      } catch (error) {
        if (error instanceof Incomplete) finish(new Recoverable(error))
        else fail(error, finish)
        return
      }
      if (running === 0 && !line.isAsync) runNow(line, filename, finish)
      else runLater(line, filename, finish)
    },
  })

  function runNow(line: Line, filename: string, finish: Finish): void {
    try {
      finish(
        null,
        withPlainKeys(() => evaluator.run(line, filename)),
      )
    } catch (error) {
      fail(error, finish)
    }
  }

  /** Lines that are typed while another awaits something come after it. */
  function runLater(line: Line, filename: string, finish: Finish): void {
    running++
    settled = settled.then(async () => {
      try {
        const result = withPlainKeys(() => evaluator.run(line, filename))
        if (line.isAsync) finish(null, (await untilInterrupted(result)).value)
        else finish(null, result)
      } catch (error) {
        fail(error, finish)
      } finally {
        running--
      }
    })
  }

  /** Ctrl-C is a signal only where the terminal makes one of it, and a key elsewhere. */
  function withPlainKeys<Result>(action: () => Result): Result {
    if (!terminal) return action()
    process.stdin.setRawMode(false)
    try {
      return action()
    } finally {
      process.stdin.setRawMode(true)
    }
  }

  /** Ctrl-C leaves alone what is awaited. */
  async function untilInterrupted(result: unknown): Promise<{ value: unknown }> {
    const listeners = server.listeners('SIGINT') as (() => void)[]
    server.removeAllListeners('SIGINT')
    try {
      return await new Promise((resolve, reject) => {
        server.once('SIGINT', () => reject(interrupted()))
        ;(result as Promise<{ value: unknown }>).then(resolve, reject)
      })
    } finally {
      server.removeAllListeners('SIGINT')
      for (const listener of listeners) server.on('SIGINT', listener)
    }
  }

  function fail(error: unknown, finish: Finish): void {
    if (guest.listenerCount('uncaughtException') === 0) show(error)
    else loop.run(() => guest.emit('uncaughtException', error, 'uncaughtException'))
    finish(null)
  }

  function show(error: unknown): void {
    Object.assign(server, { lastError: error })
    let text: string
    try {
      text = describeUncaught(error, writer)
    } catch {
      text = 'Uncaught: something that throws when it is printed'
    }
    server.output.write(`${text}\n`)
  }

  guest.addUncaughtExceptionCaptureCallback((error: unknown) => {
    if (guest.listenerCount('uncaughtException') > 0) return false
    show(error)
    server.clearBufferedCommand()
    server.displayPrompt()
    return true
  })
  server.defineCommand('clear', {
    help: 'Alias for .break',
    action() {
      this.clearBufferedCommand()
      this.displayPrompt()
    },
  })
  server.on('exit', () => {
    void settled.then(() => loop.run(() => guest.exit()))
  })
  moveContext(server, loader)
  if (!terminal) return
  // Just before and after a line runs, and when the prompt is closed.
  process.on('SIGINT', () => server.emit('SIGINT'))
  keepHistory(server)
}

/** `_` and `_error` go to the guest's global object, where names are completed from, too. */
function moveContext(server: REPLServer, { global }: Loader): void {
  for (const name of ['_', '_error']) {
    const own = Object.getOwnPropertyDescriptor(server.context, name) as PropertyDescriptor
    Object.defineProperty(global, name, own)
  }
  Object.assign(server, { context: global })
}

function keepHistory(server: REPLServer): void {
  const path = process.env.LODGER_REPL_HISTORY ?? join(homedir(), '.lodger_repl_history')
  if (path.trim() === '') return
  // What is wrong with the file node has said by then; there is a prompt all the same.
  server.setupHistory(path, () => {})
}

function interrupted(): Error {
  const error = new Error('Asynchronous execution was interrupted by `SIGINT`')
  return Object.assign(error, { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED' })
}
