/** Import attributes. https://nodejs.org/api/esm.html#import-attributes */
import type { ModuleRequest } from './analyze.ts'
import { attributeIncompatible, attributeMissing, attributeUnsupported } from './errors.ts'

export type Attributes = ModuleRequest['attributes']

/** Of others something else is wrong. */
const formats: ReadonlySet<string> = new Set(['builtin', 'commonjs', 'json', 'module', 'wasm'])

/** @throws ERR_IMPORT_ATTRIBUTE_MISSING, ERR_IMPORT_ATTRIBUTE_UNSUPPORTED, ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE */
export function checkAttributes(url: string, format: string, attributes: Attributes): void {
  for (const [key, value] of attributes) {
    if (key !== 'type') throw attributeUnsupported(key, value, url)
  }
  if (!formats.has(format)) return
  const type = attributes[0]?.[1]
  if (format === 'json') {
    if (type === undefined) throw attributeMissing(url, 'json')
    if (type === 'json') return
  } else if (type === undefined) {
    return
  }
  if (type !== 'json') throw attributeUnsupported('type', type, url)
  throw attributeIncompatible(url, type)
}

/** What `import()` takes beside its specifier. @throws TypeError */
export function attributesOf(options: unknown): Attributes {
  if (options === undefined) return []
  if (!isObject(options)) throw new TypeError('The second argument to import() must be an object')
  const { with: given } = options as { with?: unknown }
  if (given === undefined) return []
  if (!isObject(given)) throw new TypeError("The 'with' option must be an object")
  return Object.entries(given as object).map(([key, value]) => {
    if (typeof value !== 'string') throw new TypeError('Import attribute value must be a string')
    return [key, value] as const
  })
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
