import { runInThisContext } from 'node:vm'
import { createLoader } from 'lodger'
import { createLoader as createCore, type Evaluate } from 'lodger/core'
import { describe, expect, test } from 'vitest'

/** A program's own globals: more than are looked for one by one. */
const many = 5000
const make = `for (let n = 0; n < ${many}; n++) globalThis['own' + n] = n; globalThis.$one = 'dollar'; globalThis['no-name'] = 1`

/** What a file gives that runs when all of them are there. */
function seenBy(source: string, first = make): unknown {
  const fs = {
    '/make.js': first,
    '/see.js': source,
    '/main.js': "require('./make'); module.exports = require('./see')",
  }
  return createLoader({ fs }).main('/main.js')
}

describe('thousands of globals of a program', () => {
  test.each<[string, string, unknown]>([
    ['by its name', 'module.exports = [own7, own4999, $one]', [7, 4999, 'dollar']],
    ['in a template', `module.exports = \`\${own8}\``, '8'],
    ['by a name in disguise', 'module.exports = \\u006fwn9', 9],
    ['in evaluated text', "module.exports = eval('own' + 10)", 10],
    ['as a member', "module.exports = globalThis['own' + 11]", 11],
    [
      'that is set',
      'own12 = 5; own13++; module.exports = [own12, own13, globalThis.own12]',
      [5, 14, 5],
    ],
    [
      'that is gone',
      'delete globalThis.own14; module.exports = typeof globalThis.own14',
      'undefined',
    ],
    [
      'that is not there',
      'module.exports = [typeof own5000, typeof no]',
      ['undefined', 'undefined'],
    ],
    ['that is its own', 'const own15 = 1; module.exports = own15', 1],
  ])('one is seen %s', (_, source, expected) => {
    expect(seenBy(source)).toEqual(expected)
  })

  test('one that is replaced or taken away is so for later files', () => {
    const changes = `${make}; globalThis.own1 = 'new'; delete globalThis.own2; Object.defineProperty(globalThis, 'own3', { value: 'defined' })`
    expect(seenBy('module.exports = [own1, typeof own2, own3]', changes)).toEqual([
      'new',
      'undefined',
      'defined',
    ])
  })

  test('ES modules that were compiled before see them, too', async () => {
    const fs = {
      '/make.mjs': make,
      '/see.mjs': 'export default [own20, own21]',
      '/main.mjs': "import './make.mjs'; export { default } from './see.mjs'",
    }
    expect(await createLoader({ fs }).main('/main.mjs')).toMatchObject({ default: [20, 21] })
  })

  test('a file is given those alone that it may mention', () => {
    const heads: string[] = []
    const evaluate: Evaluate = ({ prefix, source, suffix }) => {
      heads.push(prefix)
      return runInThisContext(prefix + source + suffix)
    }
    const fs = {
      '/main.js': `${make}; module.exports = [require('./one'), require('./none')]`,
      '/one.js': 'module.exports = own42 + globalThis.own43',
      '/none.js': 'module.exports = 1',
    }
    expect(createCore({ fs }, { evaluate }).main('/main.js')).toEqual([85, 1])
    const [one = '', none = ''] = heads.slice(-2)
    expect(new Set(one.match(/own\d+/g))).toEqual(new Set(['own42', 'own43']))
    expect(none).not.toContain('own')
  })
})
