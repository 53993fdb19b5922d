/** The page's side of a run. A worker waits ready-made, so that the next program starts at once. */
import type { RequestMode } from 'lodger/hosts/page'
import type { Answer, FromWorker, ModuleTime, News, Program, Stream, ToWorker } from './protocol.ts'

export interface RunListener {
  write(stream: Stream, text: string): void
  /** So many lines came too fast. */
  omit(lines: number): void
  change(files: News['files']): void
  modules(times: readonly ModuleTime[]): void
  waits(forInput: boolean): void
  /** `undefined` when it was stopped. */
  end(exitCode: number | undefined): void
}

export interface Runner {
  readonly isRunning: boolean
  /** Makes the first worker, so that nobody waits for it later. */
  prepare(): void
  /** Stops what runs. */
  start(program: Program, listener: RunListener): void
  stop(): void
  input(text: string | null): void
  explain(program: Program, specifier: string, from: string, mode: RequestMode): Promise<Answer>
}

export function createRunner(): Runner {
  let spare: Worker | undefined
  let running: { readonly worker: Worker; readonly listener: RunListener } | undefined
  let questions = 0

  const make = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const ask = (worker: Worker, message: ToWorker) => worker.postMessage(message)

  function take(): Worker {
    const worker = spare ?? make()
    spare = undefined
    return worker
  }

  function finish(exitCode: number | undefined): void {
    if (running === undefined) return
    const { worker, listener } = running
    running = undefined
    worker.terminate()
    spare ??= make()
    listener.end(exitCode)
  }

  function hear(message: FromWorker, listener: RunListener): void {
    if (message.kind === 'news') {
      if (message.omitted > 0) listener.omit(message.omitted)
      for (const [stream, text] of message.output) listener.write(stream, text)
      if (message.files.length > 0) listener.change(message.files)
      if (message.modules.length > 0) listener.modules(message.modules)
    }
    if (message.kind === 'waiting') listener.waits(message.forInput)
    if (message.kind === 'end') finish(message.exitCode)
  }

  return {
    get isRunning() {
      return running !== undefined
    },
    prepare() {
      spare ??= make()
    },
    start(program, listener) {
      finish(undefined)
      const worker = take()
      running = { worker, listener }
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (running?.worker === worker) hear(data, listener)
      })
      worker.addEventListener('error', (event) => {
        if (running?.worker !== worker) return
        event.preventDefault()
        listener.write('stderr', `The worker that ran the program has failed: ${event.message}\n`)
        finish(1)
      })
      ask(worker, { kind: 'run', program })
    },
    stop: () => finish(undefined),
    input(text) {
      if (running) ask(running.worker, { kind: 'input', text })
    },
    explain(program, specifier, from, mode) {
      spare ??= make()
      const worker = spare
      const number = questions++
      return new Promise((resolve, reject) => {
        const listen = ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind !== 'explained' || data.number !== number) return
          worker.removeEventListener('message', listen)
          resolve(data.answer)
        }
        worker.addEventListener('message', listen)
        worker.addEventListener('error', ({ message }) => reject(new Error(message)))
        ask(worker, { kind: 'explain', number, program, specifier, from, mode })
      })
    },
  }
}
