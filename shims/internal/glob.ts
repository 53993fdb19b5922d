/** `path.matchesGlob`: minimatch's language as far as node turns it on: braces, `**`, classes, extended groups. */

/** Whether the whole path matches one of the pattern's alternatives. */
export function matchesGlob(path: string, pattern: string, windows: boolean): boolean {
  // On windows both slashes separate, and the backslash escapes nothing.
  const slashes = (text: string) => (windows ? text.replaceAll('\\', '/') : text)
  const squeeze = (text: string) => slashes(text).replace(/\/{2,}/g, '/')
  const subject = squeeze(path)
  return expandBraces(squeeze(pattern)).some((alternative) =>
    // A trailing slash of the path asks for nothing.
    new RegExp(`^${toRegExp(alternative)}/?$`, windows ? 'isu' : 'su').test(subject),
  )
}

/** `a{b,c}` as `ab` and `ac`, `{1..3}` as `1`, `2`, `3`. */
export function expandBraces(pattern: string): string[] {
  const close = findBrace(pattern)
  if (close === undefined) return [pattern]
  const [start, end, parts] = close
  const before = pattern.slice(0, start)
  return parts.flatMap((part) =>
    expandBraces(part).flatMap((middle) =>
      expandBraces(pattern.slice(end + 1)).map((after) => before + middle + after),
    ),
  )
}

/** The first brace that has something to choose from: where it is, and its choices. */
function findBrace(pattern: string): [number, number, string[]] | undefined {
  for (let start = pattern.indexOf('{'); start !== -1; start = pattern.indexOf('{', start + 1)) {
    if (pattern[start - 1] === '\\' || pattern[start - 1] === '$') continue
    const parts = ['']
    let depth = 0
    for (let at = start; at < pattern.length; at++) {
      const character = pattern[at] as string
      if (character === '{') depth++
      if (character === '}') depth--
      if (depth === 0) {
        const choices = parts.length > 1 ? parts : sequence(parts[0] as string)
        if (choices !== undefined) return [start, at, choices]
        break
      }
      if (character === ',' && depth === 1) parts.push('')
      else if (at > start) parts[parts.length - 1] += character
    }
  }
  return undefined
}

function sequence(text: string): string[] | undefined {
  const [, from, to, step] = /^(-?\d+|[a-z])\.\.(-?\d+|[a-z])(?:\.\.(-?\d+))?$/i.exec(text) ?? []
  if (from === undefined || to === undefined) return undefined
  const isNumber = !Number.isNaN(Number(from))
  const codeOf = (one: string) => (isNumber ? Number(one) : one.charCodeAt(0))
  const width = isNumber && /^-?0\d/.test(from) ? from.length : 0
  const first = codeOf(from)
  const last = codeOf(to)
  const stride = Math.max(1, Math.abs(Number(step ?? 1))) * (last < first ? -1 : 1)
  const items: string[] = []
  for (let value = first; stride > 0 ? value <= last : value >= last; value += stride) {
    items.push(isNumber ? String(value).padStart(width, '0') : String.fromCharCode(value))
  }
  return items
}

function toRegExp(pattern: string): string {
  const segments = pattern.split('/')
  let source = ''
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '**') {
      // Any number of directories, none of them hidden; at the end also what is in them.
      if (index === 0) source += '/?'
      source += isLast ? '(?:(?!\\.)[^/]+(?:/(?!\\.)[^/]+)*)?' : '(?:(?!\\.)[^/]+/)*'
    } else source += segmentToRegExp(segment) + (isLast ? '' : '/')
  }
  return source
}

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{Nl}\\p{Nd}',
  alpha: '\\p{L}\\p{Nl}',
  ascii: '\\x00-\\x7f',
  blank: '\\p{Zs}\\t',
  cntrl: '\\p{Cc}',
  digit: '\\p{Nd}',
  lower: '\\p{Ll}',
  punct: '\\p{P}',
  space: '\\p{Z}\\t\\r\\n\\v\\f',
  upper: '\\p{Lu}',
  word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}',
  xdigit: 'A-Fa-f0-9',
}

const special = /[\\^$.*+?()[\]{}|/]/g

export function segmentToRegExp(segment: string): string {
  let source = ''
  // A leading dot has to be asked for.
  if (/^[*?[]|^[+@!]\(/.test(segment)) source = segment === '*' ? '(?!\\.)(?=.)' : '(?!\\.)'
  const groups: string[] = []
  for (let at = 0; at < segment.length; at++) {
    const character = segment[at] as string
    const next = segment[at + 1]
    if (next === '(' && '?*+@!'.includes(character)) {
      groups.push(character)
      source += character === '!' ? '(?:(?!(?:' : '(?:'
      at++
    } else if (character === ')' && groups.length > 0) {
      const kind = groups.pop() as string
      const rest = segmentToRegExp(segment.slice(at + 1))
      source += kind === '!' ? `)${rest}$)[^/]*)` : `)${kind === '@' ? '' : kind}`
    } else if (character === '|' && groups.length > 0) source += '|'
    else if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else if (character === '\\' && next !== undefined) {
      source += next.replace(special, '\\$&')
      at++
    } else if (character === '[') {
      const [all, negated, members] =
        /^\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(segment.slice(at)) ?? []
      if (all === undefined || members === undefined) source += '\\['
      else {
        const set = members.replace(/\[:(\w+):\]|[\\\][^]/g, (one, name?: string) =>
          name === undefined ? `\\${one}` : (posixClasses[name] ?? ''),
        )
        source += `(?!/)[${negated ? '^' : ''}${set}]`
        at += all.length - 1
      }
    } else source += character.replace(special, '\\$&')
  }
  return source
}
