/** What `fs` does, each function once: synchronous, on arguments that are checked. */

import { createError } from '../../../src/errors.ts'
import { Kind, type ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { createChanges } from './changes.ts'
import type { Descriptors } from './descriptors.ts'
import { createReaddir } from './directories.ts'
import { makeDisposable } from './disposal.ts'
import { attempt, fsError } from './errors.ts'
import { parseFlags } from './flags.ts'
import type { Inode } from './inode.ts'
import { encodeText } from './paths.ts'
import type { StatsClasses } from './stats.ts'
import { type Found, refusal, type Tree } from './tree.ts'

export interface Operations {
  readonly [name: string]: LooseFunction
}

export function createOperations(
  context: ShimContext,
  tree: Tree,
  descriptors: Descriptors,
  { build, buildStatFs }: StatsClasses,
  buildDirent: LooseFunction,
): Operations {
  const changes = createChanges(tree, descriptors)
  const encode = (text: string, encoding: Loose) => encodeText(context, text, encoding)

  function find(path: string, syscall: string, follow = true): Found {
    return tree.find(path, follow, { syscall, path })
  }

  /** A change of what belongs to an inode. */
  function changeInode(
    inode: Inode,
    syscall: string,
    path: string | undefined,
    action: () => void,
  ) {
    attempt(action, syscall, path)
    tree.tell('change', inode.entry, inode.place)
  }

  /** Three functions of one kind: for paths, for links, for descriptors. */
  function attribute(
    name: string,
    change: (inode: Inode, ...values: Loose[]) => void,
    calls: readonly [path: string, link: string, fd: string] = [name, `l${name}`, `f${name}`],
  ): Record<string, LooseFunction> {
    const byPath =
      (follow: boolean, syscall: string) =>
      (path: string, ...values: Loose[]) => {
        const inode = tree.inodeAt(find(path, syscall, follow))
        changeInode(inode, syscall, path, () => change(inode, ...values))
      }
    return {
      [name]: byPath(true, calls[0]),
      [`l${name}`]: byPath(false, calls[1]),
      [`f${name}`](fd: number, ...values: Loose[]) {
        const { inode } = descriptors.fileOf(fd, calls[2])
        changeInode(inode, calls[2], undefined, () => change(inode, ...values))
      },
    }
  }

  function realpathOf(path: string): string {
    const { directory, name, entry } = find(path, 'realpath')
    if (entry.kind === Kind.Directory) return entry.path
    return `${directory.path === '/' ? '' : directory.path}/${name}`
  }

  /** node's own realpath goes by `lstat`, name by name, and its errors tell of the name where it ended. */
  function asJavaScriptRealpath(full: string, error: Loose): unknown {
    if (!error?.code || error.syscall !== 'realpath') return error
    let end = 0
    while (end !== -1) {
      end = full.indexOf('/', end + 1)
      const place = end === -1 ? full : full.slice(0, end)
      const found = tree.walk(place, false)
      if (typeof found === 'string') return fsError(found, 'lstat', place)
      if (found.entry.kind !== Kind.Link) continue
      const target = tree.walk(place, true)
      if (typeof target === 'string') return fsError(target, 'stat', place)
    }
    return error
  }

  const operations: Record<string, LooseFunction> = {
    ...changes,
    ...attribute('chmod', (inode, mode) => inode.chmod(mode)),
    ...attribute('chown', (inode, uid, gid) => inode.chown(uid, gid)),
    ...attribute('utimes', (inode, atimeMs, mtimeMs) => inode.change({ atimeMs, mtimeMs }), [
      'utime',
      'lutime',
      'futime',
    ]),
    readdir: createReaddir(context, tree, buildDirent),

    access(path: string, mode: number): void {
      const found = find(path, 'access')
      if (!tree.inodeAt(found).allows(mode)) throw fsError('EACCES', 'access', path)
    },

    exists: (path: string) => typeof tree.walk(path, true) !== 'string',
    lstat: (path: string, { bigint }: Loose) =>
      build(tree.inodeAt(find(path, 'lstat', false)), bigint),

    /** What is absent is no error where the guest says so. */
    stat(path: string, { bigint, throwIfNoEntry }: Loose): unknown {
      const found = tree.walk(path, true)
      if (typeof found !== 'string') return build(tree.inodeAt(found), bigint)
      if (throwIfNoEntry === false && (found === 'ENOENT' || found === 'ENOTDIR')) return undefined
      throw refusal(found, { syscall: 'stat', path })
    },

    fstat(fd: number, { bigint }: Loose): unknown {
      return build(descriptors.fileOf(fd, 'fstat').inode, bigint)
    },

    statfs(path: string, { bigint }: Loose): unknown {
      find(path, 'statfs')
      return buildStatFs(bigint)
    },

    readlink(path: string, encoding: Loose): unknown {
      const { entry } = find(path, 'readlink', false)
      if (entry.kind !== Kind.Link) throw fsError('EINVAL', 'readlink', path)
      return encode(entry.target, encoding)
    },

    realpathNative: (path: string, encoding: Loose) => encode(realpathOf(path), encoding),

    /** Goes up by the text of the path, as node's own does, and not from where a link leads. */
    realpath(path: string, encoding: Loose): unknown {
      const full: string = context.require('path').resolve(path)
      try {
        return encode(realpathOf(full), encoding)
      } catch (error) {
        throw asJavaScriptRealpath(full, error as Loose)
      }
    },

    mkdtemp(prefix: string, encoding: Loose): unknown {
      for (;;) {
        const path = prefix + randomName()
        try {
          changes.mkdir?.call(undefined, path, { mode: 0o700 })
          return encode(path, encoding)
        } catch (error) {
          const { code } = error as Loose
          if (code !== 'EEXIST') throw fsError(code, 'mkdtemp', `${prefix}XXXXXX`)
        }
      }
    },

    mkdtempDisposable(prefix: string, encoding: Loose): unknown {
      const path = operations.mkdtemp?.call(undefined, prefix, encoding)
      const full = context.require('path').resolve(String(path))
      const remove = () => changes.rm?.call(undefined, full, { recursive: true, force: true })
      return makeDisposable({ path, remove }, 'dispose', () => remove(), true)
    },

    open: (path: string, flags: number, mode: number) => descriptors.open(path, flags, mode),
    close: (fd: number) => descriptors.close(fd),

    fsync(fd: number): void {
      descriptors.fileOf(fd, 'fsync')
    },

    fdatasync(fd: number): void {
      descriptors.fileOf(fd, 'fdatasync')
    },

    ftruncate: (fd: number, length: number) => descriptors.truncate(fd, length),

    truncate(path: string, length: number): void {
      const inode = descriptors.openInode(path, parseFlags('r+'), 0o666)
      changeInode(inode, 'open', path, () => inode.truncate(length))
    },

    copyFile(src: string, dest: string, mode: number): void {
      const call = { syscall: 'copyfile', path: src, dest }
      const source = tree.inodeAt(tree.find(src, true, call))
      if (!source.allows(4)) throw refusal('EACCES', call)
      if (mode & 1 && typeof tree.walk(dest, false) !== 'string') throw refusal('EEXIST', call)
      if (source.isDirectory) throw refusal('EISDIR', call)
      const bytes = new Uint8Array(source.bytes())
      const present = tree.walk(dest, true)
      if (typeof present !== 'string' && present.entry === source.entry) return
      try {
        const target = descriptors.openInode(dest, parseFlags('w'), source.mode)
        changeInode(target, 'copyfile', src, () => target.replace(bytes))
      } catch (error) {
        const { code, syscall } = error as Loose
        if (code && syscall) throw refusal(code, call)
        throw error
      }
    },

    openAsBlob(path: string, options: Loose): unknown {
      const { Blob } = context.require('buffer')
      const inode = tree.inodeAt(find(path, 'stat'))
      if (inode.isFile) return new Blob([inode.bytes()], { type: options.type || '' })
      throw createError('ERR_INVALID_ARG_VALUE', 'path', path, 'Unable to open file as blob')
    },
  }
  return operations
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

function randomName(): string {
  return Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join(
    '',
  )
}
