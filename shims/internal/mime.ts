/** `util.MIMEType` and `MIMEParams`. https://nodejs.org/docs/latest-v26.x/api/util.html#class-utilmimetype */

import { codedError } from '../../src/errors.ts'
import type { Loose } from './loose.ts'
import { nameClass } from './names.ts'

// https://mimesniff.spec.whatwg.org/#http-token-code-point and its neighbours
const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/
const notQuotable = /[^\t\u0020-~\u0080-\u00FF]/
const trimStart = (text: string): string => text.replace(/^[\r\n\t ]+/, '')
const trimEnd = (text: string): string => text.replace(/[\r\n\t ]+$/, '')
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** The text itself in lower case, or ERR_INVALID_MIME_SYNTAX telling where it breaks. */
function token(text: string, production: string, whole: string): string {
  const index = text.search(notToken)
  if (text !== '' && index === -1) return lower(text)
  throw invalid(production, whole, index)
}

function invalid(production: string, text: string, index: number): Error {
  const place = index === -1 ? '' : ` at ${index}`
  const message = `The MIME syntax for a ${production} in "${text}" is invalid${place}`
  return codedError(TypeError, 'ERR_INVALID_MIME_SYNTAX', message)
}

/** `;name=value; other="quoted \"value\""`; what is malformed is left out, the first of a name wins. */
function parseParams(text: string): Map<string, string> {
  const params = new Map<string, string>()
  let rest = trimEnd(text)
  while (rest !== '') {
    const [, name = '', mark] = /^([^;=]*)([;=])?/.exec(trimStart(rest)) as RegExpExecArray
    rest = trimStart(rest).slice(name.length + (mark ? 1 : 0))
    if (mark !== '=' || rest === '') continue
    let value: string
    if (rest.startsWith('"')) {
      const [quoted, inside = ''] = /^"((?:\\[\s\S]|[^"\\])*)(?:"|\\$|$)/.exec(
        rest,
      ) as RegExpExecArray
      value = inside.replace(/\\([\s\S])/g, '$1')
      if (quoted.endsWith('\\') && quoted.length === inside.length + 2) value += '\\'
      // What stands between the closing quote and the next `;` is dropped.
      const next = rest.indexOf(';', quoted.length)
      rest = next === -1 ? '' : rest.slice(next + 1)
    } else {
      const end = rest.indexOf(';')
      value = trimEnd(end === -1 ? rest : rest.slice(0, end))
      rest = end === -1 ? '' : rest.slice(end + 1)
      if (value === '') continue
    }
    const key = lower(name)
    if (key !== '' && !notToken.test(key) && !notQuotable.test(value) && !params.has(key)) {
      params.set(key, value)
    }
  }
  return params
}

export function createMime(): { MIMEType: Loose; MIMEParams: Loose } {
  /** Kept outside of the class, because node's constructor takes nothing. */
  const fill = new WeakMap<object, Map<string, string>>()
  const mapOf = (params: object): Map<string, string> => fill.get(params) as Map<string, string>

  class MIMEParams {
    constructor() {
      fill.set(this, new Map())
    }
    delete(name: unknown): void {
      mapOf(this).delete(lower(`${name}`))
    }
    get(name: unknown): string | null {
      return mapOf(this).get(lower(`${name}`)) ?? null
    }
    has(name: unknown): boolean {
      return mapOf(this).has(lower(`${name}`))
    }
    set(name: unknown, value: unknown): void {
      const key = lower(`${name}`)
      const text = `${value}`
      const badName = key.search(notToken)
      if (key === '' || badName !== -1) throw invalid('parameter name', key, badName)
      const badValue = text.search(notQuotable)
      if (badValue !== -1) throw invalid('parameter value', text, badValue)
      mapOf(this).set(key, text)
    }
    *entries(): Generator<[string, string]> {
      yield* mapOf(this).entries()
    }
    *keys(): Generator<string> {
      yield* mapOf(this).keys()
    }
    *values(): Generator<string> {
      yield* mapOf(this).values()
    }
    toString(): string {
      const encode = (value: string): string =>
        value === '' || notToken.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
      return [...mapOf(this)].map(([name, value]) => `${name}=${encode(value)}`).join(';')
    }
  }
  hide(MIMEParams.prototype, Symbol.iterator, MIMEParams.prototype.entries)
  hide(MIMEParams.prototype, 'toJSON', MIMEParams.prototype.toString)

  class MIMEType {
    #type: string
    #subtype: string
    #params: MIMEParams
    constructor(input: unknown) {
      const text = `${input}`
      const start = trimStart(text)
      const slash = start.indexOf('/')
      const type = slash === -1 ? start : start.slice(0, slash)
      if (slash === -1) throw invalid('type', text, type.search(notToken))
      this.#type = token(type, 'type', text)
      const semicolon = start.indexOf(';', slash)
      const subtype = start.slice(slash + 1, semicolon === -1 ? undefined : semicolon)
      this.#subtype = token(trimEnd(subtype), 'subtype', text)
      this.#params = new MIMEParams()
      if (semicolon !== -1) fill.set(this.#params, parseParams(start.slice(semicolon + 1)))
    }
    static parse(input: unknown): MIMEType | null {
      try {
        return new MIMEType(input)
      } catch {
        return null
      }
    }
    get type(): string {
      return this.#type
    }
    set type(value: unknown) {
      this.#type = token(`${value}`, 'type', `${value}`)
    }
    get subtype(): string {
      return this.#subtype
    }
    set subtype(value: unknown) {
      this.#subtype = token(`${value}`, 'subtype', `${value}`)
    }
    get essence(): string {
      return `${this.#type}/${this.#subtype}`
    }
    get params(): MIMEParams {
      return this.#params
    }
    toString(): string {
      const params = this.#params.toString()
      return params === '' ? this.essence : `${this.essence};${params}`
    }
  }
  hide(MIMEType.prototype, 'toJSON', MIMEType.prototype.toString)
  return {
    MIMEType: nameClass(MIMEType, 'MIMEType'),
    MIMEParams: nameClass(MIMEParams, 'MIMEParams'),
  }
}

function hide(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true })
}
