/**
 * The `browser` field of package.json, as bundlers honour it: https://github.com/defunctzombie/package-browser-field-spec.
 * A package speaks of its own files and of what it requires, never of other packages' files.
 */
import { resolve } from '../path.ts'
import { isObject, type Package } from './packages.ts'

/** A module to load instead, or false for an empty one; `undefined` where the field has nothing to say. */
export type Replacement = string | false | undefined

/** What a package wants instead of another package or a builtin. */
export function replaceRequired({ json, directory }: Package, id: string): Replacement {
  return isObject(json.browser) ? replacement(json.browser, id, directory) : undefined
}

/** What a package wants instead of one of its own files; a key may leave `.js`, `.json` and `/index.js` out. */
export function replaceFile({ json, directory }: Package, filename: string): Replacement {
  const base = directory === '/' ? '/' : `${directory}/`
  if (!isObject(json.browser) || !filename.startsWith(base)) return undefined
  const path = `./${filename.slice(base.length)}`
  for (const key of [path, path.replace(/\.(?:js|json)$/, ''), path.replace(/\/index\.js$/, '')]) {
    const found = replacement(json.browser, key, directory)
    if (found !== undefined) return found
  }
  return undefined
}

/** The main that a `browser` of one string names; as bundlers do, not where `exports` says what the main is. */
export function browserMain({ json, directory }: Package): string | undefined {
  const { browser, exports } = json
  return typeof browser === 'string' && exports === undefined
    ? resolve(directory, browser)
    : undefined
}

function replacement(
  browser: Readonly<Record<string, unknown>>,
  key: string,
  directory: string,
): Replacement {
  const target = Object.hasOwn(browser, key) ? browser[key] : undefined
  if (target === false) return false
  if (typeof target !== 'string' || target === key) return undefined
  return target.startsWith('.') ? resolve(directory, target) : target
}
