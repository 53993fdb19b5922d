/** A realm that is the guest's alone: stacks are mapped as the engine writes them, its own errors' as well. */
import { createLoader } from 'lodger/hosts/vm'
import { expect, test } from 'vitest'
import { inlined, transpiled } from './transpiled.ts'

const source = `interface A { readonly b: string }

export const read = (a: A | null): string => a!.b
export const made = (): string => String(new Error('made').stack)
`
const fs = (main: string, name = 'library') => ({
  '/app/main.js': `const { read, made } = require('./${name}')
    const caught = () => { try { read(null) } catch (error) { return error.stack } }
    ${main}`,
  [`/app/${name}.js`]: inlined(transpiled(source, `${name}.ts`)),
})
const flag = { execArgv: ['--enable-source-maps'] }

test('errors of the engine', () => {
  const stack = createLoader({ fs: fs('module.exports = caught()'), ...flag }).main('/app/main.js')
  expect(String(stack).split('\n').slice(0, 2)).toEqual([
    "TypeError: Cannot read properties of null (reading 'b')",
    '    at read (/app/library.ts:3:49)',
  ])
})

test('in the poorest of realms, too', () => {
  const options = { fs: fs('module.exports = caught()'), ...flag, bare: true }
  expect(createLoader(options).main('/app/main.js')).toContain('at read (/app/library.ts:3:49)')
})

test('a prepareStackTrace of the guest wins, and gives way', () => {
  const main = `
    const usual = Error.prepareStackTrace
    Error.prepareStackTrace = (error, trace) => 'own ' + trace[0].getFileName()
    const own = caught()
    Error.prepareStackTrace = usual
    module.exports = [own, caught().split('\\n')[1], typeof usual]`
  expect(createLoader({ fs: fs(main), ...flag }).main('/app/main.js')).toEqual([
    'own /app/library.js',
    '    at read (/app/library.ts:3:49)',
    'function',
  ])
})

test('programs of one realm have each its own maps', () => {
  const child = fs(
    `process.stdout.write(caught().split('\\n')[1] + made().split('\\n')[1])`,
    'other',
  )
  const main = `
    const { execFileSync } = require('child_process')
    const other = String(execFileSync(process.execPath, ['--enable-source-maps', '/app/child.js']))
    module.exports = [other, caught().split('\\n')[1]]`
  const files = {
    ...fs(main),
    '/app/other.js': child['/app/other.js'] as string,
    '/app/child.js': child['/app/main.js'] as string,
  }
  expect(createLoader({ fs: files, ...flag }).main('/app/main.js')).toEqual([
    '    at read (/app/other.ts:3:49)    at made (/app/other.ts:4:42)',
    '    at read (/app/library.ts:3:49)',
  ])
})

test('nothing is left of it once it is switched off', () => {
  const main = `
    const Module = require('module'); const before = 'prepareStackTrace' in Error
    Module.setSourceMapsSupport(true); const on = caught().split('\\n')[1]
    Module.setSourceMapsSupport(false)
    module.exports = [before, on, caught().includes('/app/library.js:'), 'prepareStackTrace' in Error]`
  const [before, on, off, after] = createLoader({ fs: fs(main) }).main('/app/main.js') as unknown[]
  expect([on, off]).toEqual(['    at read (/app/library.ts:3:49)', true])
  expect(after).toBe(before)
})
