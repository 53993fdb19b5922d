/** `util.debuglog`: lines on stderr for the sections that NODE_DEBUG names. */

import type { ShimContext } from '../../src/seams.ts'
import type { Loose, LooseFunction } from './loose.ts'

/** @param wanted NODE_DEBUG: a list with `*` as a wildcard */
export function isSectionNamed(wanted: unknown, section: string): boolean {
  if (typeof wanted !== 'string' || wanted === '') return false
  const pattern = wanted
    .replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll(',', '$|^')
  return new RegExp(`^${pattern}$`, 'i').test(section)
}

/** How a line of a section begins: its name, and the pid in colours where stderr has them. */
export function sectionHead(context: ShimContext, section: string): string {
  const { stderr, pid } = context.require('process')
  const colors = stderr?.isTTY === true
  return `${section} ${context.require('util').inspect(pid, { colors })}`
}

export function createDebuglog(context: ShimContext): LooseFunction {
  const writers = new Map<string, LooseFunction>()
  const process = (): Loose => context.require('process')

  /** Read late, because programs set it. */
  const isEnabled = (section: string) => isSectionNamed(process().env.NODE_DEBUG, section)

  function warnOfSecrets(section: string): void {
    if (section !== 'HTTP' && section !== 'HTTP2') return
    process().emitWarning(
      `Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose sensitive data (such as passwords, tokens and authentication headers) in the resulting log.`,
    )
  }

  function writerFor(section: string, enabled: boolean): LooseFunction {
    const known = writers.get(section)
    if (known) return known
    if (enabled) warnOfSecrets(section)
    const writer = enabled
      ? (...args: Loose[]) => {
          const { stderr } = process()
          const colors = stderr?.isTTY === true
          const text = context.require('util').formatWithOptions({ colors }, ...args)
          stderr.write(`${sectionHead(context, section)}: ${text}\n`)
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
