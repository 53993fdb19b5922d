/** A specifier, read once: what kind it is and what its text asks for. */

export interface Request {
  readonly text: string
  readonly kind: 'relative' | 'absolute' | 'bare'
  /** Only a directory will do: the text ends in `/`, `.` or `..`. */
  readonly wantsDirectory: boolean
  /** It leaves the directory it starts from, so that directory need not exist. */
  readonly climbs: boolean
  /** `name` or `@scope/name`, where `exports` may apply. */
  readonly packageName: string | undefined
  /** What follows the name, with `.` before it: `.` or `./sub/path`. */
  readonly subpath: string
}

/** `name`, `@scope/name` and what follows, of the form for which node looks at `exports`. */
const packagePattern = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/

export function readRequest(text: string): Request {
  const kind = isRelative(text) ? 'relative' : text.charCodeAt(0) === 47 ? 'absolute' : 'bare'
  const match = kind === 'bare' ? packagePattern.exec(text) : null
  return {
    text,
    kind,
    wantsDirectory: /(?:^|\/)\.{1,2}$|\/$/.test(text),
    climbs: kind === 'relative' && climbs(text),
    packageName: match?.[1],
    subpath: `.${match?.[2] ?? ''}`,
  }
}

/** `.`, `..`, `./…`, `../…`; node takes `..\…` for relative too, on every system. */
export function isRelative(text: string): boolean {
  if (text.charCodeAt(0) !== 46) return false
  return (
    text.length === 1 ||
    text === '..' ||
    text.startsWith('./') ||
    text.startsWith('../') ||
    text.startsWith('..\\')
  )
}

/** Whether the normalised text begins with `..`, as a name like `..foo` does too. */
function climbs(text: string): boolean {
  if (text.startsWith('..')) return true
  if (!text.includes('/..')) return false
  let depth = 0
  for (const segment of text.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') {
      if (depth === 0) return true
      depth--
    } else {
      if (depth === 0 && segment.startsWith('..')) return true
      depth++
    }
  }
  return false
}
