/** Columns behind template literals, whose empty pieces sucrase's own maps stumble over. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'

const throwing = 'const last: number = 1 as number; throw new Error(`${last}`)'

const before: [what: string, text: string][] = [
  ['that end with a value', 'const a: string = `a${1}`; '],
  ['that begin with a value', 'const a: string = `${1}a`; const b: number = 2; '],
  ['of two values', 'const a: string = `${1}${2}`; '],
  ['that are empty', 'const a: string = ``; '],
  ['in one another', 'const a: string = `${`${1 as number}`}`; '],
  ['lines before', 'const a: string = `\n${1}\n${2}`\nconst b = `${a}`\n'],
  ['in a type', 'type A<B extends string> = `${B}`; const a: A<"x"> = `${"x"}`; '],
  ['in what only looks like one', 'const a: string = "}`${" + \'``\' + /}`/.source; // }`${``\n'],
  ['beside the white space that stands in for them', 'const a: string = "\u205f"; '],
]

test.each(before)('fast, behind literals %s', (_, text) => {
  const source = text + throwing
  const loader = createLoader({ fs: { '/a.cts': source }, transpile: 'fast' })
  let stack = ''
  try {
    loader.require('/a.cts')
  } catch (error) {
    stack = (error as Error).stack ?? ''
  }
  const lines = source.slice(0, source.indexOf('new Error')).split('\n')
  expect(stack).toContain(`(/a.cts:${lines.length}:${(lines.at(-1) ?? '').length + 1})`)
})
