/** The hash, beside what its author's own program gives, and on hosts without a codec. */
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { digest } from '../../src/transpile/digest.ts'

const long = 'The quick brown fox jumps over the lazy dog. '.repeat(5000)

// Published examples of MurmurHash3 for 32-bit machines, 128 bits, seed 0.
test.each([
  ['', '00000000000000000000000000000000'],
  ['The quick brown fox jumps over the lazy dog', '2f1583c3ecee2c675d7bf66ce5e91d2c'],
  ["I will not buy this tobacconist's, it is scratched.", '9b5b7ba2ef3f7866889adeaf00f3f98e'],
])('%o', (text, expected) => {
  expect(digest(text)).toBe(expected)
})

test('differs for texts that differ in one letter, or are a letter longer', () => {
  const texts = ['', 'a', 'a\0', 'a\0\0', long, `${long}.`, `.${long}`]
  for (let at = 0; at < 70_000; at += 997) texts.push(`${long.slice(0, at)}~${long.slice(at + 1)}`)
  expect(new Set(texts.map(digest)).size).toBe(texts.length)
})

test('is the same where there is no codec', async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL('../../src/transpile/digest.ts', import.meta.url).pathname],
    bundle: true,
    format: 'iife',
    globalName: 'hash',
    write: false,
  })
  const bare = createContext({})
  runInContext(outputFiles[0]?.text ?? '', bare)
  // Pieces of 64 KiB end within pairs of surrogates here, and within the bytes of one character.
  const texts = [
    '',
    'ä',
    'ab😀',
    long,
    'ä漢'.repeat(30_000),
    `a${'😀'.repeat(30_000)}`,
    '😀'.repeat(30_000),
    '\ud800a',
  ]
  for (const text of texts)
    expect(runInContext(`hash.digest(${JSON.stringify(text)})`, bare)).toBe(digest(text))
})
