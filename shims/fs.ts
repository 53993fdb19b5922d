// https://nodejs.org/docs/latest-v26.x/api/fs.html

import type { Shim } from '../src/seams.ts'
import { createConstants } from './internal/fs/constants.ts'
import type { Library } from './internal/fs/library.ts'
import { toUnixTimestamp } from './internal/fs/paths.ts'
import { createPromises } from './internal/fs/promises.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { ownFunction } from './internal/names.ts'
import { stubExports } from './internal/stub-exports.ts'

/** Name and `length` of each function in node's order. A star: it calls back. No number: Linux has it not. */
const functions = `appendFile/4* appendFileSync/3 access/3* accessSync/2 chown/4* chownSync/3 chmod/3* chmodSync/2
close/1* closeSync/1 copyFile/4* copyFileSync/3 cp/4* cpSync/3 createReadStream/2 createWriteStream/2 exists/2*
existsSync/1 fchown/4* fchownSync/3 fchmod/3* fchmodSync/2 fdatasync/2* fdatasyncSync/1 fstat/1* fstatSync/1
fsync/2* fsyncSync/1 ftruncate/1* ftruncateSync/1 futimes/4* futimesSync/3 glob/3* globSync/2 lchown/4*
lchownSync/3 lchmod lchmodSync link/3* linkSync/2 lstat/1* lstatSync/1 lutimes/4* lutimesSync/3 mkdir/3*
mkdirSync/2 mkdtemp/3* mkdtempSync/2 mkdtempDisposableSync/2 open/4* openSync/3 openAsBlob/1 openAsBlobSync/1
readdir/3* readdirSync/2 read/6* readSync/5 readv/4* readvSync/3 readFile/3* readFileSync/2 readlink/3*
readlinkSync/2 realpath/3* realpathSync/2 rename/3* renameSync/2 rm/3* rmSync/2 rmdir/3* rmdirSync/2 stat/1*
statfs/1* statSync/1 statfsSync/1 symlink/4* symlinkSync/3 truncate/3* truncateSync/2 unwatchFile/2 unlink/2*
unlinkSync/1 utimes/4* utimesSync/3 watch/3 watchFile/3 writeFile/4* writeFileSync/3 write/6* writeSync/5
writev/4* writevSync/3`

/** What `util.promisify` makes of callbacks with two values. */
const twoValues = {
  read: ['bytesRead', 'buffer'],
  readv: ['bytesRead', 'buffers'],
  write: ['bytesWritten', 'buffer'],
  writev: ['bytesWritten', 'buffers'],
} as const

const createFs: Shim = (context) => {
  const fs: Loose = {}
  // Most packages that require `fs` never call it: all that it is made of comes with the first call.
  let library: Library | undefined
  const libraryOnce = () => (library ??= context.require('internal/fs')(fs) as Library)
  const streamsOnce = () => libraryOnce().streams
  const calling = (name: string) => lazily((library) => library.method(name))
  const callingBack = (name: string) => lazily((library) => library.callbackMethod(name))

  for (const [, name = '', length, star] of functions.matchAll(/(\w+)(?:\/(\d)(\*)?)?/g)) {
    if (length === undefined) {
      fs[name] = undefined
      continue
    }
    fs[name] = named(name, Number(length), star === undefined ? calling(name) : callingBack(name))
  }
  fs.realpath.native = named('', 3, callingBack('realpathNative'))
  fs.realpathSync.native = named('', 2, calling('realpathNativeSync'))
  const promisify = Symbol.for('nodejs.util.promisify.custom')
  for (const [name, [first, second]] of Object.entries(twoValues)) {
    const value = (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        fs[name](...args, (error: unknown, count: number, data: unknown) =>
          error ? reject(error) : resolve({ [first]: count, [second]: data }),
        )
      })
    Object.defineProperty(fs[name], promisify, { value })
  }
  const exists = (path: unknown) => new Promise((resolve) => fs.exists(path, resolve))
  Object.defineProperty(fs.exists, promisify, { value: exists })

  lazyClass('Dirent')
  lazyClass('Stats')
  for (const [name, kind] of [
    ['ReadStream', 'ReadStream'],
    ['WriteStream', 'WriteStream'],
    ['FileReadStream', 'ReadStream'],
    ['FileWriteStream', 'WriteStream'],
  ] as const) {
    let replaced: unknown
    const get = () => replaced ?? streamsOnce()[kind]
    accessor(name, get, (value) => {
      replaced = value
      // As in node: `createReadStream` makes what stands here.
      if (name === kind) streamsOnce()[kind] = value
    })
  }
  const { Utf8Stream } = stubExports(context, 'fs')
  accessor('Utf8Stream', () => Utf8Stream)
  fs._toUnixTimestamp = ownFunction(toUnixTimestamp)
  lazyClass('Dir')
  fs.opendir = named('opendir', 3, callingBack('opendir'))
  fs.opendirSync = named('opendirSync', 2, calling('opendirSync'))
  Object.defineProperty(fs, 'constants', { value: createConstants(), enumerable: true })
  let promises: Loose
  accessor('promises', () => {
    promises ??= createPromises({ fs, named, library: libraryOnce })
    return promises
  })
  return fs

  function lazily(find: (library: Library) => LooseFunction): LooseFunction {
    let method: LooseFunction | undefined
    return (...args) => {
      method ??= find(libraryOnce())
      return method(...args)
    }
  }

  function accessor(name: string, get: () => unknown, set?: (value: unknown) => void): void {
    const descriptor = { get, enumerable: true, configurable: true }
    Object.defineProperty(fs, name, set === undefined ? descriptor : { ...descriptor, set })
  }

  /** A plain property as of the first look at it. */
  function lazyClass(name: 'Dir' | 'Dirent' | 'Stats'): void {
    const become = (value: unknown) =>
      Object.defineProperty(fs, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    accessor(name, () => become(libraryOnce()[name])[name], become)
  }
}

/** Guests look at names and numbers of parameters, and hold on to functions by themselves. */
function named(name: string, length: number, fn: LooseFunction): LooseFunction {
  function call(...args: unknown[]): unknown {
    return fn(...args)
  }
  Object.defineProperties(call, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  })
  return call
}

export default createFs
