/** Descriptors 0, 1 and 2: what the host shows, and an empty input. */

import { Kind, type ShimContext } from '../../../src/seams.ts'
import { decodeUtf8 } from '../../../src/utf8.ts'
import type { Loose } from '../loose.ts'
import { Inode, type InodeHome } from './inode.ts'
import { Name, type NameHome } from './name.ts'

const empty = new Uint8Array(0)

/** A device that passes on what is written to it. */
class StandardStream extends Inode {
  readonly #write: (text: string) => void

  constructor(home: InodeHome, write: (text: string) => void) {
    const entry = { kind: Kind.File, text: () => '', bytes: () => empty }
    super(home, entry, undefined, { mode: 0o020620 })
    this.#write = write
  }

  override write(from: Uint8Array, offset = 0, length: number = from.length): number {
    this.#write(decodeUtf8(from.subarray(offset, offset + length)))
    return length
  }

  override truncate(): void {}
}

export function openStandardStreams(
  context: ShimContext,
  store: Loose,
  memfs: Loose,
  home: InodeHome & NameHome,
): void {
  const { host } = context
  const writers = [
    () => {},
    (text: string) => host.write('stdout', text),
    (text: string) => host.write('stderr', text),
  ]
  writers.forEach((write, fd) => {
    const node = new StandardStream(home, write)
    node.opens = 1
    const name = new Name(home, store.root, `dev/fd/${fd}`, node)
    // Open for reading and writing alike, as on a terminal.
    store.fds[fd] = new memfs.File(name, node, 2, fd)
  })
}
