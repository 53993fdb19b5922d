import { createInterface } from 'node:readline'
import { PassThrough, type Readable } from 'node:stream'

/**
 * An input that hands out a line only when those before it are done with: what is piped in comes all at once.
 * @param settled resolves when no line runs any more
 */
export function lineByLine(input: Readable, settled: () => Promise<void>): Readable {
  const output = new PassThrough()
  const pump = async () => {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      output.write(`${line}\n`)
      // By then the prompt has read it.
      await new Promise(setImmediate)
      await settled()
    }
    output.end()
  }
  void pump()
  return output
}
