/** `stream.duplexPair`: what is written to one side is read from the other. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'

export function createDuplexPair(
  context: ShimContext,
  Duplex: Loose,
): (options?: Loose) => [Loose, Loose] {
  const Base: new (options?: Loose) => Loose = Duplex

  class DuplexSide extends Base {
    #other: DuplexSide | undefined
    /** The write of the other side that waits to be read here. */
    #written: (() => void) | undefined

    connect(other: DuplexSide): void {
      this.#other = other
    }
    _read(): void {
      const written = this.#written
      this.#written = undefined
      written?.()
    }
    _write(chunk: Loose, _encoding: string, callback: () => void): void {
      const other = this.#other as DuplexSide
      if (chunk.length === 0) context.require('process').nextTick(callback)
      else {
        other.push(chunk)
        other.#written = callback
      }
    }
    _final(callback: () => void): void {
      const other = this.#other as Loose
      other.on('end', callback)
      other.push(null)
    }
    _destroy(error: Loose, callback: (error: Loose) => void): void {
      const other = this.#other as Loose
      if (!other.destroyed) {
        context.require('process').nextTick(() => {
          if (other.destroyed) return
          // Without the error: nobody would expect it on that side.
          if (error) other.destroy()
          else other.push(null)
        })
      }
      callback(error)
    }
  }

  return function duplexPair(options) {
    const first = new DuplexSide(options)
    const second = new DuplexSide(options)
    first.connect(second)
    second.connect(first)
    return [first, second]
  }
}
