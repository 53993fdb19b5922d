/** `fs.Stats`, its twin for `bigint`, and `fs.Dirent`: one set of classes per loader. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { type Inode, typeMask } from './inode.ts'

const types = {
  isDirectory: 0o040000,
  isFile: 0o100000,
  isBlockDevice: 0o060000,
  isCharacterDevice: 0o020000,
  isSymbolicLink: 0o120000,
  isFIFO: 0o010000,
  isSocket: 0o140000,
} as const

const fields = 'dev mode nlink uid gid rdev blksize ino size blocks'.split(' ')
const times = ['atime', 'mtime', 'ctime', 'birthtime'] as const

export interface StatsClasses {
  readonly Stats: LooseFunction
  build(inode: Inode, isBig?: boolean): Loose
  /** Of what is absent, for those who watch. */
  buildEmpty(isBig: boolean): Loose
  buildStatFs(isBig?: boolean): object
}

export function createStatsClasses(context: ShimContext): StatsClasses {
  /** Functions and not classes, since node's may be called without `new` and inherited from. */
  function StatsBase(this: Loose, ...values: Loose[]): void {
    fields.forEach((field, index) => {
      this[field] = values[index]
    })
  }
  for (const [test, type] of Object.entries(types)) {
    StatsBase.prototype[test] = function (this: Loose): boolean {
      return this._checkModeProperty(type)
    }
  }

  function Stats(this: Loose, ...values: Loose[]): void {
    StatsBase.apply(this, values)
    times.forEach((time, index) => {
      const seconds = values[10 + 2 * index]
      this[`${time}Ms`] = seconds * 1000 + values[11 + 2 * index] / 1e6
    })
  }
  function BigIntStats(this: Loose, ...values: Loose[]): void {
    StatsBase.apply(this, values)
    times.forEach((time, index) => {
      this[`${time}Ms`] = values[10 + index] / 1_000_000n
    })
    times.forEach((time, index) => {
      this[`${time}Ns`] = values[10 + index]
    })
  }
  for (const Class of [Stats, BigIntStats]) {
    Object.setPrototypeOf(Class.prototype, StatsBase.prototype)
    Object.setPrototypeOf(Class, StatsBase)
    for (const time of times) {
      defineTime(Class.prototype, time, (ms) => new Date(Math.round(Number(ms))))
      defineTime(Class.prototype, `${time}Instant`, (ms) => {
        const { Temporal } = context.global as Loose
        return Temporal?.Instant.fromEpochMilliseconds(Math.floor(Number(ms)))
      })
    }
  }
  Stats.prototype._checkModeProperty = function (this: Loose, property: number): boolean {
    return (this.mode & typeMask) === property
  }
  BigIntStats.prototype._checkModeProperty = function (this: Loose, property: number): boolean {
    return (this.mode & BigInt(typeMask)) === BigInt(property)
  }

  /** What the guest's own `stat` calls make: the same object as `new Stats(...)`, without the detour. */
  class Filled {
    dev: number
    mode: number
    nlink: number
    uid: number
    gid: number
    rdev: number
    blksize: number
    ino: number
    size: number
    blocks: number
    atimeMs: number
    mtimeMs: number
    ctimeMs: number
    birthtimeMs: number

    constructor(inode: Inode) {
      const { size } = inode
      this.dev = inode.dev
      this.mode = inode.mode
      this.nlink = inode.nlink
      this.uid = inode.uid
      this.gid = inode.gid
      this.rdev = 0
      this.blksize = 4096
      this.ino = inode.ino
      this.size = size
      this.blocks = inode.outside?.blocks ?? Math.ceil(size / 4096) * 8
      this.atimeMs = inode.time('atimeMs')
      this.mtimeMs = inode.time('mtimeMs')
      this.ctimeMs = inode.time('ctimeMs')
      this.birthtimeMs = inode.time('birthtimeMs')
    }
  }
  Object.defineProperty(Filled, 'name', { value: 'Stats' })
  Object.setPrototypeOf(Filled.prototype, Stats.prototype)
  // `constructor` is found on node's class.
  Reflect.deleteProperty(Filled.prototype, 'constructor')

  /** What a volume cannot tell: room enough, in the manner of a file system in memory. */
  class StatFs {
    constructor(convert: (value: number) => number | bigint) {
      const all = 1_000_000
      const values = { type: 0x858458f6, bsize: 4096, frsize: 4096, blocks: all, bfree: all }
      for (const [key, value] of Object.entries({
        ...values,
        bavail: all,
        files: all,
        ffree: all,
      })) {
        ;(this as Loose)[key] = convert(value)
      }
    }
  }

  return {
    Stats: deprecated(context, Stats),
    build(inode, isBig = false) {
      const stats: Loose = new Filled(inode)
      if (!isBig) return stats
      const nanoseconds = times.map((time) => BigInt(Math.floor(stats[`${time}Ms`] * 1000)) * 1000n)
      const numbers = fields.map((field) => BigInt(Math.trunc(stats[field])))
      return Reflect.construct(BigIntStats, [...numbers, ...nanoseconds])
    },
    buildEmpty: (isBig) =>
      Reflect.construct(isBig ? BigIntStats : Stats, Array(18).fill(isBig ? 0n : 0)),
    buildStatFs: (isBig = false) => new StatFs(isBig ? BigInt : Number),
  }
}

/** The guest may make its own, for the price of a warning. */
function deprecated(context: ShimContext, Stats: LooseFunction): LooseFunction {
  let isTold = false
  function deprecated(this: Loose, ...values: Loose[]): Loose {
    if (!isTold) {
      isTold = true
      const { emitWarning } = context.require('process')
      emitWarning('fs.Stats constructor is deprecated.', 'DeprecationWarning', 'DEP0180')
    }
    return new.target ? Reflect.construct(Stats, values, new.target) : Stats.apply(this, values)
  }
  Object.setPrototypeOf(deprecated, Stats)
  deprecated.prototype = Stats.prototype
  return shapeMembers({ deprecated }, 'deprecated/18 deprecated').deprecated
}

/** A date that is made when it is first read, and can be replaced. */
function defineTime(prototype: object, name: string, make: (ms: unknown) => unknown): void {
  const source = `${name.replace('Instant', '')}Ms`
  const keep = (target: object, value: unknown) => {
    Object.defineProperty(target, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
    return value
  }
  Object.defineProperty(prototype, name, {
    get(this: Loose) {
      return keep(this, make(this[source]))
    },
    set(this: object, value) {
      keep(this, value)
    },
    enumerable: true,
    configurable: true,
  })
}

const direntTypes: Readonly<Record<number, number>> = {
  [types.isFile]: 1,
  [types.isDirectory]: 2,
  [types.isSymbolicLink]: 3,
  [types.isFIFO]: 4,
  [types.isSocket]: 5,
  [types.isCharacterDevice]: 6,
  [types.isBlockDevice]: 7,
}

/** node's `Dirent`, whose type hides behind a symbol. */
export function createDirent(): { Dirent: Loose; buildDirent: LooseFunction } {
  const kType = Symbol('type')
  class Dirent {
    name: unknown
    parentPath: unknown;
    [kType]: number
    constructor(name: unknown, type: number, path: unknown) {
      this.name = name
      this.parentPath = path
      this[kType] = type
    }
  }
  for (const [test, type] of Object.entries(types)) {
    Object.defineProperty(Dirent.prototype, test, {
      value: {
        [test](this: Dirent): boolean {
          return this[kType] === direntTypes[type]
        },
      }[test],
      writable: true,
      configurable: true,
    })
  }
  return {
    Dirent,
    buildDirent: (name, mode, path) => new Dirent(name, direntTypes[mode & typeMask] ?? 0, path),
  }
}
