/** PH-24: the lines around the place, in stacks that leave. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { inlined, transpiled } from './transpiled.ts'

const source = `interface A { b: string }
const one = 1
// before
export function fail(a: A): never {
\tthrow new Error('no ' + a.b)
}
fail({ b: 'x' })
`

function stackOf(fs: Record<string, string>, options: object = { codeFrames: true }): string {
  try {
    createLoader({ fs, ...options }).main('/app/main.js')
  } catch (error) {
    return (error as Error).stack ?? ''
  }
  throw new Error('nothing was thrown')
}

const compiled = { '/app/main.js': inlined(transpiled(source, 'main.ts')) }

const shown = [
  'Error: no x',
  '  3 | // before',
  '  4 | export function fail(a: A): never {',
  "> 5 | \tthrow new Error('no ' + a.b)",
  '    | \t      ^',
  '  6 | }',
  "  7 | fail({ b: 'x' })",
  '    at fail (/app/main.ts:5:8)',
]

test('two lines before, the line, a caret, two behind it', () => {
  expect(stackOf(compiled).split('\n').slice(0, 8)).toEqual(shown)
})

test.each(['LODGER_CODE_FRAMES', 'PACKHERD_CODE_FRAMES'])('asked for by %s', (name) => {
  expect(
    stackOf(compiled, { env: { [name]: '1' } })
      .split('\n')
      .slice(0, 8),
  ).toEqual(shown)
  expect(stackOf(compiled, { env: { [name]: '0' } })).not.toContain('> 5 | ')
})

test('off by default', () => {
  expect(stackOf(compiled, {})).not.toContain('> 5 | ')
})

test('of a file without a map, at its ends', () => {
  const first = stackOf({ '/app/main.js': `throw new Error('a\\nb')` }).split('\n')
  expect(first.slice(0, 5)).toEqual([
    'Error: a',
    'b',
    "> 1 | throw new Error('a\\nb')",
    '    |       ^',
    '    at Object.<anonymous> (/app/main.js:1:7)',
  ])
})

test('of the innermost frame that has a source', () => {
  const { code, map } = transpiled(source, 'absent.ts')
  const without = JSON.stringify({ ...JSON.parse(map), sourcesContent: undefined })
  const { stackTraceLimit } = Error
  // Between the two stand as many of the loader's frames as node has.
  Error.stackTraceLimit = 20
  const stack = stackOf({
    '/app/main.js': `\nrequire('./inner.js')`,
    '/app/inner.js': inlined({ code, map: without }),
  })
  Error.stackTraceLimit = stackTraceLimit
  expect(stack).toContain(`> 2 | require('./inner.js')\n    | ^\n    at fail (/app/absent.ts:5:8)`)
})

test('of nothing where no frame has a source', () => {
  const fs = {
    '/app/main.js':
      'Error.stackTraceLimit = 0; try { null.x } catch (e) { Error.stackTraceLimit = 10; throw e }',
  }
  expect(stackOf(fs)).not.toContain('> 1 | ')
})
