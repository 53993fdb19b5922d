/** The default shims are carried as text: when it is evaluated, and that it gives what the functions give. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createLoader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { evaluate } from 'lodger/hosts/node'
import { builtins } from 'lodger/shims/table'
import { describe, expect, test } from 'vitest'
import { type Loose, requireOf } from './loose.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('a text is evaluated', () => {
  const steps = evaluatedBy({
    import: "var { createLoader } = await import('lodger')",
    create: "var one = createLoader({ fs: { '/a.js': '' } }), other = createLoader()",
    main: "one.main('/a.js')",
    path: "one.require('path')",
    types: "one.require('util').types.isDate()",
    random: "one.require('crypto').randomUUID()",
    plain: "one.require('util').format('a', 'b')",
    inspect: "one.require('util').inspect({})",
    fs: "var first = one.require('fs')",
    read: "first.existsSync('/a.js')",
    zlib: "var zlib = one.require('zlib'); zlib.constants.Z_FINISH",
    crc32: "zlib.crc32('a')",
    gzip: "zlib.gzipSync('a')",
    sha256: "var crypto = one.require('crypto'); crypto.createHash('sha256').update('a').digest()",
    hmac: "crypto.createHmac('sha1', 'a')",
    scrypt: "crypto.scryptSync('a', 'b', 8, { N: 2 })",
    again: "if (first === other.require('fs')) throw new Error('one fs for two loaders')",
  })
  const evaluatedAt = (name: string, file: RegExp) => steps[name]?.some((one) => file.test(one))

  test('not as lodger is imported, nor as a loader is made', () => {
    expect(steps.import).toEqual([])
    expect(steps.create).toEqual([])
  })

  test('when a program needs it', () => {
    expect(steps.main).toContain('process.ts')
    expect(steps.path).toContain('path.ts')
    const early = [...(steps.main ?? []), ...(steps.path ?? [])]
    expect(early.filter((file) => /^fs|^stream|^url|memfs|readable-stream/.test(file))).toEqual([])
    expect(steps.fs).toContain('fs.ts')
  })

  test('no part of `process` that one line does not need', () => {
    const parts = /facts|flags|node-tables|parts|report|streams|timers|event-waiters/
    expect(evaluatedAt('main', parts)).toBe(false)
    expect(steps.main?.length).toBeLessThan(16)
  })

  test('no library by who only requires a builtin, but by who calls it', () => {
    for (const name of ['types', 'random', 'plain', 'fs']) {
      expect(evaluatedAt(name, /^libraries|^stream|^buffer|deep-equal|hashes/), name).toBe(false)
    }
    expect(steps.zlib).toContain('zlib.ts')
    expect(evaluatedAt('zlib', /^libraries|stream|internal.zlib/)).toBe(false)
    expect(steps.inspect).toContain('internal/inspect/inspector.ts')
    expect(steps.read).toContain('internal/fs/library.ts')
    expect(
      evaluatedAt('read', /fs.(copy|directory|file-handle|glob|promise-methods|streams|watch)/),
    ).toBe(false)
    expect(steps.crc32).toContain('libraries/pako.js')
    expect(evaluatedAt('crc32', /stream/)).toBe(false)
    expect(steps.gzip).toContain('internal/zlib/streams.ts')
  })

  test('no family of digests but the one that is asked for', () => {
    const families = (name: string) =>
      steps[name]?.filter((file) => file.includes('libraries/noble'))
    expect(families('sha256')).toEqual(['libraries/noble-sha2.js'])
    expect(families('hmac')?.sort()).toEqual([
      'libraries/noble-hmac.js',
      'libraries/noble-legacy.js',
    ])
    expect(families('scrypt')).toEqual(['libraries/noble-scrypt.js'])
    expect(evaluatedAt('hmac', /keys|derivation/)).toBe(false)
  })

  test('once for all loaders of a realm', () => {
    expect(steps.again).toEqual([])
    const all = Object.values(steps).flat()
    expect(all).toEqual([...new Set(all)])
  })
})

describe('from text as from code', () => {
  const fromText = requireOf(createLoader())
  const fromCode = requireOf(createCoreLoader({}, { evaluate, shims: builtins }))
  const ids = Object.keys(builtins).filter((id) => !id.startsWith('internal/'))

  test.each(ids)('%s has the same members, and their functions the same names', (id) => {
    const outline = outlineOf(fromText(`node:${id}`))
    expect(outline).toEqual(outlineOf(fromCode(`node:${id}`)))
  })

  test('names are those that guests print', () => {
    const names = [
      fromText('fs').readFileSync,
      fromText('fs').promises.readFile,
      fromText('events'),
      fromText('stream').Readable,
      fromText('buffer').Buffer,
      fromText('util').inspect,
      fromText('assert').AssertionError,
      fromText('timers').setTimeout,
    ].map(({ name }) => name)
    expect(names.join(' ')).toBe(
      'readFileSync readFile EventEmitter Readable Buffer inspect AssertionError setTimeout',
    )
  })

  test('what only lodger asks for is no builtin for a guest', () => {
    expect(() => fromText('internal/loop')).toThrow("Cannot find module 'internal/loop'")
    expect(() => fromText('node:internal/web')).toThrow('No such built-in module')
  })
})

/**
 * Runs the steps one after the other in a process of their own.
 * @returns per step the files of `shims/` that were evaluated
 */
function evaluatedBy(steps: Record<string, string>): Record<string, string[]> {
  const script = `
    const { eval: evaluate } = globalThis, steps = {}
    let files
    globalThis.eval = (text) => {
      const [, file] = /sourceURL=lodger:shims.(.*)$/.exec(text) ?? []
      if (file) files.push(file)
      return evaluate(text)
    }
    ${Object.entries(steps)
      .map(([name, step]) => `files = steps.${name} = []\n${step}`)
      .join('\n')}
    console.log(JSON.stringify(steps))`
  const args = ['--input-type=module', '--eval', script]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

/** Every function that is reached by four steps or less, with its name and length. */
function outlineOf(exports: Loose): string[] {
  const lines: string[] = []
  const seen = new Set<unknown>()
  const visit = (value: Loose, path: string, depth: number): void => {
    if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return
    // A bundle of code numbers names that its modules have in common.
    if (typeof value === 'function')
      lines.push(`${path} is ${String(value.name).replace(/\d$/, '')}/${value.length}`)
    if (depth === 4 || seen.has(value)) return
    seen.add(value)
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      // What is the same for all functions says nothing, and a loader's own are as many as its uses.
      if (/^(caller|arguments|constructor)$/.test(key)) continue
      for (const part of ['value', 'get', 'set'] as const) {
        visit(property[part], `${path}.${key}`, depth + 1)
      }
    }
  }
  visit(exports, '', 0)
  return lines
}
