/** What users hand in as `fs`, made a volume. */
import { createError } from '../errors.ts'
import {
  type DirectoryEntry,
  type FileSystem,
  Kind,
  type NodeStyleFileSystem,
  type Volume,
} from '../seams.ts'
import { createNodeStyleVolume } from './node-style.ts'
import { createVolume } from './volume.ts'

const accepted =
  'must be { path: contents }, a file system with readFileSync and statSync, or a volume'

/**
 * Makes a volume of what `createLoader({ fs })` takes: a plain object is copied into one in memory, a node-style
 * synchronous file system is mirrored, a volume is taken as it is.
 * @throws ERR_INVALID_ARG_TYPE or ERR_INVALID_ARG_VALUE, naming the key where a plain object has a wrong one
 * @example toVolume({ '/app/index.js': '' }).lookup('/app')?.kind // => 2
 */
export function toVolume(fs: FileSystem): Volume {
  const given: unknown = fs
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null) {
    throw createError('ERR_INVALID_ARG_TYPE', 'options.fs', 'object', given)
  }
  if (isVolume(given)) return given
  if (isNodeStyle(given)) return createNodeStyleVolume(given)
  if (!isPlainObject(given)) {
    throw createError('ERR_INVALID_ARG_VALUE', 'options.fs', given, `${accepted}${hintFor(given)}`)
  }
  return createVolume(checkedFiles(given))
}

function isVolume(value: object): value is Volume {
  const { root, lookup, locate } = value as Partial<Volume>
  return (
    typeof lookup === 'function' &&
    typeof locate === 'function' &&
    (root as Partial<DirectoryEntry> | undefined)?.kind === Kind.Directory
  )
}

function isNodeStyle(value: object): value is NodeStyleFileSystem {
  const { readFileSync, statSync } = value as Partial<NodeStyleFileSystem>
  return typeof readFileSync === 'function' && typeof statSync === 'function'
}

/** Of this realm or another. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    (prototype === null || Object.getPrototypeOf(prototype) === null)
  )
}

function checkedFiles(files: object): Record<string, string | Uint8Array> {
  let checked = files as Record<string, string | Uint8Array>
  for (const [path, contents] of Object.entries(files)) {
    const complaint = complaintAbout(path)
    if (complaint !== undefined) {
      const reason = `has a key that ${complaint}${hintFor(files)}`
      throw createError('ERR_INVALID_ARG_VALUE', 'options.fs', path, reason)
    }
    if (typeof contents === 'string' || contents instanceof Uint8Array) continue
    if (Object.prototype.toString.call(contents) !== '[object Uint8Array]') {
      const name = `options.fs['${path}']`
      throw createError('ERR_INVALID_ARG_TYPE', name, ['string', 'Uint8Array'], contents)
    }
    // Bytes of another realm: the same memory, seen through an array of this one.
    if (checked === files) checked = { ...checked }
    const { buffer, byteOffset, byteLength } = contents as Uint8Array
    checked[path] = new Uint8Array(buffer, byteOffset, byteLength)
  }
  return checked
}

function complaintAbout(path: string): string | undefined {
  if (path.charCodeAt(0) !== 47) return 'is not an absolute path'
  if (path.includes('\0')) return 'has a null byte'
  if (path.charCodeAt(path.length - 1) === 47) {
    return 'ends with a slash: directories need no entry, createVolume makes empty ones'
  }
  return undefined
}

/** Two slips that are easily made. */
function hintFor(value: object): string {
  const { fs, readFile } = value as Record<string, unknown>
  if (typeof fs === 'object' && fs !== null && isNodeStyle(fs)) return ' (did you mean its `fs`?)'
  if (typeof readFile === 'function') return ' (require is synchronous, promises cannot serve it)'
  return ''
}
