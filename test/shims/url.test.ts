import { runInNewContext } from 'node:vm'
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'
import { requireOf } from './loose.ts'

likeNode('url', {
  'what ends in a backslash and a slash, and domains with a port or a name': `
    const { pathToFileURL, domainToASCII, domainToUnicode } = require('url')
    return [...['/a/\\\\/', '/a\\\\', '/a/', '//', '/'].map((path) => [pathToFileURL(path).href, pathToFileURL('C:\\\\b' + path, { windows: true }).href]),
      ...['[::1]', '[::1]:80', 'a:80', 'a@b', 'a:', '@', 'é.com'].map((domain) => [domainToASCII(domain), domainToUnicode(domain)])]`,
  parse: `
    const url = require('node:url'), out = []
    for (const u of ['http://user:p%40ss@host.com:8080/p/a/t/h?query=string#hash', 'HTTP://EXAMPLE.com', '//a/b', 'mailto:a@b.c?s=1', 'javascript:alert(1);', ' /x y?z#w ', 'http://[::1]:3000/', 'x://0.0,1.1/',
      'http://a.com\\\\@b.com/', 'git+http://h/p', 'http://ex*ample.com/', '/a?b=1&c#d', '', 'http://a@b@c/d', 'file:///etc/passwd', 'http:a', 'coap:u:p@::1:61616/.well'])
      for (const args of [[], [true], [false, true]]) out.push(caught(() => ({ ...url.parse(u, ...args) })))
    return out`,
  'format and resolve': `
    const url = require('node:url'), out = []
    const bases = ['/one/two/three', 'http://example.com/one', 'mailto:local@domain', 'http://u:p@h/a/b?c#d', 'file:///a/b', 'x:1/y', '']
    const links = ['', '/one', 'four', '../x', '?q', '#h', '//other/x', 'http:y', 'mailto:z@w', './.', '..', 'https://user@z/']
    for (const b of bases) for (const l of links) out.push([b, l, caught(() => url.resolve(b, l)), caught(() => ({ ...url.resolveObject(b, l) }))])
    out.push(url.format({ protocol: 'http', host: 'h', pathname: 'p', query: { a: [1, 2] }, hash: 'x' }), url.format(new URL('http://u:p@h/?q#f'), { auth: false, fragment: false, search: false }),
      caught(() => url.format(5)), caught(() => url.format(undefined)))
    return out`,
  'file URLs': `
    const { fileURLToPath, pathToFileURL, fileURLToPathBuffer, urlToHttpOptions } = require('node:url')
    return ['/a b#c?d%e', '/ü/[x]~', '/t/', 'rel'].map((p) => p[0] === '/' ? [pathToFileURL(p).href, fileURLToPath(pathToFileURL(p))] : fileURLToPath(pathToFileURL('/' + p))).concat([
      ['C:\\\\a b\\\\c', '\\\\\\\\srv\\\\share\\\\f'].map((p) => [pathToFileURL(p, { windows: true }).href, fileURLToPath(pathToFileURL(p, { windows: true }), { windows: true })]),
      caught(() => fileURLToPath('http://x')), caught(() => fileURLToPath('file://host/x')), caught(() => fileURLToPath('file:///a%2fb')), caught(() => fileURLToPath(5)), caught(() => pathToFileURL()),
      fileURLToPathBuffer('file:///%ff').toString('hex'), { ...urlToHttpOptions(new URL('https://a:b%20c@[::1]:80/p?q#h')) }])`,
  names: `
    const url = require('node:url')
    return [Object.keys(url).filter((k) => k !== 'URLPattern').sort(), url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.domainToASCII('xn--iñvalid.com'), url.URL === URL]`,
})

/** A host that has nothing of the web: what guest code finds is ours. */
const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]
const bare = createLoader({
  host: {
    global: Object.fromEntries(language.map((name) => [name, Reflect.get(globalThis, name)])),
  },
})
const { URL: OurUrl, URLSearchParams: OurParams } = requireOf(bare)('node:url')
const members = [
  'href',
  'origin',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const

const inputs: [input: string, base?: string][] = [
  ['http://user:pw@EXAMPLE.com:80/a/../b/./c%41?x=1 2#f g'],
  ['https://a.b:8443'],
  ['../x?y', 'http://h/p/q/r'],
  ['//other/x', 'https://h/p'],
  ['\\\\other\\x', 'https://h/p'],
  ['C|/windows', 'file:///D:/x'],
  ['file:///C:/a/../../b'],
  ['file://localhost/x'],
  ['mailto:a@b?subject=x'],
  ['data:text/plain,a b#c'],
  ['#frag', 'mailto:x'],
  ['http://[2001:db8::0:1]:1/'],
  ['http://0x7f.1/'],
  ['http://4294967295'],
  ['http://bücher.example/ü?ü#ü'],
  ['blob:https://a.b/c'],
  ['non-special://u@h:5/p'],
  ['web+demo:/.//not-a-host/'],
  [' \thttp://a/\n'],
]

describe('URL on a host without one', () => {
  test.each(inputs)('%s against %s', (input, base) => {
    const [ours, host] = [new OurUrl(input, base), new URL(input, base)]
    for (const name of members) expect([name, ours[name]]).toEqual([name, host[name]])
    expect(JSON.stringify(ours)).toBe(JSON.stringify(host))
  })

  test.each([
    '',
    '//',
    'http://',
    'http://a b',
    'http://[::1',
    'http://1.2.3.256',
    'http://a:99999',
    'http://%',
  ])('refuses %j', (input) => {
    expect(OurUrl.canParse(input)).toBe(false)
    expect(OurUrl.parse(input)).toBeNull()
    expect(() => new OurUrl(input)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_URL', input, name: 'TypeError' }),
    )
  })

  test.each([
    ['protocol', 'ftp'],
    ['protocol', 'mailto'],
    ['username', 'ü:@'],
    ['host', 'x:9'],
    ['host', 'x:y'],
    ['hostname', 'x:9'],
    ['port', '8a'],
    ['pathname', '/a?b#c\\d'],
    ['search', 'q=ü&x'],
    ['hash', 'h h'],
    ['search', ''],
    ['href', 'https://new/'],
  ] as const)('setting %s to %s', (name, value) => {
    const [ours, host] = [new OurUrl('http://u:p@h:8/p?q#f'), new URL('http://u:p@h:8/p?q#f')]
    ours.searchParams.size
    ours[name] = value
    host[name] = value
    expect(ours.href).toBe(host.href)
    expect(String(ours.searchParams)).toBe(String(host.searchParams))
  })

  test('its parameters and it change each other', () => {
    const url = new OurUrl('http://h/?a=1&b=2&a=3')
    url.searchParams.append('c', 'ü &')
    url.searchParams.delete('a', '1')
    expect(url.search).toBe('?b=2&a=3&c=%C3%BC+%26')
    url.search = '?z=%zz+1'
    expect([...url.searchParams]).toEqual([['z', '%zz 1']])
    url.searchParams.delete('z')
    expect(url.href).toBe('http://h/')
  })

  test('parameters from every kind of source', () => {
    const text = (init: unknown) => String(new OurParams(init))
    expect(text('?a=b&c')).toBe('a=b&c=')
    expect(text({ a: 1, b: [2, 3] })).toBe('a=1&b=2%2C3')
    expect(text([['x', 'y'], new Set(['1', '2'])])).toBe('x=y&1=2')
    expect(text(new OurParams('q=1'))).toBe('q=1')
    expect(() => text([['one']])).toThrow(expect.objectContaining({ code: 'ERR_INVALID_TUPLE' }))
    const params = new OurParams('b=2&a=1&b=1')
    params.sort()
    params.set('b', 'x')
    expect([String(params), params.getAll('b'), params.has('a', '2'), params.size]).toEqual([
      'a=1&b=x',
      ['x'],
      false,
      2,
    ])
    expect(() => params.append('x')).toThrow('The "name" and "value" arguments must be specified')
  })

  test('is shown as node shows it', () => {
    const { inspect } = requireOf(bare)('node:util')
    expect(inspect(new OurUrl('http://h/?a=b'))).toContain(
      "searchParams: URLSearchParams { 'a' => 'b' },",
    )
    expect(inspect(new OurParams('a=b').keys())).toBe("URLSearchParams Iterator { 'a' }")
  })
})
