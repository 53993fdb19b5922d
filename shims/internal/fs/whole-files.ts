/** `readFile`, `writeFile` and `appendFile`, synchronous: from descriptors or paths, as bytes or as text. */

import type { ShimContext } from '../../../src/seams.ts'
import { encodeUtf8 } from '../../../src/utf8.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import type { Descriptors } from './descriptors.ts'
import { attempt, fsError } from './errors.ts'
import { append, mayRead, mayWrite, truncate } from './flags.ts'
import type { Inode } from './inode.ts'
import { bytesOf } from './transfers.ts'
import type { Tree } from './tree.ts'

export interface WholeFiles {
  readonly operations: Record<string, LooseFunction>
  /** Writes, and gives the descriptor that is still open, for who has to flush it. */
  writeAndKeepOpen(file: string | number, data: Loose, options: Loose): number
}

/** @param fs the finished builtin, whose `fsyncSync` the guest may have patched */
export function createWholeFiles(
  context: ShimContext,
  fs: Loose,
  tree: Tree,
  descriptors: Descriptors,
): WholeFiles {
  function readFile(file: string | number, { encoding, flag }: Loose): unknown {
    if (typeof file === 'number') return shown(restOf(file), encoding)
    const inode = descriptors.openInode(file, flag, 0o666)
    if (inode.isDirectory) throw fsError('EISDIR', 'read')
    if (!mayRead(flag)) throw fsError('EBADF', 'read')
    inode.demandReadable()
    return isUtf8(encoding) ? inode.text() : shown(new Uint8Array(inode.bytes()), encoding)
  }

  /** From where the descriptor stands to the end. */
  function restOf(fd: number): Uint8Array {
    const { inode, position } = descriptors.fileOf(fd, 'fstat')
    inode.demandReadable()
    const rest = new Uint8Array(Math.max(0, inode.size - position))
    const count = descriptors.read(fd, rest, null)
    return rest.subarray(0, count)
  }

  function shown(bytes: Uint8Array, encoding: Loose): unknown {
    const { Buffer } = context.require('buffer')
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer
  }

  function writeFile(file: string | number, data: Loose, options: Loose): void {
    if (options.flush) {
      const fd = writeAndKeepOpen(file, data, options)
      try {
        fs.fsyncSync(fd)
      } finally {
        if (fd !== file) descriptors.close(fd)
      }
      return
    }
    if (typeof file === 'number') {
      writeTo(file, data, options.encoding)
      return
    }
    const { flag } = options
    const isReplaced = (flag & truncate) !== 0
    const inode = descriptors.openInode(file, flag & ~truncate, options.mode)
    if (!mayWrite(flag)) throw fsError('EBADF', 'write')
    const start = flag & append ? inode.size : 0
    attempt(
      () => {
        if (isReplaced) replace(inode, data, options.encoding)
        else inode.write(contentsOf(data, options.encoding), start)
      },
      'open',
      file,
    )
    tree.tell('change', inode.entry, inode.place)
  }

  /** The volume may keep a text as it is, unless UTF-8 has no form for it. */
  function replace(inode: Inode, data: Loose, encoding: Loose): void {
    const isText = typeof data === 'string' && (!encoding || isUtf8(encoding))
    const isKept = isText && !/[\ud800-\udfff]/.test(data)
    inode.replace(isKept ? data : contentsOf(data, encoding))
  }

  /** A copy of its own. */
  function contentsOf(data: Loose, encoding: Loose): Uint8Array {
    if (typeof data !== 'string') return new Uint8Array(bytesOf(data))
    if (!encoding || isUtf8(encoding)) return encodeUtf8(data)
    return new Uint8Array(context.require('buffer').Buffer.from(data, encoding))
  }

  function writeTo(fd: number, data: Loose, encoding: Loose): void {
    const bytes = contentsOf(data, encoding)
    if (bytes.length === 0) descriptors.fileOf(fd, 'write')
    else descriptors.write(fd, bytes, null)
  }

  function writeAndKeepOpen(file: string | number, data: Loose, options: Loose): number {
    const fd = typeof file === 'number' ? file : descriptors.open(file, options.flag, options.mode)
    try {
      writeTo(fd, data, options.encoding)
    } catch (error) {
      if (fd !== file) descriptors.close(fd)
      throw error
    }
    return fd
  }

  return {
    operations: {
      readFile,
      writeFile,
      appendFile: writeFile,
    },
    writeAndKeepOpen,
  }
}

function isUtf8(encoding: Loose): boolean {
  return encoding === 'utf8' || encoding === 'utf-8'
}
