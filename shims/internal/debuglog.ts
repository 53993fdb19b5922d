/** `util.debuglog`: lines on stderr for the sections that NODE_DEBUG names. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'

export function createDebuglog(context: ShimContext): LooseFunction {
  const writers = new Map<string, LooseFunction>()
  const process = (): Loose => context.require('process')

  /** NODE_DEBUG is a list with `*` as a wildcard; read late, because programs set it. */
  function isEnabled(section: string): boolean {
    const wanted: unknown = process().env.NODE_DEBUG
    if (typeof wanted !== 'string' || wanted === '') return false
    const pattern = wanted
      .replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll(',', '$|^')
    return new RegExp(`^${pattern}$`, 'i').test(section)
  }

  function writerFor(section: string, enabled: boolean): LooseFunction {
    const known = writers.get(section)
    if (known) return known
    const writer = enabled
      ? (...args: Loose[]) => {
          const { stderr, pid } = process()
          const util = context.require('util')
          const colors = stderr?.isTTY === true
          const text = util.formatWithOptions({ colors }, ...args)
          stderr.write(`${section} ${util.inspect(pid, { colors })}: ${text}\n`)
        }
      : () => undefined
    writers.set(section, writer)
    return writer
  }

  return function debuglog(set: string, callback?: LooseFunction): LooseFunction {
    const section = set.toUpperCase()
    let enabled: boolean | undefined
    let write: LooseFunction | undefined
    const isOn = (): boolean => (enabled ??= isEnabled(section))
    const describeEnabled = { get: isOn, configurable: true, enumerable: true }
    const logger = (...args: Loose[]): void => {
      if (!write) {
        write = writerFor(section, isOn())
        if (typeof callback === 'function') {
          Object.defineProperty(write, 'enabled', describeEnabled)
          callback(write)
        }
      }
      write(...args)
    }
    Object.defineProperty(logger, 'enabled', describeEnabled)
    return logger
  }
}
