/** `fs.promises`, whose functions come with the first call, as those of `fs` do. */

import type { Loose, LooseFunction } from '../loose.ts'
import type { Library } from './library.ts'

/** Name and `length` of each function, in node's order. */
const functions = `access/1 copyFile/3 cp/3 glob/2 open/3 opendir/3 rename/2 truncate/1 rm/2 rmdir/2 mkdir/2 readdir/2
readlink/2 symlink/3 lstat/1 stat/1 statfs/1 link/2 unlink/1 chmod/2 lchmod/2 lchown/3 chown/3 utimes/3 lutimes/3
realpath/2 mkdtemp/2 mkdtempDisposable/2 writeFile/3 appendFile/3 readFile/2 watch/1`

/** What `createPromises` is made of. */
export interface Parts {
  readonly fs: Loose
  /** Made when it is first needed. */
  library(): Library
  named(name: string, length: number, fn: LooseFunction): Loose
}

export function createPromises({ fs, library, named }: Parts): Loose {
  const promises: Loose = {}
  for (const [, name = '', length] of functions.matchAll(/(\w+)\/(\d)/g)) {
    const method = (): LooseFunction => library().part('promises').method(name)
    const call =
      name === 'glob' || name === 'watch'
        ? // Nothing happens, and nothing fails, before somebody asks for the first value.
          async function* (...args: Loose[]) {
            yield* method()(...args)
          }
        : async (...args: Loose[]) => {
            try {
              return await method()(...args)
            } catch (error) {
              throw retraced(error)
            }
          }
    promises[name] = named(name === 'watch' ? '_watch' : name, Number(length), call)
  }
  const promisify = Symbol.for('nodejs.util.promisify.custom')
  // Made by promisify in node, as it shows.
  Object.defineProperty(promises.opendir, promisify, { value: promises.opendir })
  promises.constants = fs.constants
  return promises
}

/** As in node the stack of a system's error tells who awaits it, where the engine knows that; ours tells nobody anything. */
function retraced(error: Loose): Loose {
  if (error?.errno !== undefined) (Error as Loose).captureStackTrace?.(error, retraced)
  return error
}
