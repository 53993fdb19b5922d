// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/** https://nodejs.org/docs/latest-v26.x/api/url.html: URL is the host's where it has one. */

import { codedError, createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { isCalledByProgram } from './internal/caller.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { punycodeOf } from './internal/punycode.ts'
import { createLegacyUrl } from './internal/url/legacy.ts'
import { percentEncode } from './internal/url/percent.ts'
import { missingArguments } from './internal/url/search-params.ts'
import { validateObject, validateString } from './internal/validate.ts'
import { webGlobal } from './internal/web/globals.ts'
import { notImplemented } from './not-implemented.ts'

type FileOptions = { readonly windows?: boolean | undefined } | undefined

const shim: Shim = (context) => {
  const { Url, parse } = createLegacyUrl(context)
  const URL = (): Loose => webGlobal(context, 'URL')

  const isUrl = (value: Loose): boolean =>
    Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined)

  let warned = false
  function urlParse(url: unknown, parseQueryString?: boolean, slashesDenoteHost?: boolean): Loose {
    if (!warned && isCalledByProgram(context)) {
      warned = true
      context
        .require('process')
        .emitWarning(
          '`url.parse()` behavior is not standardized and prone to errors that have security implications. ' +
            'Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
          'DeprecationWarning',
          'DEP0169',
        )
    }
    return parse(url, parseQueryString, slashesDenoteHost)
  }

  function format(urlObject: Loose, options?: Loose): string {
    if (typeof urlObject === 'string') return parse(urlObject).format()
    if (typeof urlObject !== 'object' || urlObject === null) {
      throw createError('ERR_INVALID_ARG_TYPE', 'urlObject', ['Object', 'string'], urlObject)
    }
    if (urlObject instanceof URL()) return formatUrl(urlObject, options)
    return Url.prototype.format.call(urlObject)
  }

  function formatUrl(url: Loose, options: Loose): string {
    if (options) validateObject(options, 'options')
    const wants = (name: string) => Boolean(options?.[name] ?? name !== 'unicode')
    let text = `${url.protocol}`
    if (url.host || url.href.startsWith(`${url.protocol}//`)) {
      text += '//'
      if (wants('auth') && (url.username || url.password)) {
        text += `${url.username}${url.password ? `:${url.password}` : ''}@`
      }
      text += wants('unicode') ? domainToUnicode(url.hostname) : url.hostname
      if (url.port) text += `:${url.port}`
    }
    text += url.pathname
    if (wants('search')) text += url.search
    if (wants('fragment')) text += url.hash
    return text
  }

  function domainToASCII(domain: unknown): string {
    if (arguments.length < 1) throw missingArguments('domain')
    const HostUrl = (context.host.global as Loose).URL
    if (HostUrl === undefined) {
      const { domainToAscii } = context.require('internal/whatwg-url')
      const ascii = domainToAscii(context, `${domain}`)
      return ascii === undefined || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(ascii) ? '' : ascii
    }
    // The host has the tables.
    try {
      return /[:@](?![^[]*\]$)/.test(`${domain}`) ? '' : new HostUrl(`ws://${domain}`).hostname
    } catch {
      return ''
    }
  }

  function domainToUnicode(domain: unknown): string {
    if (arguments.length < 1) throw missingArguments('domain')
    const ascii = domainToASCII(domain)
    return ascii && punycodeOf(context).toUnicode(ascii)
  }

  function fileUrlOf(value: unknown): Loose {
    let url: Loose = value
    if (typeof value === 'string') url = new (URL())(value)
    else if (!isUrl(value))
      throw createError('ERR_INVALID_ARG_TYPE', 'path', ['string', 'URL'], value)
    if (url.protocol !== 'file:') throw createError('ERR_INVALID_URL_SCHEME', 'file')
    return url
  }

  function badPath(reason: string, url: Loose): Error {
    return Object.assign(
      codedError(TypeError, 'ERR_INVALID_FILE_URL_PATH', `File URL path ${reason}`),
      { input: url },
    )
  }

  function fileURLToPath(path: unknown, options?: FileOptions): string {
    const url = fileUrlOf(path)
    if (options?.windows) {
      if (/%2f|%5c/i.test(url.pathname)) {
        throw badPath('must not include encoded \\ or / characters', url)
      }
      const pathname = decodeURIComponent(url.pathname.replaceAll('/', '\\'))
      if (url.hostname !== '') return `\\\\${domainToUnicode(url.hostname)}${pathname}`
      if (!/^.[A-Za-z]:/.test(pathname)) throw badPath('must be absolute', url)
      return pathname.slice(1)
    }
    checkHost(url)
    if (/%2f/i.test(url.pathname)) throw badPath('must not include encoded / characters', url)
    return decodeURIComponent(url.pathname)
  }

  function checkHost(url: Loose): void {
    if (url.hostname === '') return
    const { platform } = context.require('process')
    const text = `File URL host must be "localhost" or empty on ${platform}`
    throw codedError(TypeError, 'ERR_INVALID_FILE_URL_HOST', text)
  }

  function fileURLToPathBuffer(path: unknown, options?: FileOptions): Loose {
    const url = fileUrlOf(path)
    const { Buffer } = context.require('buffer')
    // Byte by byte: the path need not be UTF-8.
    const bytesOf = (text: string) => {
      const latin = text.replace(/%([\dA-Fa-f]{2})/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
      return Buffer.from(latin, 'latin1')
    }
    if (!options?.windows) {
      checkHost(url)
      return bytesOf(url.pathname)
    }
    const bytes = bytesOf(url.pathname.replaceAll('/', '\\'))
    if (url.hostname !== '') {
      return Buffer.concat([Buffer.from(`\\\\${domainToUnicode(url.hostname)}`), bytes])
    }
    if (!/^.[A-Za-z]:/.test(bytes.toString('latin1'))) throw badPath('must be absolute', url)
    return bytes.subarray(1)
  }

  function pathToFileURL(path: unknown, options?: FileOptions): Loose {
    validateString(path, 'path')
    const windows = Boolean(options?.windows)
    const paths = context.require('path')
    let resolved: string = path
    let host = ''
    if (!windows || !path.startsWith('\\\\')) {
      resolved = (windows ? paths.win32 : paths.posix).resolve(path)
      // `resolve` drops a slash at the end.
      const endsInSlash = path.endsWith('/') || (windows && path.endsWith('\\'))
      const hasSlash = resolved.endsWith('/') || (windows && resolved.endsWith('\\'))
      if (endsInSlash && !hasSlash) resolved += '/'
    }
    if (windows && resolved.startsWith('\\\\')) {
      const start = resolved.startsWith('\\\\?\\UNC\\') ? 8 : 2
      const end = resolved.indexOf('\\', start)
      if (end === -1) {
        throw createError('ERR_INVALID_ARG_VALUE', 'path', resolved, 'Missing UNC resource path')
      }
      if (end === 2) {
        throw createError('ERR_INVALID_ARG_VALUE', 'path', resolved, 'Empty UNC servername')
      }
      host = resolved.slice(start, end)
      resolved = resolved.slice(end)
    }
    if (windows) resolved = resolved.replaceAll('\\', '/').replace(/^(?!\/)/, '/')
    // More than URLs need: what shells, and older rules of URLs, might stumble over as well.
    const encoded = percentEncode(resolved, ' "#%<>?[\\]^`{|}~')
    const url = new (URL())(`file://${encoded}`)
    // A host that is none, as in `\\\\?\\C:`, is not taken, and nothing is said.
    if (host !== '') url.hostname = host
    return url
  }

  function urlToHttpOptions(url: Loose): Loose {
    validateObject(url, 'url', { array: true, function: true })
    const { hostname, pathname, port, username, password, search } = url
    const options = Object.assign(Object.create(null), url, {
      protocol: url.protocol,
      hostname: hostname?.startsWith('[') ? hostname.slice(1, -1) : hostname,
      hash: url.hash,
      search,
      pathname,
      path: `${pathname || ''}${search || ''}`,
      href: url.href,
    })
    if (port !== '') options.port = Number(port)
    if (username || password) {
      options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    }
    return options
  }

  const exports = {
    Url,
    parse: urlParse,
    resolve: (source: unknown, relative: unknown): string =>
      parse(source, false, true).resolve(relative),
    resolveObject: (source: unknown, relative: unknown): Loose =>
      source ? parse(source, false, true).resolveObject(relative) : relative,
    format,
    domainToASCII,
    domainToUnicode,
    pathToFileURL,
    fileURLToPath,
    fileURLToPathBuffer,
    urlToHttpOptions,
  }
  for (const [name, length] of [
    ['parse', 3],
    ['format', 2],
    ['pathToFileURL', 2],
    ['fileURLToPath', 1],
    ['fileURLToPathBuffer', 1],
  ] as const) {
    Object.defineProperty(exports[name], 'length', { value: length, configurable: true })
  }
  Object.defineProperty(urlParse, 'name', { value: 'urlParse' })
  shapeMembers(exports, 'format:urlFormat resolve:urlResolve resolveObject:urlResolveObject')
  for (const name of ['URL', 'URLPattern', 'URLSearchParams']) {
    const value = webGlobal(context, name) ?? notImplemented(context, name)
    Object.assign(exports, { [name]: value })
  }
  return exports
}

export default shim
