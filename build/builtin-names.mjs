// Writes shims/internal/builtin-names.ts: what the builtins that lodger only stands in for export, in short;
// and shims/internal/node-tables.ts: numbers and words of node on Linux x64.
//   <node 26.10> --no-warnings build/builtin-names.mjs
// Run it again when the version of node that lodger follows changes; the result is committed.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

/** Builtins that are stubs, whole or in part; the others have shims that name their members themselves. */
const stubs = [
  'dns/promises',
  '_http_agent',
  '_http_client',
  '_http_common',
  '_http_incoming',
  '_http_outgoing',
  '_http_server',
  '_tls_common',
  '_tls_wrap',
  'child_process',
  'cluster',
  'crypto',
  'dgram',
  'dns',
  'domain',
  'ffi',
  'fs',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'net',
  'repl',
  'sqlite',
  'test',
  'test/reporters',
  'tls',
  'tty',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
  'zlib',
]

/** Members whose value differs from run to run, or which the shim gives itself. */
const skipped = new Set([
  'http.METHODS',
  'http.STATUS_CODES',
  '_http_server.STATUS_CODES',
  '_http_common.methods',
  '_http_common.parsers',
  'tls.rootCertificates',
  'repl.builtinModules',
  'repl._builtinLibs',
  'cluster._events',
  'cluster._eventsCount',
  'cluster._maxListeners',
  'domain._stack',
  'dns.promises',
  'domain.active',
  'test.length',
  'test.name',
  // Constants of these are numbers of one platform, kept once in `constants`.
  'zlib.codes',
])

/** Of these no more than what is named. */
const only = new Map([['fs', ['Utf8Stream']]])

/** Classes that the shims make themselves. */
const real = new Set([
  '_http_agent.globalAgent',
  '_http_agent.Agent',
  '_http_client.ClientRequest',
  '_http_incoming.IncomingMessage',
  '_http_outgoing.OutgoingMessage',
  '_http_outgoing.validateHeaderName',
  '_http_outgoing.validateHeaderValue',
  '_http_server.Server',
  '_http_server.ServerResponse',
  'http.get',
  'http.request',
  'http.setMaxIdleHTTPParsers',
  'http.WebSocket',
  'http.CloseEvent',
  'http.MessageEvent',
  'dns.lookup',
  'dns/promises.lookup',
  'https.get',
  'https.request',
  'https.Agent',
  'https.Server',
  'tty.ReadStream',
  'tty.WriteStream',
  'worker_threads.MessagePort',
  'worker_threads.MessageChannel',
  'worker_threads.BroadcastChannel',
])

/**
 * What was described already, and where: the same object is named, not described again.
 * @type {Map<unknown, [path: string, key: string]>}
 */
const known = new Map()

const plainFunction = new Set(['length', 'name', 'prototype', 'arguments', 'caller'])

/**
 * @param {any} value
 * @param {string} path
 * @param {number} depth
 * @returns {string}
 */
function describe(value, path, depth) {
  const entries = []
  const flattened = path === 'zlib' ? value.constants : undefined
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key !== 'string' || (typeof value === 'function' && plainFunction.has(key))) continue
    if (only.get(path)?.includes(key) === false) continue
    if (skipped.has(`${path}.${key}`) || (flattened && key in flattened)) continue
    let member
    try {
      member = value[key]
    } catch {
      continue
    }
    if (real.has(`${path}.${key}`)) {
      known.set(member, [path, key])
      continue
    }
    const first = known.get(member)
    if (first !== undefined && first[0] !== path) {
      if (real.has(first.join('.'))) continue
      if (!first[0].includes('.')) entries.push(`${key}<${first[0]}.${first[1]}`)
      continue
    }
    if ((typeof member === 'object' || typeof member === 'function') && member !== null) {
      known.set(member, [path, key])
    }
    const token = describeMember(key, member, `${path}.${key}`, depth)
    const shows = Object.getOwnPropertyDescriptor(value, key)?.enumerable
    if (token !== undefined) entries.push(shows ? token : `-${token}`)
  }
  return shortenConstants(entries).join(' ')
}

/**
 * Numbers that count on from the constant before become `+`, and a beginning that four names in a row have is said once.
 * @param {readonly string[]} entries
 */
function shortenConstants(entries) {
  const shortened = []
  let prefix = ''
  let last = Number.NaN
  for (const [index, entry] of entries.entries()) {
    const [, minus = '', name, value = ''] = /^(-?)(\w+)(=.*|[!~])$/.exec(entry) ?? []
    if (prefix === '' || !name?.startsWith(prefix)) {
      const next = name === undefined ? '' : commonBeginning(entries.slice(index, index + 4))
      if (next !== prefix) shortened.push(`^${next}`)
      prefix = next
    }
    const number = Number(value.slice(1) || Number.NaN)
    const rest = name?.slice(prefix.length)
    const isNext = number === last + 1
    if (rest === undefined) shortened.push(entry)
    else if (prefix === 'HTTP_STATUS_' && rest === statusName(number)) {
      shortened.push(`${isNext ? '' : number}#`)
    } else shortened.push(minus + rest + (isNext ? '+' : value))
    last = number
  }
  return shortened
}

/**
 * As HTTP/2's constants call a status, but for its prefix.
 * @param {number} code
 */
function statusName(code) {
  return require('node:http').STATUS_CODES[code]?.replace(/\W/g, '_').toUpperCase()
}

/**
 * Words, each with an underscore behind it, that all four names begin with.
 * @param {readonly string[]} entries
 */
function commonBeginning(entries) {
  if (entries.length < 4) return ''
  const same = /^-?(\w*_)\w+\S*(?: -?\1\w+\S*){3}$/.exec(entries.join(' '))
  return same?.[1] ?? ''
}

/**
 * @param {string} key
 * @param {any} member
 * @param {string} path
 * @param {number} depth
 */
function describeMember(key, member, path, depth) {
  switch (typeof member) {
    case 'function': {
      const head = functionHead(key, member)
      const isClass = /^_?[A-Z]/.test(key) && member.prototype !== undefined
      if (isClass) return head + describeClass(member)
      const statics = describeMembers(member, false, (key) => typeof key === 'symbol')
      return statics ? `${head}(;${statics})` : head
    }
    case 'object':
      if (member === null) return `${key}=null`
      if (member instanceof RegExp || Array.isArray(member) || depth > 1) return undefined
      if (/^(globalAgent|performance|webcrypto|subtle|mock|locks|settings|console)$/.test(key))
        return undefined
      return `${key}{${describe(member, path, depth + 1)}}`
    case 'symbol':
      return `${key}@${member.description}`
    case 'undefined':
      return undefined
    default: {
      // JSON has no Infinity; the shim gives it.
      if (member === Infinity) return undefined
      const [, , name] = /^(HTTP2_HEADER|HTTP2_METHOD)_(\w+)$/.exec(key) ?? []
      if (name !== undefined && member === name) return `${key}!`
      if (name !== undefined && member === name.toLowerCase().replaceAll('_', '-')) return `${key}~`
      const text = JSON.stringify(member)
      if (/[\s{}()]/.test(text)) throw new Error(`${path}: ${text} does not fit the notation`)
      return `${key}=${text}`
    }
  }
}

/**
 * @param {string} key
 * @param {Function} fn
 */
function functionHead(key, fn) {
  const usual = ['', key, `[${key.slice(1)}]`, `[Symbol.${key.slice(1)}]`].includes(fn.name)
  return `${key}${usual ? '' : `:${fn.name.replaceAll(' ', '+')}`}/${fn.length === 0 ? '' : fn.length}`
}

/**
 * Prototype and statics, in the brackets that say whether most of them are enumerable.
 * @param {Function} fn
 */
function describeClass(fn) {
  const { prototype } = fn
  const methods = Object.values(Object.getOwnPropertyDescriptors(prototype)).slice(1)
  const enumerable = methods.filter((one) => one.enumerable).length * 2 > methods.length
  const members = describeMembers(prototype, enumerable, (key) => key !== 'constructor')
  const statics = describeMembers(fn, enumerable, (key) => !plainFunction.has(key))
  const both = [members, statics && `;${statics}`].filter(Boolean).join(' ')
  return enumerable ? `[${both}]` : `(${both})`
}

/**
 * @param {object} target
 * @param {boolean} enumerable how most members are: the others have a `-`
 * @param {(key: any) => boolean} isOwn
 */
function describeMembers(target, enumerable, isOwn) {
  const members = []
  for (const key of Reflect.ownKeys(target).filter(isOwn)) {
    const descriptor = Object.getOwnPropertyDescriptor(target, key) ?? {}
    const name = typeof key === 'symbol' ? symbolName(key) : key
    if (!/^@?[\w$.]+$/.test(name)) continue
    const { value, get, set } = descriptor
    const sign = descriptor.enumerable === enumerable ? '' : '-'
    if (typeof value === 'function') members.push(sign + functionHead(name, value))
    else if (get && !name.startsWith('@')) members.push(`${sign}.${name}${set ? ':' : ''}`)
    else if (typeof value === 'number' || /^"\w+"$/.test(JSON.stringify(value) ?? '')) {
      members.push(`${sign}${name}=${JSON.stringify(value)}`)
    }
  }
  return members.join(' ')
}

/**
 * Symbols that can be had by their name.
 * @param {symbol} key
 */
function symbolName(key) {
  const registered = Symbol.keyFor(key)
  if (registered !== undefined) return `@${registered}`
  const name = key.description?.slice(7) ?? ''
  return Reflect.get(Symbol, name) === key ? `@${name}` : ''
}

const lines = stubs.map((id) => {
  const exports = require(
    ['ffi', 'sea', 'sqlite', 'test', 'test/reporters'].includes(id) ? `node:${id}` : id,
  )
  const name = /^\w+$/.test(id) ? id : `'${id}'`
  const names = describe(exports, id, 0).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `  ${name}: '${names}',`
})

writeFileSync(
  new URL('../shims/internal/builtin-names.ts', import.meta.url),
  `// Generated by build/builtin-names.mjs from node ${process.version}; do not edit.

/**
 * Per builtin its exports in short: \`f/2\` a function of two parameters, \`f:g/2\` one whose name is \`g\`, \`o{…}\` an
 * object, \`s@text\` a symbol, \`n=1\` a constant as JSON, \`n+\` one more than the constant before, \`x<m.y\` the \`y\` of
 * builtin \`m\`; \`^P_\` says how names go on to begin, up to the next such word, and then \`A!\` and \`A_B~\` are constants
 * whose text is the rest of their name, as it is or as \`a-b\`, \`200#\` is a status by the name that HTTP has for it and
 * \`#\` the one after; \`C/1(m/ .a .b: @dispose/ ;n=1)\` a class with method \`m\`, accessors \`a\` and (with a setter) \`b\`,
 * a method of a symbol's name, and behind the semicolon a static; in \`[…]\` where such members are enumerable. \`-\` turns
 * enumerability round for one member.
 */
export const builtinNames: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)

/** @param {object} object */
const pairs = (object) =>
  Object.entries(object)
    .map(([name, value]) => `${name}:${value}`)
    .join(' ')
const { errno, signals, priority, dlopen } = require('node:os').constants
const { METHODS, STATUS_CODES } = require('node:http')
// A flag that has its opposite is written once, with a `!` behind it; sorted, as they have no order and so take less room.
const flags = [...process.allowedNodeEnvironmentFlags].sort()
const compactFlags = flags
  .filter((flag) => !(flag.startsWith('--no-') && flags.includes(`--${flag.slice(5)}`)))
  .map((flag) => (flags.includes(`--no-${flag.slice(2)}`) ? `${flag}!` : flag).replace(/^--/, ''))

/**
 * Long texts as sums of lines.
 * @param {string} value
 * @param {string} separator
 */
function text(value, separator = ' ') {
  let line = ''
  const lines = []
  for (const word of value.split(separator)) {
    if (line.length + word.length > 90) {
      lines.push(line)
      line = ''
    }
    line += word + separator
  }
  lines.push(line.slice(0, -separator.length))
  return lines
    .map((one) => `\n  ${one.includes("'") ? JSON.stringify(one) : `'${one}'`}`)
    .join(' +')
}

writeFileSync(
  new URL('../shims/internal/node-tables.ts', import.meta.url),
  `// Generated by build/builtin-names.mjs from node ${process.version}; do not edit.

/** Reads \`NAME:1 OTHER:2\`. */
export function readNumbers(pairs: string): Record<string, number> {
  const result: Record<string, number> = {}
  for (const pair of pairs.split(' ')) {
    const colon = pair.indexOf(':')
    result[pair.slice(0, colon)] = Number(pair.slice(colon + 1))
  }
  return result
}

export const errno: string =${text(pairs(errno))}

export const signals: string =${text(pairs(signals))}

export const priority: string =${text(pairs(priority))}

export const dlopen: string =${text(pairs(dlopen))}

/** \`http.METHODS\`, in llhttp's order. */
export const methods: string =${text(METHODS.join(' '))}

/** \`http.STATUS_CODES\`: number and text, one after the other. */
export const statusCodes: string =${text(pairs(STATUS_CODES).replace(/ (?=\d{3}:)/g, '|'), '|')}

/** \`process.allowedNodeEnvironmentFlags\` without their dashes; \`x!\` is \`--x\` and \`--no-x\`. */
export const environmentFlags: string =${text(compactFlags.join(' '))}
`,
)

const root = fileURLToPath(new URL('..', import.meta.url))
const biome = `${root}node_modules/@biomejs/biome/bin/biome`
const written = ['builtin-names.ts', 'node-tables.ts'].map((name) => `shims/internal/${name}`)
execFileSync(process.execPath, [biome, 'format', '--write', ...written], { cwd: root })
