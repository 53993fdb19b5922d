import { createLoader, type Loader } from 'lodger'
import { createLoader as createCoreLoader } from 'lodger/core'
import { describe, expect, test } from 'vitest'

const own = 'export const url = import.meta.url'
const tree = {
  '/app/package.json':
    '{ "name": "app", "exports": { ".": "./main.mjs" }, "imports": { "#own": "./lib/a.mjs", "#p": "p" } }',
  '/app/main.mjs': own,
  '/app/lib/a.mjs': own,
  '/app/lib/index.js': '',
  '/app/node_modules/p/package.json':
    '{ "exports": { ".": { "require": "./b.cjs", "import": "./a.mjs" }, "./sub/*": "./lib/*.mjs", "./no": null } }',
  '/app/node_modules/p/a.mjs': own,
  '/app/node_modules/p/b.cjs': '',
  '/app/node_modules/p/lib/deep/c.mjs': own,
  '/app/node_modules/old/package.json': '{ "main": "./lib/old" }',
  '/app/node_modules/old/lib/old.js': 'exports.url = "file://" + __filename',
  '/app/node_modules/only/package.json': '{ "exports": { "require": "./x.cjs" } }',
  '/app/node_modules/only/x.cjs': '',
}

const load = () => createLoader({ fs: tree, cwd: '/app' })
const asImport = (loader: Loader, specifier: string, from = '/app/main.mjs') =>
  loader.explain(specifier, from, { mode: 'import' })

describe('explain of an import', () => {
  test.each([
    './lib/a.mjs',
    './lib/a',
    './lib',
    './lib/',
    './none.mjs',
    'p',
    'p/sub/deep/c',
    'p/sub/nothing',
    'p/no',
    'p/other',
    'old',
    'old/lib/old.js',
    'old/lib/old',
    'only',
    'absent',
    'app',
    '#own',
    '#p',
    '#none',
    '/app/lib/a.mjs',
    'file:///app/lib/a.mjs',
    'file:///app/none.mjs',
    './lib%2fa.mjs',
    '@x',
  ])('of %s ends as the import itself', async (specifier) => {
    const { filename, error, steps } = asImport(load(), specifier)
    const imported = await load()
      .import(specifier, '/app/main.mjs')
      .catch((thrown) => thrown)
    if (imported instanceof Error) {
      expect({ message: error?.message, code: (error as { code?: string }).code }).toEqual({
        message: imported.message,
        code: (imported as { code?: string }).code,
      })
      expect(filename).toBeUndefined()
      expect(steps.at(-1)).toMatchObject({
        operation: 'import',
        subject: specifier,
        outcome: 'error',
      })
    } else {
      expect(`file://${filename}`).toBe((imported as { url: string }).url)
      expect(steps.at(-1)).toMatchObject({
        operation: 'esmResolve',
        subject: filename,
        outcome: 'found',
      })
    }
  })

  test('names the conditions, each that was asked for, and what they led to', () => {
    const package_ = '/app/node_modules/p'
    expect(asImport(load(), 'p').steps).toEqual([
      {
        operation: 'esmResolve',
        subject: 'p',
        outcome: 'note',
        reason: 'conditions: node, import, module-sync, node-addons',
      },
      {
        operation: 'packageResolve',
        subject: `${package_}/package.json`,
        outcome: 'found',
        reason: 'exports, asked for .',
      },
      {
        operation: 'packageTargetResolve',
        subject: 'require',
        outcome: 'skipped',
        reason: 'condition not set',
      },
      {
        operation: 'packageTargetResolve',
        subject: 'import',
        outcome: 'matched',
        reason: 'condition',
      },
      {
        operation: 'packageTargetResolve',
        subject: './a.mjs',
        outcome: 'matched',
        reason: 'target',
      },
      { operation: 'esmResolve', subject: `${package_}/a.mjs`, outcome: 'found' },
    ])
  })

  test('names what was looked at in vain, and what require would find', () => {
    const { steps, error } = asImport(load(), './lib/a', '/app/main.mjs')
    expect(error?.message).toContain("Cannot find module '/app/lib/a'")
    expect(steps).toContainEqual({
      operation: 'esmResolve',
      subject: '/app/lib/a',
      outcome: 'absent',
      reason: 'import tries no extensions',
    })
    const directory = asImport(load(), './lib')
    expect(directory.error?.message).toContain('Did you mean to import "./lib/index.js"?')
    expect(directory.steps.slice(1)).toEqual([
      {
        operation: 'esmResolve',
        subject: '/app/lib',
        outcome: 'skipped',
        reason: 'a directory, of which import takes no index',
      },
      {
        operation: 'import',
        subject: './lib/index.js',
        outcome: 'note',
        reason: 'what require would find',
      },
      {
        operation: 'import',
        subject: './lib',
        outcome: 'error',
        reason: 'ERR_UNSUPPORTED_DIR_IMPORT',
      },
    ])
    expect(asImport(load(), 'absent').steps).toContainEqual({
      operation: 'packageResolve',
      subject: '/node_modules/absent',
      outcome: 'skipped',
      reason: 'no such directory',
    })
    expect(asImport(load(), 'old').steps).toContainEqual({
      operation: 'packageResolve',
      subject: '/app/node_modules/old/lib/old',
      outcome: 'absent',
    })
  })

  test('knows builtins, overrides and other URLs', () => {
    const loader = createLoader({ fs: {}, overrides: { os: false } })
    const answers = [
      ['node:fs', 'node:fs', 'a builtin'],
      ['fs', 'node:fs', 'a builtin'],
      ['os', 'node:os', "forbidden by options.overrides['os']"],
      ['data:text/javascript,1', 'data:text/javascript,1', 'a URL'],
    ] as const
    for (const [subject, filename, reason] of answers) {
      const explained = asImport(loader, subject, '/main.mjs')
      expect(explained.filename).toBe(filename)
      expect(explained.steps).toEqual([{ operation: 'import', subject, outcome: 'found', reason }])
    }
  })

  test('names what the import gives, when that is gone, and changes nothing', async () => {
    const loader = load()
    await loader.import('./lib/a.mjs', '/app/main.mjs')
    loader.fs.unlinkSync('/app/lib/a.mjs')
    const { filename, steps } = asImport(loader, './lib/a.mjs')
    expect(filename).toBe('/app/lib/a.mjs')
    expect(steps.at(0)?.reason).toBe('answered before: file:///app/lib/a.mjs')
    expect(steps.at(-1)?.reason).toContain('would fail now')

    expect(asImport(loader, './late.mjs').error).toBeDefined()
    loader.fs.writeFileSync('/app/late.mjs', own)
    expect(asImport(loader, './late.mjs').filename).toBe('/app/late.mjs')
    loader.fs.unlinkSync('/app/late.mjs')
    expect(asImport(loader, './late.mjs').filename).toBeUndefined()
  })

  test('refuses another mode, and in lodger/core says what import does there', () => {
    const mode = 'load' as 'import'
    expect(() => load().explain('p', '/app/main.mjs', { mode })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARG_VALUE',
        message: "The property 'options.mode' must be 'require' or 'import'. Received 'load'",
      }),
    )
    const core = createCoreLoader({ fs: tree }, { evaluate: () => undefined }).explain(
      'p',
      '/app/main.mjs',
      { mode: 'import' },
    )
    expect(core.error).toMatchObject({ code: 'ERR_LODGER_DYNAMIC_IMPORT' })
  })
})
