import { existsSync, readFileSync } from 'node:fs'
import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

test('the ten lines of the README do what they say', () => {
  const [, block = ''] = /## Ten lines\n\n```js\n(.*?)```/s.exec(read('README.md')) ?? []
  const code = block.replace(/^import .*\n/, '').replace(/^loader\.main/m, 'return loader.main')
  const [, shown] = /\/\/ => '(.*)'/.exec(block) ?? []
  expect(new Function('createLoader', code)(createLoader)).toBe(shown)
})

describe('the README', () => {
  test('links to files that are there', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(
      ([, path]) => path as string,
    )
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((link) => !existsSync(new URL(link, root)))).toEqual([])
  })
})
