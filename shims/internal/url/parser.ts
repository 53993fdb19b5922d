/** The basic URL parser. https://url.spec.whatwg.org/#concept-basic-url-parser: its states have their names here. */

import { type DomainToAscii, parseHost } from './host.ts'
import { percentEncode, percentSets } from './percent.ts'
import { emptyRecord, hasCredentials, isSpecial, specialPorts, type UrlRecord } from './record.ts'
import {
  isDoubleDot,
  isDrive,
  isDriveLetter,
  isSingleDot,
  shortenPath,
  startsWithDriveLetter,
} from './segments.ts'

/** Where a setter lets the parser begin. */
export type Override =
  | 'scheme start'
  | 'host'
  | 'hostname'
  | 'port'
  | 'path start'
  | 'query'
  | 'fragment'

type State =
  | Override
  | 'scheme'
  | 'no scheme'
  | 'special relative or authority'
  | 'path or authority'
  | 'relative'
  | 'relative slash'
  | 'special authority slashes'
  | 'special authority ignore slashes'
  | 'authority'
  | 'file'
  | 'file slash'
  | 'file host'
  | 'path'
  | 'opaque path'

/**
 * @param url what a setter changes; left half changed when the answer is `undefined`, so setters give a copy
 * @returns the record, or nothing when the input is no URL
 */
export function parseUrl(
  text: string,
  base: UrlRecord | undefined,
  toAscii: DomainToAscii,
  url: UrlRecord = emptyRecord(),
  override?: Override,
): UrlRecord | undefined {
  const input = (override ? text : text.replace(/^[\0- ]+|[\0- ]+$/g, '')).replace(/[\t\n\r]/g, '')
  let state: State = override ?? 'scheme start'
  let buffer = ''
  let atSignSeen = false
  let insideBrackets = false
  let passwordSeen = false

  const characters = [...input]
  const rest = (from: number) => characters.slice(from).join('')
  const takePath = (from: UrlRecord) => {
    url.path = typeof from.path === 'string' ? from.path : [...from.path]
  }

  for (let pointer = 0; pointer <= characters.length; pointer++) {
    const c = characters[pointer] ?? ''
    const isEnd = c === ''
    const endsAuthority = isEnd || '/?#'.includes(c) || (c === '\\' && isSpecial(url))
    switch (state) {
      case 'scheme start':
        if (/^[A-Za-z]$/.test(c)) {
          buffer += c.toLowerCase()
          state = 'scheme'
        } else if (!override) {
          state = 'no scheme'
          pointer--
        } else return undefined
        break

      case 'scheme':
        if (/^[A-Za-z\d+.-]$/.test(c)) buffer += c.toLowerCase()
        else if (c === ':') {
          if (override) {
            // A special scheme stays one, and a URL with a host keeps to schemes that have one.
            if (isSpecial(url) !== specialPorts.has(buffer)) return url
            if (buffer === 'file' && (hasCredentials(url) || url.port !== null)) return url
            if (url.scheme === 'file' && !url.host) return url
            url.scheme = buffer
            if (url.port === specialPorts.get(buffer)) url.port = null
            return url
          }
          url.scheme = buffer
          buffer = ''
          if (url.scheme === 'file') state = 'file'
          else if (isSpecial(url) && base?.scheme === url.scheme) {
            state = 'special relative or authority'
          } else if (isSpecial(url)) state = 'special authority slashes'
          else if (characters[pointer + 1] === '/') {
            state = 'path or authority'
            pointer++
          } else {
            url.path = ''
            state = 'opaque path'
          }
        } else if (!override) {
          buffer = ''
          state = 'no scheme'
          pointer = -1
        } else return undefined
        break

      case 'no scheme':
        if (base === undefined || (typeof base.path === 'string' && c !== '#')) return undefined
        if (typeof base.path === 'string') {
          Object.assign(url, base, { fragment: '' })
          state = 'fragment'
        } else {
          state = base.scheme === 'file' ? 'file' : 'relative'
          pointer--
        }
        break

      case 'special relative or authority':
        if (c === '/' && characters[pointer + 1] === '/') {
          state = 'special authority ignore slashes'
          pointer++
        } else {
          state = 'relative'
          pointer--
        }
        break
      case 'path or authority':
        if (c === '/') state = 'authority'
        else {
          state = 'path'
          pointer--
        }
        break

      case 'relative': {
        const from = base as UrlRecord
        url.scheme = from.scheme
        if (c === '/' || (c === '\\' && isSpecial(url))) {
          state = 'relative slash'
          break
        }
        const { username, password, host, port, query } = from
        Object.assign(url, { username, password, host, port, query })
        takePath(from)
        if (c === '?') {
          url.query = ''
          state = 'query'
        } else if (c === '#') {
          url.fragment = ''
          state = 'fragment'
        } else if (!isEnd) {
          url.query = null
          shortenPath(url)
          state = 'path'
          pointer--
        }
        break
      }

      case 'relative slash':
        if (isSpecial(url) && (c === '/' || c === '\\')) state = 'special authority ignore slashes'
        else if (c === '/') state = 'authority'
        else {
          const { username, password, host, port } = base as UrlRecord
          Object.assign(url, { username, password, host, port })
          state = 'path'
          pointer--
        }
        break
      case 'special authority slashes':
        state = 'special authority ignore slashes'
        if (c === '/' && characters[pointer + 1] === '/') pointer++
        else pointer--
        break

      case 'special authority ignore slashes':
        if (c !== '/' && c !== '\\') {
          state = 'authority'
          pointer--
        }
        break

      case 'authority':
        if (c === '@') {
          const credentials = atSignSeen ? `%40${buffer}` : buffer
          atSignSeen = true
          for (const character of credentials) {
            if (character === ':' && !passwordSeen) passwordSeen = true
            else {
              const encoded = percentEncode(character, percentSets.userinfo)
              if (passwordSeen) url.password += encoded
              else url.username += encoded
            }
          }
          buffer = ''
        } else if (endsAuthority) {
          if (atSignSeen && buffer === '') return undefined
          pointer -= [...buffer].length + 1
          buffer = ''
          state = 'host'
        } else buffer += c
        break

      case 'host':
      case 'hostname':
        if (override && url.scheme === 'file') {
          pointer--
          state = 'file host'
        } else if (c === ':' && !insideBrackets) {
          if (buffer === '' || override === 'hostname') return undefined
          const host = parseHost(buffer, isSpecial(url), toAscii)
          if (host === undefined) return undefined
          url.host = host
          buffer = ''
          state = 'port'
        } else if (endsAuthority) {
          pointer--
          if (isSpecial(url) && buffer === '') return undefined
          if (override && buffer === '' && (hasCredentials(url) || url.port !== null)) {
            return undefined
          }
          const host = parseHost(buffer, isSpecial(url), toAscii)
          if (host === undefined) return undefined
          url.host = host
          buffer = ''
          state = 'path start'
          if (override) return url
        } else {
          if (c === '[') insideBrackets = true
          if (c === ']') insideBrackets = false
          buffer += c
        }
        break

      case 'port': {
        // A setter of the host has done so already; a bad port behind it changes nothing of that.
        const failure = override === 'host' ? url : undefined
        if (/^\d$/.test(c)) buffer += c
        else if (endsAuthority || override) {
          if (buffer !== '') {
            const port = Number(buffer)
            if (port > 65_535) return failure
            url.port = port === specialPorts.get(url.scheme) ? null : port
            buffer = ''
            if (override) return url
          }
          if (override) return failure
          state = 'path start'
          pointer--
        } else return failure
        break
      }

      case 'file':
        url.scheme = 'file'
        url.host = ''
        if (c === '/' || c === '\\') state = 'file slash'
        else if (base?.scheme === 'file') {
          url.host = base.host
          takePath(base)
          url.query = base.query
          if (c === '?') {
            url.query = ''
            state = 'query'
          } else if (c === '#') {
            url.fragment = ''
            state = 'fragment'
          } else if (!isEnd) {
            url.query = null
            if (startsWithDriveLetter(rest(pointer))) url.path = []
            else shortenPath(url)
            state = 'path'
            pointer--
          }
        } else {
          state = 'path'
          pointer--
        }
        break

      case 'file slash':
        if (c === '/' || c === '\\') state = 'file host'
        else {
          if (base?.scheme === 'file') {
            url.host = base.host
            const [drive] = base.path as string[]
            if (!startsWithDriveLetter(rest(pointer)) && isDrive(drive)) {
              ;(url.path as string[]).push(drive as string)
            }
          }
          state = 'path'
          pointer--
        }
        break

      case 'file host':
        if (!isEnd && !'/\\?#'.includes(c)) {
          buffer += c
          break
        }
        pointer--
        if (!override && isDriveLetter(buffer)) state = 'path'
        else if (buffer === '') {
          url.host = ''
          if (override) return url
          state = 'path start'
        } else {
          const host = parseHost(buffer, true, toAscii)
          if (host === undefined) return undefined
          url.host = host === 'localhost' ? '' : host
          if (override) return url
          buffer = ''
          state = 'path start'
        }
        break

      case 'path start':
        if (isSpecial(url)) {
          state = 'path'
          if (c !== '/' && c !== '\\') pointer--
        } else if (!override && c === '?') {
          url.query = ''
          state = 'query'
        } else if (!override && c === '#') {
          url.fragment = ''
          state = 'fragment'
        } else if (!isEnd) {
          state = 'path'
          if (c !== '/') pointer--
        } else if (override && url.host === null) (url.path as string[]).push('')
        break

      case 'path': {
        const isSlash = c === '/' || (c === '\\' && isSpecial(url))
        if (!isEnd && !isSlash && (override || !'?#'.includes(c))) {
          buffer += percentEncode(c, percentSets.path)
          break
        }
        const path = url.path as string[]
        if (isDoubleDot(buffer)) {
          shortenPath(url)
          if (!isSlash) path.push('')
        } else if (isSingleDot(buffer)) {
          if (!isSlash) path.push('')
        } else {
          const isFirstDrive = url.scheme === 'file' && path.length === 0 && isDriveLetter(buffer)
          path.push(isFirstDrive ? `${buffer[0]}:` : buffer)
        }
        buffer = ''
        if (c === '?') {
          url.query = ''
          state = 'query'
        } else if (c === '#') {
          url.fragment = ''
          state = 'fragment'
        }
        break
      }

      case 'opaque path':
        if (c === '?') {
          url.query = ''
          state = 'query'
        } else if (c === '#') {
          url.fragment = ''
          state = 'fragment'
        } else if (c === ' ') {
          // A space at the end of an opaque path would get lost.
          const isLast = /^[?#]?$/.test(characters[pointer + 1] ?? '')
          url.path += isLast ? '%20' : ' '
        } else if (!isEnd) url.path += percentEncode(c, percentSets.control)
        break

      case 'query': {
        const end = override ? -1 : characters.indexOf('#', pointer)
        const query = end === -1 ? rest(pointer) : characters.slice(pointer, end).join('')
        const set = isSpecial(url) ? percentSets.specialQuery : percentSets.query
        url.query += percentEncode(query, set)
        if (end === -1) return url
        url.fragment = ''
        state = 'fragment'
        pointer = end
        break
      }

      case 'fragment':
        url.fragment += percentEncode(rest(pointer), percentSets.fragment)
        return url
    }
  }
  return url
}
