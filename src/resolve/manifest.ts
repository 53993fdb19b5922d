/** What the loader reads of a package.json, as node reads it. */
import type { FileEntry } from '../seams.ts'
import { encodeUtf8 } from '../utf8.ts'
import { scanManifest } from './manifest-scan.ts'

/** The five members that matter, and one of our own. `exports` and `imports` are parsed when first asked for, and may then throw. */
export interface Manifest {
  readonly name: string | undefined
  readonly main: string | undefined
  readonly type: 'commonjs' | 'module' | 'none'
  readonly exports: unknown
  readonly imports: unknown
  /** Whether `exports` or `imports` wait to be parsed. */
  readonly isLazy: boolean
}

/**
 * Reads a package.json.
 * node scans the text on demand and so accepts some texts that `JSON.parse` refuses, and the other way round; the
 * common case, a well-formed file with members of the right types, is the same for both and takes the fast way.
 * @throws ERR_INVALID_PACKAGE_CONFIG
 */
export function parseManifest(file: FileEntry, path: string, asker?: string): Manifest {
  const whole = file.text()
  const known = parsed.get(file)
  if (known?.text === whole) return known.manifest
  const manifest = parseText(whole, file)
  if (manifest === undefined) throw invalidManifest(path, asker)
  parsed.set(file, { text: whole, manifest })
  return manifest
}

/** A file is parsed once, whichever loaders read it; nobody changes a manifest. */
const parsed = new WeakMap<FileEntry, { readonly text: string; readonly manifest: Manifest }>()

function parseText(whole: string, file: FileEntry): Manifest | undefined {
  const text = whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole
  const wellFormed = !text.includes('\ufffd') || isUtf8(whole, file.bytes())
  const isOdd = oddities.test(text)
  const plain = wellFormed && !isOdd ? parsePlain(text) : undefined
  return plain ?? (wellFormed ? scanManifest(text) : undefined)
}

/** What the two readings may take differently: escapes by number, and members that come twice with odd values. */
const oddities = /\\u|"(?:name|type)"\s*:\s*[^"\s]/

/** A plain `Error` with a code, because in node this one comes from outside of JavaScript. */
function invalidManifest(path: string, asker: string | undefined): Error {
  const message = `Invalid package config ${path}${asker ? ` while importing ${asker}` : ''}.`
  return Object.assign(new Error(message), { code: 'ERR_INVALID_PACKAGE_CONFIG' })
}

function parsePlain(text: string): Manifest | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  // What a guest has put on `Object.prototype` is no member of it.
  const { name, main, type, exports, imports } = Object.setPrototypeOf(json, null)
  const plain =
    isStringOrAbsent(name) &&
    isStringOrAbsent(main) &&
    (type === undefined || type === 'commonjs' || type === 'module') &&
    isMapOrAbsent(exports) &&
    isMapOrAbsent(imports)
  if (!plain) return undefined
  return {
    name,
    main,
    type: type ?? 'none',
    exports,
    imports,
    isLazy: false,
  }
}

function isStringOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/** A string that begins like JSON is parsed once more by node; the scanner does that. */
function isMapOrAbsent(value: unknown): boolean {
  if (typeof value === 'string') return value.charCodeAt(0) !== 0x5b && value.charCodeAt(0) !== 0x7b
  return value === undefined || (typeof value === 'object' && value !== null)
}

/** Text with a replacement character may have been broken before it was decoded. */
function isUtf8(text: string, bytes: Uint8Array): boolean {
  const again = encodeUtf8(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
}
