/** Graphs of many modules: what takes a step for each name must not take one for each name of each module. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'

const filesOf = (count: number, textOf: (index: number) => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`/m${index}.mjs`, textOf(index)]))

const list = (count: number, textOf: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => textOf(index)).join('')

test('two thousand modules with twenty names each are passed on by export *', async () => {
  const loader = createLoader({
    fs: {
      ...filesOf(2000, (file) => list(20, (name) => `export const v${file}_${name} = ${name};`)),
      '/all.mjs': list(2000, (file) => `export * from './m${file}.mjs';`),
      '/main.mjs': `import { v0_0, v1999_19 } from './all.mjs'; import * as all from './all.mjs'
        export default [v0_0, v1999_19, Object.keys(all).length]`,
    },
  })
  expect(await loader.import('/main.mjs')).toMatchObject({ default: [0, 19, 40_000] })
})

test('a chain that is too long for the stack is no error in a text', async () => {
  const fs = filesOf(5000, (file) => `import './m${file + 1}.mjs'; export let v = 1; v++`)
  const failing = createLoader({ fs }).import('/m0.mjs')
  await expect(failing).rejects.toThrow(RangeError)
})
