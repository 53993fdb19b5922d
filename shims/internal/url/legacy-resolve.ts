/** `Url.prototype.resolveObject`: where a link leads, as browsers saw it before the URL standard. */

import type { Loose } from '../loose.ts'
import { isScript, isSlashed } from './protocols.ts'

/** @param result a copy of the base, which is changed and given back */
export function resolveObject(result: Loose, relative: Loose): Loose {
  result.hash = relative.hash
  if (relative.href === '') return finish(result)
  if (relative.slashes && !relative.protocol) return otherHost(result, relative)
  if (relative.protocol && relative.protocol !== result.protocol) {
    return otherProtocol(result, relative)
  }
  return samePlace(result, relative)
}

function finish(result: Loose): Loose {
  result.href = result.format()
  return result
}

function setPath(result: Loose): void {
  result.path = (result.pathname ?? '') + (result.search ?? '')
}

/** `//host/path`: all but the protocol is the link's. */
function otherHost(result: Loose, relative: Loose): Loose {
  const { protocol } = result
  Object.assign(result, relative, { protocol })
  if (isSlashed(protocol) && result.hostname && !result.pathname) {
    result.path = result.pathname = '/'
  }
  return finish(result)
}

function otherProtocol(result: Loose, relative: Loose): Loose {
  // One without slashes is absolute as it stands.
  if (!isSlashed(relative.protocol)) return finish(Object.assign(result, relative))
  result.protocol = relative.protocol
  const needsHost = !/^file:?$/.test(relative.protocol) && !isScript(relative.protocol)
  if (!relative.host && needsHost) {
    // `http:a/b` names a host without saying so.
    const parts: string[] = (relative.pathname || '').split('/')
    while (parts.length > 0 && !relative.host) relative.host = parts.shift()
    relative.host ||= ''
    relative.hostname ||= ''
    if (parts[0] !== '') parts.unshift('')
    if (parts.length < 2) parts.unshift('')
    result.pathname = parts.join('/')
  } else result.pathname = relative.pathname
  const { search, query, auth, port } = relative
  Object.assign(result, { search, query, auth, port })
  result.host = relative.host || ''
  result.hostname = relative.hostname || relative.host
  if (result.pathname || result.search) setPath(result)
  result.slashes ||= relative.slashes
  return finish(result)
}

const partsOf = (pathname: string | null): string[] => (pathname ? pathname.split('/') : [])

function samePlace(result: Loose, relative: Loose): Loose {
  const startsAtRoot = (url: Loose) => Boolean(url.pathname?.startsWith('/'))
  const isAbsolute = Boolean(relative.host) || startsAtRoot(relative)
  let endsAbsolute = isAbsolute || startsAtRoot(result) || Boolean(result.host && relative.pathname)
  const staysBelowRoot = endsAbsolute
  let parts = partsOf(result.pathname)
  const link = partsOf(relative.pathname)
  // Of a protocol without slashes the host is the first part of the path, and `..` may take it away.
  const hostIsPart = Boolean(result.protocol) && !isSlashed(result.protocol)
  if (hostIsPart) {
    moveHost(result, parts)
    result.hostname = ''
    result.port = null
    result.host = ''
    if (relative.protocol) {
      moveHost(relative, link)
      Object.assign(relative, { hostname: null, port: null, host: null })
      result.auth = null
    }
    endsAbsolute &&= link[0] === '' || parts[0] === ''
  }

  if (isAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null
      result.host = relative.host
      result.port = relative.port
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null
      result.hostname = relative.hostname
    }
    parts = link
  } else if (link.length > 0) parts = [...parts.slice(0, -1), ...link]
  else if (relative.search !== null && relative.search !== undefined) {
    // `?query` alone.
    if (hostIsPart) takeHostBack(result, parts.shift())
    result.search = relative.search
    result.query = relative.query
    if (result.pathname !== null || result.search !== null) setPath(result)
    return finish(result)
  }
  if (isAbsolute || link.length > 0) {
    result.search = relative.search
    result.query = relative.query
  }

  if (parts.length === 0) {
    result.pathname = null
    result.path = result.search ? `/${result.search}` : null
    return finish(result)
  }
  const last = parts.at(-1) as string
  const isDots = last === '.' || last === '..'
  const isDirectory =
    last === '' || (isDots && Boolean(result.host || relative.host || parts.length > 1))
  parts = withoutDots(parts, !endsAbsolute && !staysBelowRoot)
  const isRooted = () => parts[0] === '' || Boolean(parts[0]?.startsWith('/'))
  if (endsAbsolute && !isRooted()) parts.unshift('')
  if (isDirectory && !parts.join('/').endsWith('/')) parts.push('')
  const wasRooted = isRooted()
  if (hostIsPart) takeHostBack(result, wasRooted ? '' : (parts.shift() ?? ''))
  endsAbsolute ||= Boolean(result.host && parts.length > 0)
  if (endsAbsolute && !wasRooted) parts.unshift('')
  if (parts.length === 0) {
    result.pathname = null
    result.path = null
  } else result.pathname = parts.join('/')
  if (result.pathname !== null || result.search !== null) setPath(result)
  result.auth = relative.auth || result.auth
  result.slashes ||= relative.slashes
  return finish(result)
}

function moveHost(url: Loose, parts: string[]): void {
  if (!url.host) return
  if (parts[0] === '') parts[0] = url.host
  else parts.unshift(url.host)
}

/** `user@host` may have come along in the path. */
function takeHostBack(result: Loose, part: string | undefined): void {
  result.hostname = result.host = part
  if (part === undefined || part.indexOf('@') <= 0) return
  const [auth, host] = part.split('@')
  result.auth = auth
  result.host = result.hostname = host
}

/** From the back, as each `..` takes the part before it; those that find none stay if they may. */
function withoutDots(parts: readonly string[], keepsAbove: boolean): string[] {
  const kept: string[] = []
  let ups = 0
  for (const part of parts.toReversed()) {
    if (part === '.') continue
    if (part === '..') ups++
    else if (ups > 0) ups--
    else kept.unshift(part)
  }
  return keepsAbove ? [...new Array<string>(ups).fill('..'), ...kept] : kept
}
