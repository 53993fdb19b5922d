import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lodger, tree } from './commands.ts'

const files = {
  'lib/deep/file.js': '',
  'lib/beside.js': '',
  'lib/package.json': '{"imports":{"#own":"./beside.js"}}',
  'node_modules/pkg/package.json': '{"exports":{".":{"zoo":"./zoo.js","default":"./plain.js"}}}',
  'node_modules/pkg/zoo.js': '',
  'node_modules/pkg/plain.js': '',
}

test('prints the steps in order, and what was found', async () => {
  const cwd = tree(files)
  const { stdout, stderr, code } = await lodger(['explain', 'pkg'], { cwd })
  expect(stdout.split('\n')[0]).toBe(`require('pkg') from ${cwd}`)
  expect(stdout).toMatch(/^ +1 +\w+ +\w+ /m)
  expect(stdout).toContain(`${cwd}/node_modules/pkg/package.json`)
  expect(stdout).toMatch(/\n\nfound: .*\/node_modules\/pkg\/plain\.js\n$/)
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
})

test('prints the error and exits with 1 where nothing was found', async () => {
  const cwd = tree(files)
  const { stdout, code } = await lodger(['explain', './nowhere'], { cwd })
  expect(stdout).toMatch(/absent +loadAsFile +\S+\/nowhere\.js/)
  expect(stdout).toContain("not resolved: Error: Cannot find module './nowhere'")
  expect(code).toBe(1)

  const refused = await lodger(['explain', 'pkg/inner'], { cwd })
  expect(refused.stdout).toContain('Package subpath \'./inner\' is not defined by "exports"')
  expect(refused.code).toBe(1)
})

test('starts from a file or a directory, relative to the working directory', async () => {
  const cwd = tree(files)
  for (const from of ['lib/deep/file.js', 'lib/deep', join(cwd, 'lib/deep')]) {
    const { stdout } = await lodger(['explain', '../beside', '--from', from], { cwd })
    expect(stdout).toContain(`found: ${cwd}/lib/beside.js\n`)
  }
  const own = await lodger(['explain', '#own', '--from', 'lib'], { cwd })
  expect(own.stdout).toContain(`found: ${cwd}/lib/beside.js\n`)
})

test('takes conditions', async () => {
  const cwd = tree(files)
  for (const flags of [
    ['--conditions', 'zoo'],
    ['-C', 'other', '-C', 'zoo'],
    ['--conditions=zoo'],
  ]) {
    const { stdout } = await lodger(['explain', ...flags, 'pkg'], { cwd })
    expect(stdout).toContain(`found: ${cwd}/node_modules/pkg/zoo.js\n`)
  }
})

test('follows the rules of import', async () => {
  const cwd = tree(files)
  const found = await lodger(['explain', '--mode', 'import', './lib/beside.js'], { cwd })
  expect(found.stdout.split('\n')[0]).toBe(`import('./lib/beside.js') from ${cwd}`)
  expect(found.stdout).toContain('conditions: node, import')
  expect(found.stdout).toContain(`found: ${cwd}/lib/beside.js\n`)

  const { stdout, code } = await lodger(['explain', '--mode=import', './lib/beside'], { cwd })
  expect(stdout).toContain('(import tries no extensions)')
  expect(stdout).toContain('Did you mean to import "./lib/beside.js"?')
  expect(code).toBe(1)

  const wrong = await lodger(['explain', '--mode=load', 'pkg'], { cwd })
  expect(wrong.stderr).toContain("--mode is 'require' or 'import', not 'load'")
  expect(wrong.code).toBe(2)
})

test('looks where NODE_PATH says', async () => {
  const cwd = tree({ 'elsewhere/pkg.js': '' })
  const env = { NODE_PATH: join(cwd, 'elsewhere') }
  const { stdout } = await lodger(['explain', 'pkg'], { cwd, env })
  expect(stdout).toContain(`found: ${cwd}/elsewhere/pkg.js\n`)
})

test('knows builtins', async () => {
  const { stdout, code } = await lodger(['explain', 'node:fs'], { cwd: tree({}) })
  expect(stdout).toMatch(/found: node:fs\n$/)
  expect(code).toBe(0)
})

test('gives all of it as JSON', async () => {
  const cwd = tree(files)
  const found = await lodger(['explain', '--json', 'pkg'], { cwd })
  const data = JSON.parse(found.stdout)
  expect(data).toMatchObject({
    specifier: 'pkg',
    from: cwd,
    filename: `${cwd}/node_modules/pkg/plain.js`,
    error: null,
  })
  expect(data.steps.length).toBeGreaterThan(1)
  expect(Object.keys(data.steps[0]).slice(0, 3)).toEqual(['operation', 'subject', 'outcome'])

  const missing = await lodger(['explain', '--json', 'missing', '--from', 'lib/beside.js'], { cwd })
  expect(missing.code).toBe(1)
  expect(JSON.parse(missing.stdout)).toMatchObject({
    filename: null,
    error: { name: 'Error', code: 'MODULE_NOT_FOUND', requireStack: [join(cwd, 'lib/beside.js')] },
  })
})
