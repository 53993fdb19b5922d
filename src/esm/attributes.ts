/** Import attributes. https://nodejs.org/api/esm.html#import-attributes */
import type { ModuleRequest } from './analyze.ts'
import { attributeIncompatible, attributeMissing, attributeUnsupported } from './errors.ts'

/** Of others something else is wrong. */
const formats: ReadonlySet<string> = new Set(['builtin', 'commonjs', 'json', 'module', 'wasm'])

/** @throws ERR_IMPORT_ATTRIBUTE_MISSING, ERR_IMPORT_ATTRIBUTE_UNSUPPORTED, ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE */
export function checkAttributes(
  url: string,
  format: string,
  attributes: ModuleRequest['attributes'],
): void {
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
