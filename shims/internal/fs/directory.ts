/** `fs.Dir` and what gives one: the entries of a directory, one by one. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { nameClass, shapeMembers } from '../names.ts'
import { validateFunction, validateThis } from '../validate.ts'
import { makeDisposable } from './disposal.ts'
import { fsError } from './errors.ts'
import type { Library } from './library.ts'

export interface DirectoryPart {
  readonly Dir: Loose
  readonly opendirSync: LooseFunction
  readonly opendir: LooseFunction
  promise(path: Loose, options: Loose): Promise<Loose>
}

function createDirectoryPart(library: Library): DirectoryPart {
  const { forms, checks, operations } = library

  let isClosed: (directory: Dir) => boolean
  class Dir {
    #path: unknown
    #entries: Loose[]
    #isClosed = false
    /** Reading and closing in later turns that have not ended; a synchronous call must not come between. */
    #pending = 0

    constructor(handle: Loose, path: Loose, _options: Loose) {
      if (handle === undefined) throw createError('ERR_MISSING_ARGS', 'handle')
      this.#entries = handle
      this.#path = path
    }

    get path(): unknown {
      validateThis(#path in this, 'Dir')
      return this.#path
    }

    read(callback?: Loose): Promise<Loose> | undefined {
      return this.#inTurn(() => this.#entries.shift() ?? null, callback)
    }

    readSync(): Loose {
      this.#demandIdle()
      return this.#entries.shift() ?? null
    }

    close(callback?: Loose): Promise<void> | undefined {
      if (callback === undefined && this.#isClosed) return Promise.reject(closed())
      return this.#inTurn(() => {
        this.#isClosed = true
      }, callback)
    }

    closeSync(): void {
      this.#demandIdle()
      this.#isClosed = true
    }

    async *entries(): AsyncGenerator<Loose> {
      try {
        for (;;) {
          const entry = await this.read()
          if (entry === null) break
          yield entry
        }
      } finally {
        if (!this.#isClosed) await this.close()
      }
    }

    #demandIdle(): void {
      if (this.#isClosed) throw closed()
      if (this.#pending === 0) return
      const text =
        'Cannot do synchronous work on directory handle with concurrent asynchronous operations'
      throw codedError(Error, 'ERR_DIR_CONCURRENT_OPERATION', text)
    }

    #inTurn(action: () => Loose, callback: Loose): Promise<Loose> | undefined {
      if (callback === undefined) {
        return new Promise((resolve, reject) => {
          this.#inTurn(action, (error: unknown, value: unknown) =>
            error ? reject(error) : resolve(value),
          )
        })
      }
      validateFunction(callback, 'callback')
      if (this.#isClosed) {
        forms.later(() => callback(closed()))
        return undefined
      }
      this.#pending++
      forms.later(() => {
        this.#pending--
        if (this.#isClosed) {
          callback(closed())
          return
        }
        const value = action()
        if (value === undefined) callback(null)
        else callback(null, value)
      })
      return undefined
    }

    static {
      isClosed = (directory) => directory.#isClosed
    }
  }

  const prototype: Loose = shapeMembers(nameClass(Dir, 'Dir').prototype, 'read/1 close/1')
  const iterator = { value: prototype.entries, writable: true, configurable: true }
  Object.defineProperty(prototype, Symbol.asyncIterator, iterator)
  makeDisposable(prototype, 'dispose', function (this: Dir) {
    if (!isClosed(this)) this.closeSync()
  })
  makeDisposable(prototype, 'asyncDispose', async function (this: Dir) {
    if (!isClosed(this)) await this.close()
  })

  /** @param named what an error tells of the path: nothing in the synchronous form, as in node */
  function openDirectory(path: string, options: Loose, named?: string): Loose {
    try {
      const how = { ...options, withFileTypes: true, throughLinks: false }
      const entries = operations.readdir?.call(undefined, path, how)
      return new Dir(entries, path, options)
    } catch (error) {
      const { code, syscall } = error as Loose
      throw syscall === 'scandir' ? fsError(code, 'opendir', named) : error
    }
  }

  const check = (path: Loose, options: Loose) =>
    checks.check(checks.signatureOf('opendir'), [path, options]) as [string, Loose]
  return {
    Dir,
    opendirSync: (path, options) => openDirectory(...check(path, options)),

    opendir(path, options, callback) {
      const last = typeof options === 'function' ? options : callback
      validateFunction(last, 'callback')
      const checked = check(path, last === options ? undefined : options)
      forms.later(() => {
        let directory: Loose
        try {
          directory = openDirectory(...checked, checked[0])
        } catch (error) {
          last(error)
          return
        }
        last(null, directory)
      })
    },

    async promise(path, options) {
      const checked = check(path, options)
      return await forms.promise(() => openDirectory(...checked, checked[0]))
    },
  }
}

function closed(): Error {
  return codedError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed')
}

const shim: Shim = () => (_fs: Loose, library: Library) => createDirectoryPart(library)

export default shim
