/** PH-28: stacks as text, of every engine. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLoader } from 'lodger'
import { launch } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Browsing, startBrowsing } from '../hosts/browser.ts'
import { create, prepare } from '../hosts/quickjs/guest.ts'
import { inlined, transpiled } from './transpiled.ts'

const source = `interface A { readonly b: string }
export function refuse(a: A): never {
  throw new TypeError('no: ' + a.b)
}
export const run = (): void => refuse({ b: 'c' })
`
const files = {
  '/app/main.js': inlined(transpiled(source, 'main.ts')),
  '/app/@scope/esm.mjs': inlined(transpiled(source, 'esm.ts', { format: 'esm' })),
}

describe('texts', () => {
  const loader = createLoader({ fs: files })
  loader.require('/app/main.js')
  loader.require('/app/@scope/esm.mjs')
  const line = files['/app/main.js'].split('\n').findIndex((text) => text.includes('throw')) + 1
  const esmLine =
    files['/app/@scope/esm.mjs'].split('\n').findIndex((text) => text.includes('throw')) + 1

  test.each([
    ['V8', `    at refuse (/app/main.js:${line}:9)`, '    at refuse (/app/main.ts:3:9)'],
    ['V8, async', `    at async /app/main.js:${line}:9`, '    at async /app/main.ts:3:9'],
    [
      'V8, new',
      `    at async new A.b [as c] (/app/main.js:${line}:9)`,
      '    at async new A.b [as c] (/app/main.ts:3:9)',
    ],
    [
      'V8, ES module',
      `    at file:///app/@scope/esm.mjs:${esmLine}:9`,
      '    at /app/@scope/esm.ts:3:9',
    ],
    ['SpiderMonkey', `refuse@/app/main.js:${line}:9`, 'refuse@/app/main.ts:3:9'],
    [
      'SpiderMonkey, async',
      `async*refuse@file:///app/@scope/esm.mjs:${esmLine}:9`,
      'async*refuse@/app/@scope/esm.ts:3:9',
    ],
    ['JavaScriptCore, without a name', `@/app/main.js:${line}:9`, '@/app/main.ts:3:9'],
    ['QuickJS', `    at refuse (/app/main.js:${line}:9)`, '    at refuse (/app/main.ts:3:9)'],
    [
      'QuickJS without columns',
      `    at refuse (/app/main.js:${line})`,
      '    at refuse (/app/main.ts:3)',
    ],
  ])('%s', (_, given, wanted) => {
    expect(loader.mapStack(`Error: x\n${given}\nend`)).toBe(`Error: x\n${wanted}\nend`)
  })

  test.each([
    '    at other (/app/other.js:1:1)',
    '    at native',
    '    at Array.map (<anonymous>)',
    '    at eval (eval at x (/app/main.js:1:1), <anonymous>:1:1)',
    'see /app/main.js:3:9 for more',
    'map@[native code]',
    'user@example.com',
    '',
  ])('%s stays', (text) => {
    expect(loader.mapStack(text)).toBe(text)
  })

  test('nothing but text is taken', () => {
    expect(() => loader.mapStack(new Error('x') as unknown as string)).toThrow(
      /"text" argument must be of type string/,
    )
  })
})

const expected = [/refuse.*\/app\/main\.ts:3:\d+/, /run.*\/app\/main\.ts:5:\d+/]

function expectMapped(text: string): void {
  const frames = text.split('\n').filter((line) => line.includes('/app/'))
  expect(frames[0]).toMatch(expected[0] as RegExp)
  expect(frames[1]).toMatch(expected[1] as RegExp)
  expect(text).not.toContain('/app/main.js')
}

/** What a realm does that has `lodger`: the stack as its engine writes it, mapped; one that leaves; one that the guest reads. */
const program = `(() => {
  const fs = ${JSON.stringify(files)}
  const loader = lodger.createLoader({ fs })
  const { run } = loader.require('/app/main.js')
  const stackOf = (fn) => { try { fn() } catch (error) { return error.stack } }
  fs['/app/now.js'] = 'require("./main").run()'
  const leaving = lodger.createLoader({ fs })
  fs['/app/own.js'] = 'try { require("./main").run() } catch (error) { module.exports = error.stack }'
  const asking = lodger.createLoader({ fs, execArgv: ['--enable-source-maps'] })
  return [loader.mapStack(stackOf(run)), stackOf(() => leaving.require('/app/now.js')), asking.require('/app/own.js')]
})()`

const browsers: Browsing[] = []
beforeAll(async () => {
  const browsing = await startBrowsing()
  browsing.files['/script.html'] =
    '<!doctype html><meta charset="utf-8"><title>stacks</title><script src="/lodger/lodger.iife.js"></script>'
  browsers.push(browsing)
})
afterAll(() => Promise.all(browsers.map((each) => each.close())))

test('Chromium', async () => {
  const [browsing] = browsers as [Browsing]
  const { page } = await browsing.open('/script.html')
  for (const text of (await page.evaluate(program)) as string[]) expectMapped(text)
})

test('Firefox', async () => {
  const [browsing] = browsers as [Browsing]
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${browsing.address}/script.html`)
  for (const text of (await page.evaluate(program)) as string[]) expectMapped(text)
})

// It says no place of text that is evaluated, so the file is run as one of its own.
test('JavaScriptCore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lodger-jsc-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const main = join(folder, 'main.js')
  const script = join(folder, 'script.js')
  writeFileSync(main, files['/app/main.js'])
  writeFileSync(
    script,
    `var module = { exports: {} }
    load(${JSON.stringify(main)})
    try { module.exports.run() } catch (error) { print(error.stack) }`,
  )
  const stack = String(execFileSync(process.env.JSC ?? '/usr/bin/jsc', [script]))
  const loader = createLoader({ fs: { [main]: files['/app/main.js'] } })
  loader.require(main)
  const [first, second, ...rest] = loader.mapStack(stack).split('\n')
  expect([first, second]).toEqual([`refuse@${folder}/main.ts:3:13`, `run@${folder}/main.ts:5:32`])
  expect(rest).toEqual(stack.split('\n').slice(2))
})

test('QuickJS, as it leaves, and as the guest reads it', async () => {
  await prepare()
  const fs = {
    ...files,
    '/app/now.js': 'require("./main").run()',
    '/app/own.js': 'try { require("./main").run() } catch (error) { module.exports = error.stack }',
  }
  const { loader } = create(fs)
  loader.require('/app/main.js')
  expect(loader.mapStack('    at refuse (/app/main.js:1:1)')).toContain('/app/main.')
  expect(() => create(fs, { sourceMapLookup: () => null })).toThrow(
    /'options\.sourceMapLookup' must be data, as functions do not cross into QuickJS/,
  )
  const asking = create(fs, { execArgv: ['--enable-source-maps'] })
  expectMapped(String(asking.loader.require('/app/own.js')))
  try {
    loader.require('/app/now.js')
    expect.unreachable()
  } catch (error) {
    expectMapped((error as Error).stack ?? '')
  }
})

test('after loader.invalidate: the old map until the file is loaded anew, then the new one with its sources', () => {
  const transpile = (code: string) => ({
    code: code.replace(/^.*\n/, ''),
    map: JSON.stringify({
      version: 3,
      sources: ['a.ts'],
      mappings: 'AACA',
      ...(code.includes('new') ? {} : { sourcesContent: [code] }),
    }),
  })
  const loader = createLoader({ fs: { '/a.cts': '// old\nnull.x' }, transpile })
  const fail = () => {
    try {
      loader.require('/a.cts')
    } catch (error) {
      return (error as Error).stack
    }
    return undefined
  }
  expect(fail()).toContain('(/a.ts:2:1)')
  expect(loader.sourceOf('/a.ts')).toBe('// old\nnull.x')
  const { fs } = loader as unknown as { fs: typeof import('node:fs') }
  fs.writeFileSync('/a.cts', '// new\n\nnull.x')
  fs.writeFileSync('/a.ts', 'new')
  loader.invalidate('/a.cts')
  expect(loader.mapStack('x\n    at a (/a.cts:1:5)')).toContain('(/a.ts:2:1)')
  expect(fail()).toContain('(/a.ts')
  expect(loader.sourceOf('/a.ts')).toBe('new')
})

test('what a map gives no source for stays as it is', () => {
  const mapped = { version: 3, sources: [null, 'b.ts'], mappings: ';AAAA,KCAA' }
  const loader = createLoader({ fs: { '/a.js': '' }, sourceMapLookup: () => mapped })
  loader.require('/a.js')
  const places = (file: string) => `x\n    at a (${file})\n    at b (/a.js:2:2)`
  expect(loader.mapStack(places('/a.js:2:9'))).toBe(places('/b.ts:1:1'))
})
