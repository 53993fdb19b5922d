// biome-ignore-all lint/complexity/noArguments: WebIDL counts the arguments, given or not
/**
 * URL and URLSearchParams for hosts that have none. https://url.spec.whatwg.org/
 * Names beyond ASCII are normalized and written in punycode, but not mapped by the IDNA tables, which are larger than
 * the rest of lodger's shims together: `ß` and its like come out other than in a browser.
 */

import type { Shim, ShimContext } from '../../src/seams.ts'
import { notImplemented } from '../not-implemented.ts'
import type { Loose } from './loose.ts'
import { punycodeOf } from './punycode.ts'
import { type Override, parseUrl } from './url/parser.ts'
import { percentEncode, percentSets } from './url/percent.ts'
import {
  cannotHavePort,
  isSpecial,
  serializeHost,
  serializePath,
  serializeUrl,
  type UrlRecord,
} from './url/record.ts'
import { createSearchParams, missingArguments } from './url/search-params.ts'

export interface WhatwgUrl {
  readonly URL: Loose
  readonly URLSearchParams: Loose
}

/** A name as the domain name system has it, or nothing. */
export function domainToAscii(context: ShimContext, domain: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(domain)) return domain.toLowerCase()
  // Half a surrogate pair is no character, nor is what stands for one that could not be read.
  if (/\p{Surrogate}|\uFFFD/u.test(domain)) return undefined
  const mapped = domain.normalize('NFKC').toLowerCase().normalize('NFC').replaceAll('\u00AD', '')
  if (/(?:^|\.)xn--[\w-]*[^\w.-]/.test(mapped)) return undefined
  try {
    return punycodeOf(context).toASCII(mapped)
  } catch {
    return undefined
  }
}

export function createWhatwgUrl(context: ShimContext): WhatwgUrl {
  const params = createSearchParams(context)
  const toAscii = (domain: string) => domainToAscii(context, domain)
  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

  function parse(input: string, base: string | undefined): UrlRecord | undefined {
    const baseRecord = base === undefined ? undefined : parseUrl(base, undefined, toAscii)
    if (base !== undefined && baseRecord === undefined) return undefined
    return parseUrl(input, baseRecord, toAscii)
  }

  class URL {
    #url: UrlRecord
    #searchParams: Loose

    constructor(input: unknown, base: unknown = undefined) {
      if (arguments.length === 0) throw missingArguments('url')
      const text = `${input}`
      const baseText = base === undefined ? undefined : `${base}`
      const record = parse(text, baseText)
      if (record === undefined) throw invalidUrl(text, baseText)
      this.#url = record
    }

    static canParse(url: unknown, base: unknown = undefined): boolean {
      if (arguments.length === 0) throw missingArguments('url')
      return parse(`${url}`, base === undefined ? undefined : `${base}`) !== undefined
    }

    static parse(url: unknown, base: unknown = undefined): URL | null {
      return URL.canParse(url, base) ? new URL(url, base) : null
    }

    /** Begins the parser at the setter's state, on a copy that is kept when all went well. */
    #set(text: string, state: Override, prepare?: (url: UrlRecord) => void): void {
      const { path } = this.#url
      const copy = { ...this.#url, path: typeof path === 'string' ? path : [...path] }
      prepare?.(copy)
      const changed = parseUrl(text, undefined, toAscii, copy, state)
      if (changed !== undefined) this.#url = changed
    }

    #queryChanged(): void {
      if (this.#searchParams) params.reset(this.#searchParams, this.#url.query ?? '')
    }

    get href(): string {
      return serializeUrl(this.#url)
    }

    set href(value: unknown) {
      const record = parse(`${value}`, undefined)
      if (record === undefined) throw invalidUrl(`${value}`)
      this.#url = record
      this.#queryChanged()
    }

    get origin(): string {
      const { scheme } = this.#url
      if (scheme === 'blob') {
        const inner = parse(serializePath(this.#url), undefined)
        const isWeb = inner?.scheme === 'http' || inner?.scheme === 'https'
        return isWeb ? `${inner.scheme}://${serializeHost(inner)}` : 'null'
      }
      if (!isSpecial(this.#url) || scheme === 'file') return 'null'
      return `${scheme}://${serializeHost(this.#url)}`
    }

    get protocol(): string {
      return `${this.#url.scheme}:`
    }

    set protocol(value: unknown) {
      this.#set(`${value}:`, 'scheme start')
    }

    get username(): string {
      return this.#url.username
    }

    set username(value: unknown) {
      if (cannotHavePort(this.#url)) return
      this.#url.username = percentEncode(`${value}`, percentSets.userinfo)
    }

    get password(): string {
      return this.#url.password
    }

    set password(value: unknown) {
      if (cannotHavePort(this.#url)) return
      this.#url.password = percentEncode(`${value}`, percentSets.userinfo)
    }

    get host(): string {
      return serializeHost(this.#url)
    }

    set host(value: unknown) {
      if (typeof this.#url.path !== 'string') this.#set(`${value}`, 'host')
    }

    get hostname(): string {
      return this.#url.host ?? ''
    }

    set hostname(value: unknown) {
      if (typeof this.#url.path !== 'string') this.#set(`${value}`, 'hostname')
    }

    get port(): string {
      return this.#url.port === null ? '' : `${this.#url.port}`
    }

    set port(value: unknown) {
      if (cannotHavePort(this.#url)) return
      if (`${value}` === '') this.#url.port = null
      else this.#set(`${value}`, 'port')
    }

    get pathname(): string {
      return serializePath(this.#url)
    }

    set pathname(value: unknown) {
      if (typeof this.#url.path === 'string') return
      this.#set(`${value}`, 'path start', (url) => {
        url.path = []
      })
    }

    get search(): string {
      return this.#url.query ? `?${this.#url.query}` : ''
    }

    set search(value: unknown) {
      const text = `${value}`
      if (text === '') this.#url.query = null
      else {
        this.#set(text.replace(/^\?/, ''), 'query', (url) => {
          url.query = ''
        })
      }
      this.#queryChanged()
    }

    get searchParams(): Loose {
      this.#searchParams ??= params.attach(this.#url.query ?? '', (query) => {
        this.#url.query = query === '' ? null : query
      })
      return this.#searchParams
    }

    get hash(): string {
      return this.#url.fragment ? `#${this.#url.fragment}` : ''
    }

    set hash(value: unknown) {
      const text = `${value}`
      if (text === '') this.#url.fragment = null
      else {
        this.#set(text.replace(/^#/, ''), 'fragment', (url) => {
          url.fragment = ''
        })
      }
    }

    toString(): string {
      return serializeUrl(this.#url)
    }

    toJSON(): string {
      return serializeUrl(this.#url)
    }

    [inspectSymbol](depth: number | null, options: Loose): unknown {
      if (typeof depth === 'number' && depth < 0) return this
      const shown = Object.create({ constructor: this.constructor })
      for (const name of members) shown[name] = this[name]
      return `${this.constructor.name} ${context.require('util').inspect(shown, options)}`
    }
  }

  for (const name of ['toString', 'toJSON', ...members]) {
    Object.defineProperty(URL.prototype, name, { enumerable: true })
  }
  Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true })
  Object.assign(URL, {
    createObjectURL: notImplemented({ ...context, id: 'url' }, 'URL.createObjectURL', 1),
    revokeObjectURL(url: unknown): void {
      if (url === undefined) throw missingArguments('url')
    },
  })
  for (const name of ['canParse', 'parse']) Object.defineProperty(URL, name, { enumerable: true })
  return { URL, URLSearchParams: params.Class }
}

/** In the order in which `inspect` shows them. */
const members = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
] as const

function invalidUrl(input: string, base?: string): Error {
  // Without the code in its head: node throws this one from below JavaScript.
  const error = new TypeError('Invalid URL')
  const code = 'ERR_INVALID_URL'
  return Object.assign(error, { code, input }, base !== undefined && { base })
}

const shim: Shim = () => ({ createWhatwgUrl, domainToAscii })

export default shim
