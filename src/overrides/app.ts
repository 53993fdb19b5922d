/** `lodger.overrides` and `jetpack.overrides` in the package.json of the program: what the app says for all that it loads. */
import { describeReceived } from '../errors.ts'
import { parseKey, type Tables, tableOf } from './keys.ts'
import { isObject, type Package } from './packages.ts'

/** What an app says, and where. */
export interface AppOverrides extends Tables {
  /** The package.json. */
  readonly path: string
  /** Relative targets are relative to it, and packages that serve as targets are looked for from it. */
  readonly directory: string
}

/**
 * Reads an app's overrides; nothing about them ever throws.
 * @param warn takes what was left out and why
 * @returns `undefined` when there are none
 */
export function readAppOverrides(
  { directory, json }: Package,
  warn: (message: string) => void,
): AppOverrides | undefined {
  const path = `${directory === '/' ? '' : directory}/package.json`
  const app = { path, directory, everybody: new Map(), packages: new Map() }
  const ignored = (what: string, expected: string, value: unknown) =>
    warn(
      `${path}: ${what} must be ${expected}, and is ignored. Received ${describeReceived(value)}`,
    )

  // The later wins.
  for (const field of ['jetpack', 'lodger']) {
    const settings = json[field]
    const overrides = isObject(settings) ? settings.overrides : settings
    if (overrides === undefined) continue
    const what = isObject(settings) ? `${field}.overrides` : field
    if (!isObject(overrides)) {
      ignored(what, 'an object', overrides)
      continue
    }
    for (const [key, value] of Object.entries(overrides)) {
      const parsed = parseKey(key)
      // A file's own files are its own affair.
      if (parsed === undefined) continue
      if (value !== false && (typeof value !== 'string' || value === '')) {
        ignored(`${what}['${key}']`, 'a module to load instead, or false', value)
        continue
      }
      tableOf(app, parsed.packageName).set(parsed.id, value)
    }
  }
  return app.everybody.size > 0 || app.packages.size > 0 ? app : undefined
}
