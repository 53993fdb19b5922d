import { createLoader } from 'lodger'
import { describe, expect, test } from 'vitest'

const refusal = (options: object) => {
  try {
    createLoader(options)
  } catch (error) {
    const { name, code, message } = error as Error & { code: string }
    return { name, code, message }
  }
  return undefined
}

describe('createLoader refuses', () => {
  test.each([
    [
      'options that are no object',
      null,
      'ERR_INVALID_ARG_TYPE',
      /"options" argument must be of type object. Received null/,
    ],
    [
      'an unknown option, naming those there are',
      { fileSystem: {} },
      'ERR_LODGER_OPTIONS',
      /no option 'fileSystem'; the options are fs, overrides/,
    ],
    [
      'files among the options, and says where they belong',
      { '/app/index.js': '' },
      'ERR_LODGER_OPTIONS',
      /no option '\/app\/index\.js'; files go into { fs: { '\/app\/index\.js': … } }/,
    ],
    [
      'a cwd of the wrong type',
      { cwd: 1 },
      'ERR_INVALID_ARG_TYPE',
      /"options.cwd" property must be of type string. Received type number \(1\)/,
    ],
    [
      'a relative cwd',
      { cwd: 'app' },
      'ERR_INVALID_ARG_VALUE',
      /'options.cwd' must be an absolute path. Received 'app'/,
    ],
    [
      'a cwd beyond the root',
      { cwd: '/other', root: '/app' },
      'ERR_LODGER_OPTIONS',
      /cwd '\/other' lies outside of root '\/app'/,
    ],
    [
      'argv that is no array',
      { argv: 'node' },
      'ERR_INVALID_ARG_TYPE',
      /"options.argv" property must be an instance of Array/,
    ],
    [
      'argv with a number in it',
      { argv: ['node', 1] },
      'ERR_INVALID_ARG_TYPE',
      /"options.argv\[1\]" property must be of type string/,
    ],
    [
      'env with a number in it',
      { env: { A: 1 } },
      'ERR_INVALID_ARG_TYPE',
      /"options.env.A" property must be of type string/,
    ],
    [
      'a switch that is no boolean',
      { preserveSymlinks: 1 },
      'ERR_INVALID_ARG_TYPE',
      /"options.preserveSymlinks" property must be of type boolean/,
    ],
    [
      'a switch and a flag that contradict each other',
      { preserveSymlinks: false, execArgv: ['--preserve-symlinks'] },
      'ERR_LODGER_OPTIONS',
      /preserveSymlinks is false, but execArgv says true/,
    ],
    [
      'an override of true',
      { overrides: { fs: true } },
      'ERR_INVALID_ARG_VALUE',
      /'options.overrides\['fs'\]' must be exports, a factory, a path or false/,
    ],
    [
      'an override under both names',
      { overrides: { fs: {}, 'node:fs': {} } },
      'ERR_LODGER_OPTIONS',
      /'fs' with and without 'node:'/,
    ],
    [
      'an id that is preset and overridden',
      { overrides: { a: {} }, modules: { a: {} } },
      'ERR_LODGER_OPTIONS',
      /'a' is both in overrides and in modules/,
    ],
    [
      'paths with a number in it',
      { paths: { a: 1 } },
      'ERR_INVALID_ARG_TYPE',
      /"options.paths\['a'\]" property must be of type string/,
    ],
    [
      'fs of the wrong type',
      { fs: 'text' },
      'ERR_INVALID_ARG_TYPE',
      /"options.fs" property must be/,
    ],
    [
      'fs that is null',
      { fs: null },
      'ERR_INVALID_ARG_TYPE',
      /"options.fs" property must be of type object. Received null/,
    ],
    [
      'a power of the host that is no function',
      { host: { setTimeout: 3 } },
      'ERR_INVALID_ARG_TYPE',
      /"options.host.setTimeout" property must be of type function. Received type number \(3\)/,
    ],
    [
      'a host that is no object',
      { host: 1 },
      'ERR_INVALID_ARG_TYPE',
      /"options.host" property must be of type object. Received type number \(1\)/,
    ],
  ])('%s', (_, options, code, message) => {
    const refused = refusal(options as object)
    expect(refused?.code).toBe(code)
    expect(refused?.message).toMatch(message)
  })
})

test('a power of the host may be left undefined, and a host has members of its own', () => {
  const host = { setTimeout: undefined, name: 'here', global: globalThis, own: 1 }
  expect(refusal({ host })).toBeUndefined()
})

describe('flags of execArgv and NODE_OPTIONS take effect', () => {
  const fs = {
    '/node_modules/p/package.json':
      '{ "exports": { "special": "./special.js", "default": "./plain.js" } }',
    '/node_modules/p/special.js': 'module.exports = "special"',
    '/node_modules/p/plain.js': 'module.exports = "plain"',
    '/before.js': 'globalThis.before = module.parent && module.parent.id',
    '/main.js': 'module.exports = [require("p"), globalThis.before]',
  }

  test.each([
    ['--conditions', { execArgv: ['--conditions', 'special'] }, 'special'],
    ['--conditions=', { execArgv: ['--conditions=special'] }, 'special'],
    ['-C', { execArgv: ['-C', 'special'] }, 'special'],
    ['NODE_OPTIONS', { env: { NODE_OPTIONS: '--conditions="special"' } }, 'special'],
    ['the option', { conditions: ['special'] }, 'special'],
    ['none', {}, 'plain'],
  ])('%s', (_, options, found) => {
    expect(createLoader({ fs, ...options }).require('p')).toBe(found)
  })

  test('X15 --require runs a module before the main one', () => {
    const loader = createLoader({ fs, execArgv: ['--require', './before.js'] })
    expect(loader.main('/main.js')).toEqual(['plain', 'internal/preload'])
  })
})
