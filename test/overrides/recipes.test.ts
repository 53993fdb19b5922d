/** The recipes of docs/overrides.md do what they say. */
import { readFileSync } from 'node:fs'
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../../docs/overrides.md', import.meta.url), 'utf8')

const recipes = [...page.matchAll(/^### (.*)\n\n```js\n([\s\S]*?)```/gm)].map(
  ([, title = '', code = '']) => ({ title, code }),
)

test('there are seven recipes', () => {
  expect(recipes).toHaveLength(7)
})

test.each(recipes)('JP-12 JP-26 JP-29 $title', async ({ code }) => {
  const [body = '', said] = code.split(/\s\/\/ => /)
  const lines = body.trimEnd().split('\n')
  const last = lines.pop()?.replace(/^;/, '')
  const run = new Function('createLoader', `${lines.join('\n')}\nreturn [${last}, ${said}]`)
  const [given, expected] = run(createLoader)
  expect(await given).toEqual(expected)
})
