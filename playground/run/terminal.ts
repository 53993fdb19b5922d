/** Makes the guest's standard streams those of a terminal: colours, a width, a line that is typed. */
import type { Loader } from 'lodger/hosts/page'

/** As wide as the console is on most screens; node wraps objects by it. */
const columns = 80

export interface Input {
  /** Whether the program listens, so that it is not over. */
  isWanted(): boolean
  /** A line that was typed, or `null` for the end. */
  push(text: string | null): void
}

/** @param echo shows what was typed, as a terminal does unless the program has switched it to raw mode */
export function connectTerminal(loader: Loader, echo: (text: string) => void): Input {
  const { process } = loader
  for (const name of ['stdout', 'stderr']) {
    const { get } = Object.getOwnPropertyDescriptor(process, name) ?? {}
    define(process, name, () => asTerminal(get?.call(process)))
  }
  // biome-ignore lint/suspicious/noExplicitAny: the guest's own stream
  let stdin: any
  // A shim's own input has ended before it began: there is nobody to type.
  define(process, 'stdin', () => {
    if (stdin === undefined) {
      const { Readable } = loader.require('stream') as { Readable: new (options: object) => object }
      stdin = Object.assign(new Readable({ read() {} }), {
        fd: 0,
        isTTY: true,
        isRaw: false,
        setRawMode(isRaw: unknown) {
          stdin.isRaw = Boolean(isRaw)
          return stdin
        },
      })
    }
    return stdin
  })
  return {
    isWanted: () =>
      stdin !== undefined &&
      !stdin.readableEnded &&
      !stdin.destroyed &&
      // Whoever reads by `readable`, as `for await` does, keeps the stream from flowing.
      (stdin.listenerCount('readable') > 0 ||
        (stdin.listenerCount('data') > 0 && !stdin.isPaused())),
    push(text) {
      if (text !== null && !stdin?.isRaw) echo(text)
      process.stdin.push(text)
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the guest's own stream
function asTerminal(stream: any): unknown {
  if (stream.isTTY) return stream
  return Object.assign(stream, {
    isTTY: true,
    columns,
    rows: 24,
    getColorDepth: () => 4,
    hasColors: (count: number | object = 16) => typeof count !== 'number' || count <= 16,
    getWindowSize: () => [columns, 24],
  })
}

function define(process: object, name: string, get: () => unknown): void {
  Object.defineProperty(process, name, { get, enumerable: true, configurable: true })
}
