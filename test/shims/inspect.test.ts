/** `util.inspect`, letter by letter: node 26.10 and lodger show the same values with the same options. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'
import { nodeBinary } from './like-node.ts'

const file = fileURLToPath(new URL('./fixtures/inspect-values.cjs', import.meta.url))
/** Group -> what was shown, and how it looks. */
type Shown = Record<string, [label: string, text: string][]>

const expected: Shown = JSON.parse(
  String(
    execFileSync(nodeBinary, ['-e', `process.stdout.write(require(${JSON.stringify(file)}))`], {
      maxBuffer: 1 << 28,
    }),
  ),
)

describe('util.inspect', () => {
  const loader = createLoader({ fs: { '/values.cjs': readFileSync(file, 'utf8') } })
  const actual: Shown = JSON.parse(loader.main('/values.cjs') as string)

  test.each(Object.keys(expected))('%s', (group) => {
    const texts = new Map(actual[group])
    const differing = expected[group]?.filter(([label, text]) => texts.get(label) !== text)
    const seen = differing?.map(([label]) => [label, texts.get(label)])
    expect(seen).toEqual(differing)
    expect(texts.size).toBe(expected[group]?.length)
  })
})

test('a proxy is told where the host can tell', () => {
  const text = `
    const { inspect, types } = require('util')
    const proxy = new Proxy({ a: [new Proxy([1], {})] }, {})
    module.exports = [inspect(proxy), types.isProxy(proxy)]`
  const shownBy = (host: object) => createLoader({ fs: { '/a.js': text }, host }).main('/a.js')
  expect(shownBy({ isProxy: types.isProxy })).toEqual(['Proxy({ a: [ Proxy([ 1 ]) ] })', true])
  expect(shownBy({ isProxy: undefined })).toEqual(['{ a: [ [ 1 ] ] }', false])
})
