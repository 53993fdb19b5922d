/** `url.parse` and `Url`: the parser of before the URL standard, which packages go on using. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { nameFunction } from '../names.ts'
import { validateString } from '../validate.ts'
import { resolveObject } from './legacy-resolve.ts'
import { percentEncode } from './percent.ts'
import { isScript, isSlashed } from './protocols.ts'

/** What never stands in a host, RFC 2396. */
const notInHost = /[ "%';<>\\^`{|}]/
const escaped = /[\t\n\r "'<>\\^`{|}]/g

const isBracketed = (host: string): boolean => host.startsWith('[') && host.endsWith(']')

export function createLegacyUrl(context: ShimContext): Loose {
  const querystring = () => context.require('querystring')
  const empty = () => Object.create(null)

  function Url(this: Loose): void {
    for (const name of members) this[name] = null
  }

  Url.prototype.parse = function parse(
    this: Loose,
    url: unknown,
    parseQueryString?: boolean,
    slashesDenoteHost?: boolean,
  ): Loose {
    validateString(url, 'url')
    let rest = url.replace(/^[\0- \u00A0\uFEFF]+|[\0- \u00A0\uFEFF]+$/g, '')
    // Browsers take a backslash before the query for a slash.
    const [beforeQuery = ''] = /^[^?#]*/.exec(rest) ?? []
    rest = beforeQuery.replaceAll('\\', '/') + rest.slice(beforeQuery.length)

    if (!slashesDenoteHost && !rest.includes('#') && !beforeQuery.includes('@')) {
      const simple = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest)
      if (simple !== null) {
        const [, pathname, search] = simple
        Object.assign(this, { path: rest, href: rest, pathname })
        if (search) {
          this.search = search
          const query = search.slice(1)
          this.query = parseQueryString ? querystring().parse(query) : query
        } else if (parseQueryString) this.query = empty()
        return this
      }
    }

    const [written] = /^[a-z0-9.+-]+:/i.exec(rest) ?? []
    const protocol = written?.toLowerCase()
    if (written !== undefined) {
      this.protocol = protocol
      rest = rest.slice(written.length)
    }
    let hasSlashes = false
    if (slashesDenoteHost || written || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
      hasSlashes = rest.startsWith('//')
      if (hasSlashes && !isScript(protocol)) {
        rest = rest.slice(2)
        this.slashes = true
      }
    }
    if (!isScript(protocol) && (hasSlashes || (written && !isSlashed(written)))) {
      rest = takeHost(this, rest, url)
    }
    if (!isScript(protocol)) {
      rest = rest.replace(escaped, (character) => percentEncode(character, character))
    }

    const hash = rest.indexOf('#')
    if (hash !== -1) {
      this.hash = rest.slice(hash)
      rest = rest.slice(0, hash)
    }
    const question = rest.indexOf('?')
    if (question !== -1) {
      this.search = rest.slice(question)
      const query = rest.slice(question + 1)
      this.query = parseQueryString ? querystring().parse(query) : query
      rest = rest.slice(0, question)
    } else if (parseQueryString) this.query = empty()
    if (rest !== '') this.pathname = rest
    if (isSlashed(protocol) && this.hostname && !this.pathname) this.pathname = '/'
    // `http.request` wants both in one.
    if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '')
    this.href = this.format()
    return this
  }
  Object.defineProperty(Url.prototype.parse, 'length', { value: 3, configurable: true })

  /** Takes user, host and port from the front, and gives what follows them. */
  function takeHost(target: Loose, text: string, url: string): string {
    const [beforePath = ''] = /^[^#/?]*/.exec(text) ?? []
    const authority = beforePath.replace(/[\t\n\r]/g, '')
    let rest = text.slice(beforePath.length)
    const at = authority.lastIndexOf('@')
    if (at !== -1) target.auth = decodeURIComponent(authority.slice(0, at))
    target.host = authority.slice(at + 1)
    const end = target.host.search(notInHost)
    if (end !== -1) {
      rest = target.host.slice(end) + rest
      target.host = target.host.slice(0, end)
    }
    target.parseHost()
    target.hostname ??= ''

    const isIpv6 = isBracketed(target.hostname)
    if (!isIpv6) {
      const bad = target.hostname.search(/[/\\#?:]/)
      if (bad !== -1) {
        if (target.hostname[bad] === ':') {
          // In this order, as node has it.
          throw createError('ERR_INVALID_ARG_VALUE', 'url', 'Invalid port in url', url)
        }
        rest = `/${target.hostname.slice(bad)}${rest}`
        target.hostname = target.hostname.slice(0, bad)
      }
    }
    target.hostname = target.hostname.length > 255 ? '' : target.hostname.toLowerCase()
    if (target.hostname !== '') {
      if (!isIpv6) target.hostname = toAscii(target.hostname)
      // A name must not turn into something else than a name on the way through IDNA.
      const forbidden = isIpv6 ? /[\0\t\n\r #%/<>?@\\^|]/ : /[\0\t\n\r #%/:<>?@[\\\]^|]/
      if (target.hostname === '' || forbidden.test(target.hostname)) {
        throw Object.assign(codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: url })
      }
    }
    target.host = target.hostname + (target.port ? `:${target.port}` : '')
    if (isIpv6) {
      target.hostname = target.hostname.slice(1, -1)
      if (!rest.startsWith('/')) rest = `/${rest}`
    }
    return rest
  }

  function toAscii(hostname: string): string {
    // A name in ASCII is what it is, and no IPv4 address whatever it looks like.
    return /^[\0-\x7f]*$/.test(hostname) ? hostname : context.require('url').domainToASCII(hostname)
  }

  Url.prototype.parseHost = function parseHost(this: Loose): void {
    const { host } = this
    const [port] = /:[0-9]*$/.exec(host) ?? []
    if (port !== undefined && port !== ':') this.port = port.slice(1)
    const name = port === undefined ? host : host.slice(0, -port.length)
    if (name) this.hostname = name
  }

  Url.prototype.format = function format(this: Loose): string {
    const auth = this.auth ? `${encodeAuth(this.auth)}@` : ''
    let protocol: string = this.protocol || ''
    if (protocol && !protocol.endsWith(':')) protocol += ':'
    let host = ''
    if (this.host) host = auth + this.host
    else if (this.hostname) {
      const needsBrackets = this.hostname.includes(':') && !isBracketed(this.hostname)
      host = auth + (needsBrackets ? `[${this.hostname}]` : this.hostname)
      if (this.port) host += `:${this.port}`
    }
    const isObject = this.query !== null && typeof this.query === 'object'
    const query: string = isObject ? querystring().stringify(this.query) : ''
    let search: string = this.search || (query && `?${query}`) || ''
    let pathname: string = (this.pathname || '').replaceAll('#', '%23').replaceAll('?', '%3F')

    // Those that had slashes keep them, those that ought to have them get them.
    if (this.slashes || isSlashed(protocol)) {
      if (this.slashes || host) {
        if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`
        host = `//${host}`
      } else if (protocol.startsWith('file')) host = '//'
    }
    search = search.replaceAll('#', '%23')
    let hash: string = this.hash || ''
    if (hash && !hash.startsWith('#')) hash = `#${hash}`
    if (search && !search.startsWith('?')) search = `?${search}`
    return protocol + host + pathname + search + hash
  }

  Url.prototype.resolve = function resolve(this: Loose, relative: unknown): string {
    return this.resolveObject(parse(relative, false, true)).format()
  }

  Url.prototype.resolveObject = function (this: Loose, relative: Loose): Loose {
    const other = typeof relative === 'string' ? parse(relative, false, true) : relative
    return resolveObject(Object.assign(new (Url as Loose)(), this), other)
  }
  Object.defineProperty(Url.prototype.resolveObject, 'name', { value: 'resolveObject' })

  function parse(url: unknown, parseQueryString?: boolean, slashesDenoteHost?: boolean): Loose {
    if (url instanceof Url) return url
    return new (Url as Loose)().parse(url, parseQueryString, slashesDenoteHost)
  }

  nameFunction(Url.prototype.parse, 'parse')
  return { Url, parse }
}

const members = [
  'protocol',
  'slashes',
  'auth',
  'host',
  'port',
  'hostname',
  'hash',
  'search',
  'query',
  'pathname',
  'path',
  'href',
] as const

/** A colon between user and password stays as it is. */
function encodeAuth(auth: string): string {
  return encodeURIComponent(auth).replaceAll('%3A', ':')
}
