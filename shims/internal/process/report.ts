/** `process.finalization` and `process.report`: rarely asked for, so made when they are. */

import type { ShimContext } from '../../../src/seams.ts'
import { notImplemented } from '../../not-implemented.ts'
import type { Loose } from '../loose.ts'
import { validateBoolean, validateFunction, validateString } from '../validate.ts'

type Callback = (reference: object, event: string) => void

export function createFinalization(process: Loose): object {
  const registered = new Map<'exit' | 'beforeExit', Set<{ held: WeakRef<object>; fn: Callback }>>()

  function add(event: 'exit' | 'beforeExit', reference: object, fn: Callback): void {
    validateFunction(fn, 'fn')
    let entries = registered.get(event)
    if (entries === undefined) {
      entries = new Set()
      registered.set(event, entries)
      process.on(event, () => {
        for (const { held, fn } of registered.get(event) ?? []) {
          const reference = held.deref()
          if (reference !== undefined) fn(reference, event)
        }
      })
    }
    entries.add({ held: new WeakRef(reference), fn })
  }

  return {
    register: (reference: object, fn: Callback) => add('exit', reference, fn),
    registerBeforeExit: (reference: object, fn: Callback) => add('beforeExit', reference, fn),
    unregister(reference: object) {
      for (const entries of registered.values()) {
        for (const entry of entries) if (entry.held.deref() === reference) entries.delete(entry)
      }
    },
  }
}

/** What can be set shows by accessors, which check it. */
export function createReport(context: ShimContext): object {
  const settings: Loose = {
    directory: '',
    filename: '',
    compact: false,
    excludeNetwork: false,
    signal: 'SIGUSR2',
    reportOnFatalError: false,
    reportOnSignal: false,
    reportOnUncaughtException: false,
    excludeEnv: false,
  }
  const report = {
    writeReport: notImplemented(context, 'report.writeReport', 2),
    getReport: notImplemented(context, 'report.getReport', 1),
  }
  for (const name of Object.keys(settings)) {
    const isText = typeof settings[name] === 'string'
    Object.defineProperty(report, name, {
      get: () => settings[name],
      set(value: unknown) {
        if (isText) validateString(value, name)
        else validateBoolean(value, name)
        settings[name] = value
      },
      enumerable: true,
      configurable: true,
    })
  }
  return report
}
