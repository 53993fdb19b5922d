/** Every `@example` of the engine's docstrings is run: its last line says what it gives, behind `// =>`. */
import nodeFs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createVolume } from 'lodger/fs/volume'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

interface Example {
  readonly file: string
  readonly code: string
}

/** Not the hosts': each has tests that start it. */
const files = nodeFs
  .readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(?:hosts|cli)\//.test(file))

const examples = files.flatMap((file): Example[] => {
  const text = nodeFs.readFileSync(`${source}${file}`, 'utf8')
  return [...text.matchAll(/@example([^@]*?)\*\//g)].map(([, body = '']) => ({
    file,
    code: body.replace(/^ *\*/gm, '').trim(),
  }))
})

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(6)
})

test.each(examples)('the example in src/$file: $code', async ({ file, code }) => {
  const lines = code.split('\n').map((line) => line.trim())
  const [, expression, result] = /^(.*) \/\/ => (.*)$/.exec(lines.at(-1) ?? '') ?? []
  expect(expression, 'the last line says what it gives').toBeDefined()
  const scope: Record<string, unknown> = {
    createVolume,
    fs: nodeFs,
    ...(await import(/* @vite-ignore */ source + file)),
  }
  const run = new Function(
    ...Object.keys(scope),
    `${lines.slice(0, -1).join('\n')}\nreturn [${expression}, ${result}]`,
  )
  const [given, said] = run(...Object.values(scope))
  expect(given).toEqual(said)
})
