/** Which free identifiers a module sees: every way in which a text can mention a global of the guest's. */
import { createLoader } from 'lodger'
import * as node from 'lodger/hosts/node'
import { describe, expect, test } from 'vitest'

const marker = { is: 'the guest’s' }

describe.each([
  ['lodger', createLoader],
  ['lodger/hosts/node', node.createLoader],
])('free identifiers in %s', (_, create) => {
  const run = (text: string, globals: Record<string, unknown> = {}) =>
    create({ fs: { '/a.js': text }, globals: { marker, ...globals } }).main('/a.js')

  test.each([
    ['as they are', 'module.exports = marker'],
    ['with a letter escaped', 'module.exports = m\\u0061rker'],
    ['with a letter escaped by code point', 'module.exports = \\u{6d}arker'],
    ['in a template', 'module.exports = [`$' + '{(module.x = marker) && ""}`, module.x][1]'],
    ['in a direct eval', 'module.exports = eval("mar" + "ker")'],
    ['in a direct eval with space', 'module.exports = eval /* so */ ("mar" + "ker")'],
    ['in a text of some length', `${'// line\n'.repeat(1_000)}module.exports = marker`],
    ['in a long text', `${'// line\n'.repeat(150_000)}module.exports = marker`],
  ])('%s', (_, text) => {
    expect(run(text)).toBe(marker)
  })

  test('with a dollar sign in the name', () => {
    expect(run('module.exports = $ + $x + x$', { $: 'a', $x: 'b', x$: 'c' })).toBe('abc')
  })

  test('that only a part of a longer word names, or nothing', () => {
    expect(run('var markers = 1; module.exports = [markers, typeof mark]')).toEqual([
      1,
      'undefined',
    ])
  })

  test('that another module has put there since', () => {
    const loader = create({
      fs: {
        '/main.js': 'require("./set"); module.exports = [require("./get"), require("./other")]',
        '/set.js': 'global.late = "late"; globalThis.process = "mine"',
        '/get.js': 'module.exports = late',
        '/other.js': 'module.exports = process',
      },
    })
    expect(loader.main('/main.js')).toEqual(['late', 'mine'])
  })

  test('that the text itself, or one that it requires, sets and sets anew', () => {
    const loader = create({
      fs: {
        '/main.js':
          'global.late = 1; globalThis.list ??= []; require("./up"); list.push(late); late = 7; list.push(global.late, typeof gone); delete global.late; module.exports = [...list, typeof late]',
        '/up.js': '"use strict"; late++; late += 1; --late; if (late == 1) late = 5',
      },
    })
    expect(loader.main('/main.js')).toEqual([2, 7, 'undefined', 'undefined'])
    const module = 'globalThis.late = 1; export const seen = [late]; late = 2; seen.push(late)'
    expect(create({ fs: { '/m.mjs': module } }).require('/m.mjs')).toHaveProperty('seen', [1, 2])
  })

  test('that the option puts in the place of a default, of the loader or of the realm', () => {
    const own = { console: { is: 'mine' }, Buffer: 'b', URL: 'u', setTimeout: 't' }
    const text = 'module.exports = { console, Buffer, URL, setTimeout }'
    expect(run(text, own)).toEqual(own)
    expect(run(`${'// line\n'.repeat(1_000)}${text}`, own)).toEqual(own)
  })

  test('that another module has put in the place of the realm’s', () => {
    const loader = create({
      fs: {
        '/main.js': 'require("./before"); global.URL = "late"; module.exports = require("./after")',
        '/before.js': 'URL',
        '/after.js': 'module.exports = URL',
      },
    })
    expect(loader.main('/main.js')).toBe('late')
  })

  test('five arguments, sloppy, `this` is exports, whether or not a global is mentioned', () => {
    const facts = '[arguments.length, this === exports, (function () { return !!this })()]'
    expect(run(`module.exports = ${facts}`)).toEqual([5, true, true])
    expect(run(`void marker; module.exports = ${facts}`)).toEqual([5, true, true])
  })

  test('a text that closes its function is refused, whether or not a global is mentioned', () => {
    for (const text of ['}); (function () {', 'void marker }); (function () {']) {
      expect(() => run(text)).toThrow(SyntaxError)
    }
  })

  test('line and column of the first line are the file’s own', () => {
    for (const text of ['    throw new Error("here")', 'void marker; throw new Error("here")']) {
      const column = text.indexOf('new') + 1
      try {
        run(text)
        throw new Error('nothing was thrown')
      } catch (error) {
        expect((error as Error).stack).toContain(`/a.js:1:${column}`)
      }
    }
  })
})
