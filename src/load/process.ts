/** The least `process` that the loader can do with, for `lodger/core` without shims. */
import type { Host } from '../seams.ts'
import type { GuestProcess } from './engine.ts'
import type { Settings } from './options.ts'

export function createPlainProcess(settings: Settings, host: Host): GuestProcess {
  return {
    mainModule: undefined,
    env: { ...settings.env },
    argv: [...settings.argv],
    execPath: settings.argv[0] ?? '/usr/local/bin/node',
    cwd: () => settings.cwd,
    emitWarning(message, type = 'Warning', code) {
      host.write('stderr', `${code ? `[${code}] ` : ''}${type}: ${message}\n`)
    },
  }
}
