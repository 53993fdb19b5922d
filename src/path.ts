/** Posix paths for the engine; what it says agrees with node's `path.posix`, but the cwd is always handed in. */

/** The directory of a path, as `path.dirname`. */
export function dirname(path: string): string {
  if (path.length === 0) return '.'
  let end = path.length
  while (end > 1 && path.charCodeAt(end - 1) === 47) end--
  const slash = path.lastIndexOf('/', end - 1)
  if (slash === -1) return '.'
  // Of several slashes one goes, and at the front none of two.
  const isFront = slash === 0 || (slash === 1 && path.charCodeAt(0) === 47)
  return path.slice(0, isFront ? slash + 1 : slash)
}

/** The last segment of a path, as `path.basename`. */
export function basename(path: string): string {
  let end = path.length
  while (end > 0 && path.charCodeAt(end - 1) === 47) end--
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end)
}

/** The extension with its dot, as `path.extname`: none for dot-files and for a trailing dot's lack of one. */
export function extname(path: string): string {
  const name = basename(path)
  const dot = name.lastIndexOf('.')
  return dot <= 0 || name === '..' ? '' : name.slice(dot)
}

export function isAbsolute(path: string): boolean {
  return path.charCodeAt(0) === 47
}

/** Removes empty, `.` and `..` segments; keeps a leading and a trailing slash, as `path.normalize`. */
export function normalize(path: string): string {
  if (path.length === 0) return '.'
  const absolute = isAbsolute(path)
  const trailing = path.charCodeAt(path.length - 1) === 47
  const segments = fold(path, absolute)
  if (segments.length === 0) return absolute ? '/' : trailing ? './' : '.'
  return (absolute ? '/' : '') + segments.join('/') + (trailing ? '/' : '')
}

/** An absolute, normalised path: `path` seen from `from`, which is absolute itself. */
export function resolve(from: string, path: string): string {
  if (isPlainAbsolute(path)) return path
  return `/${fold(isAbsolute(path) ? path : `${from}/${path}`, true).join('/')}`
}

/** Joins a directory and a relative path and normalises, as `path.join`. */
export function join(directory: string, path: string): string {
  return normalize(`${directory}/${path}`)
}

function isPlainAbsolute(path: string): boolean {
  return (
    isAbsolute(path) &&
    !path.includes('//') &&
    !path.includes('/.') &&
    (path.length === 1 || path.charCodeAt(path.length - 1) !== 47)
  )
}

function fold(path: string, absolute: boolean): string[] {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else if (!absolute) segments.push('..')
  }
  return segments
}

/** A `file:` URL for an absolute path, escaped as node's `pathToFileURL` does. */
export function toFileUrl(path: string): string {
  const escaped = path.replace(/[^A-Za-z0-9\-._!$&'()*+,;=:@/]/gu, (character) => {
    if (character === '~') return '%7E'
    const code = character.charCodeAt(0)
    const isLoneSurrogate = character.length === 1 && code >= 0xd800 && code <= 0xdfff
    return isLoneSurrogate ? '%EF%BF%BD' : encodeURIComponent(character)
  })
  return `file://${escaped}`
}
