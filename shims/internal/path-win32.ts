/** `path.win32`, to node 26: drives, UNC shares, device paths, and the names that DOS keeps for itself. */

import { createCommonMembers, normalizeSegments, type Path } from './path-common.ts'
import { validateString } from './validate.ts'

/** What a path begins with. */
interface Root {
  /** `C:`, `\\server\share`, `\\?` or `\\.`; else empty. */
  readonly device: string
  /** Where the rest begins; a separator behind a drive belongs to the root, one behind a share does not. */
  readonly end: number
  readonly isAbsolute: boolean
  readonly kind: 'none' | 'separator' | 'drive' | 'share' | 'device'
}

const isSeparator = (character: string | undefined): boolean =>
  character === '/' || character === '\\'
const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/
const reserved = /^(?:CON|PRN|AUX|NUL|(?:COM|LPT)[1-9¹²³])$/

function rootOf(path: string): Root {
  if (isSeparator(path[0])) {
    const [whole, server, name] = share.exec(path) ?? []
    if (whole === undefined) return { device: '', end: 1, isAbsolute: true, kind: 'separator' }
    if (server === '.' || server === '?') {
      return { device: `\\\\${server}`, end: 4, isAbsolute: true, kind: 'device' }
    }
    const device = `\\\\${server}\\${name}`
    return { device, end: whole.length, isAbsolute: true, kind: 'share' }
  }
  if (!hasDrive(path)) return { device: '', end: 0, isAbsolute: false, kind: 'none' }
  const isAbsolute = isSeparator(path[2])
  return { device: path.slice(0, 2), end: isAbsolute ? 3 : 2, isAbsolute, kind: 'drive' }
}

function hasDrive(path: string): boolean {
  return /^[A-Za-z]:/.test(path)
}

function isReserved(path: string, colon: number): boolean {
  return reserved.test(path.slice(0, colon).toUpperCase())
}

export function createWin32(process: () => { cwd(): string; env: Record<string, string> }): Path {
  function resolve(...paths: string[]): string {
    let device = ''
    let tail = ''
    let isAbsolute = false
    for (let index = paths.length - 1; index >= -1; index--) {
      let path: string
      if (index >= 0) {
        path = paths[index] as string
        validateString(path, `paths[${index}]`)
        if (path === '') continue
      } else if (device === '') {
        path = process().cwd()
        const asked = paths.length === 1 ? paths[0] : undefined
        if (paths.length === 0 || ((asked === '' || asked === '.') && isSeparator(path[0]))) {
          return path.replaceAll('/', '\\')
        }
      } else {
        // Each drive has a directory of its own; one that is unknown, or on another drive, is the drive's root.
        path = process().env[`=${device}`] || process().cwd()
        if (path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path[2] === '\\') {
          path = `${device}\\`
        }
      }
      const root = rootOf(path)
      if (root.device !== '') {
        if (device === '') device = root.device
        else if (root.device.toLowerCase() !== device.toLowerCase()) continue
      }
      if (!isAbsolute) {
        tail = `${path.slice(root.end)}\\${tail}`
        isAbsolute = root.isAbsolute
      }
      if (isAbsolute && device !== '') break
    }
    tail = normalizeSegments(tail.replaceAll('/', '\\'), !isAbsolute, '\\')
    return isAbsolute ? `${device}\\${tail}` : `${device}${tail}` || '.'
  }

  function normalize(path: string): string {
    validateString(path, 'path')
    if (path === '') return '.'
    if (path.length === 1) return path === '/' ? '\\' : path
    const root = rootOf(path)
    let { end, isAbsolute } = root
    let device: string | undefined = root.device || undefined
    const colon = path.indexOf(':')
    if (root.kind === 'share' && end === path.length) return `${device}\\`
    if (root.kind === 'device') {
      const name = path.slice(4, colon + 1)
      if (isReserved(name, name.length - 1)) {
        device = `\\\\?\\${name}`
        end = 4 + name.length
      }
    } else if (root.kind === 'none' && colon > 0 && isReserved(path, colon)) {
      device = path.slice(0, colon + 1)
      end = colon + 1
    }

    let tail = normalizeSegments(path.slice(end).replaceAll('/', '\\'), !isAbsolute, '\\')
    if (tail === '' && !isAbsolute) tail = '.'
    if (tail !== '' && isSeparator(path.at(-1))) tail += '\\'
    // What was relative must not come out as something that Windows takes for a drive or a stream (CVE-2024-36139).
    const looksRooted = /^[A-Za-z]:/.test(tail) || /:(?:[\\/]|$)/.test(path)
    if (!isAbsolute && device === undefined && colon !== -1 && looksRooted) return `.\\${tail}`
    if (isReserved(path, colon)) return `.\\${device ?? ''}${tail}`
    return `${device ?? ''}${isAbsolute ? '\\' : ''}${tail}`
  }

  function join(...paths: string[]): string {
    for (const path of paths) validateString(path, 'path')
    const parts = paths.filter((path) => path !== '')
    const [first] = parts
    if (first === undefined) return '.'
    let joined = parts.join('\\')
    // Only a first part that means a share may leave two separators at the front.
    const meansShare = /^[\\/]{2}[^\\/]/.test(first)
    if (!meansShare) joined = joined.replace(/^[\\/]{2,}/, '\\')
    const names = joined.split(/\\+/)
    if (names.some((name) => name.includes(':') && isReserved(name, name.indexOf(':')))) {
      return joined.replaceAll('/', '\\')
    }
    return normalize(joined)
  }

  function toNamespacedPath(path: string): string {
    if (typeof path !== 'string' || path === '') return path
    const resolved = resolve(path)
    if (resolved.length <= 2) return path
    if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`
    return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : resolved
  }

  /** The end of the root for `dirname` and `parse`: a share's trailing separator belongs to it here. */
  function rootEnd(path: string): number {
    const unc = share.exec(path)
    if (unc === null) return rootOf(path).end
    return unc[0].length === path.length ? path.length : unc[0].length + 1
  }

  return {
    resolve,
    normalize,
    isAbsolute(path) {
      validateString(path, 'path')
      return isSeparator(path[0]) || (hasDrive(path) && isSeparator(path[2]))
    },
    join,
    ...createCommonMembers({
      separator: '\\',
      isSeparator,
      rootEnd,
      nameStart: (path) => (hasDrive(path) ? 2 : 0),
      resolve,
      toNamespacedPath,
    }),
  }
}
