/** Where the command keeps what it has transpiled, and that runs which share it do not disturb each other. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { node, tree } from './commands.ts'

const program = fileURLToPath(new URL('fixtures/transpile.ts', import.meta.url))
const uid = process.getuid?.() ?? 'user'

/** @returns how many files were transpiled */
async function run(env: Record<string, string>, first = 1, last = 5): Promise<number> {
  const args = [program, String(first), String(last)]
  const { code, stdout, stderr } = await node(args, { cwd: '/', env })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return Number(stdout)
}

/** A home and a directory for temporary files, and what is in them after a run. */
function surroundings() {
  const root = tree({ 'home/x': '', 'temporary/x': '', 'xdg/x': '' })
  const entries = (path: string) => {
    const directory = join(root, path)
    if (!existsSync(directory)) return undefined
    return readdirSync(directory).filter((name) => name.endsWith('.transpiled')).length
  }
  const env = { HOME: join(root, 'home'), TMPDIR: join(root, 'temporary') }
  return { root, env, entries }
}

describe('the cache of the command', () => {
  test('is below XDG_CACHE_HOME', async () => {
    const { root, env, entries } = surroundings()
    const xdg = { ...env, XDG_CACHE_HOME: join(root, 'xdg') }
    expect(await run(xdg)).toBe(5)
    expect(await run(xdg)).toBe(0)
    expect(entries('xdg/lodger/transpile')).toBe(5)
    expect([readdirSync(env.HOME), readdirSync(env.TMPDIR)]).toEqual([['x'], ['x']])
  })

  test.each([undefined, '', 'relative'])('is below ~/.cache where that is %o', async (given) => {
    const { env, entries } = surroundings()
    const xdg = { ...env, ...(given !== undefined && { XDG_CACHE_HOME: given }) }
    expect([await run(xdg), await run(xdg)]).toEqual([5, 0])
    expect(entries('home/.cache/lodger/transpile')).toBe(5)
  })

  test.each([
    ['there is no home', (home: string) => join(home, 'x/below')],
    [
      'somebody else may write there',
      (home: string) => {
        mkdirSync(join(home, '.cache/lodger/transpile'), { recursive: true })
        chmodSync(join(home, '.cache/lodger/transpile'), 0o777)
        return home
      },
    ],
  ])('is among the temporary files where %s', async (_why, prepare) => {
    const { env, entries } = surroundings()
    const homeless = { ...env, HOME: prepare(env.HOME) }
    expect([await run(homeless), await run(homeless)]).toEqual([5, 0])
    expect(entries(`temporary/lodger-transpile-${uid}`)).toBe(5)
  })

  test.each([
    ['a link', (path: string, root: string) => symlinkSync(join(root, 'xdg'), path)],
    ['a file', (path: string) => writeFileSync(path, '')],
    [
      'a directory that all may write to',
      (path: string) => {
        mkdirSync(path)
        chmodSync(path, 0o777)
      },
    ],
  ])('is nowhere where %s stands in its place', async (_what, occupy) => {
    const { root, env, entries } = surroundings()
    const place = join(env.TMPDIR, `lodger-transpile-${uid}`)
    occupy(place, root)
    const homeless = { ...env, HOME: join(env.HOME, 'x/below') }
    expect([await run(homeless), await run(homeless)]).toEqual([5, 5])
    expect(readdirSync(join(root, 'xdg'))).toEqual(['x'])
    expect(entries('xdg')).toBe(0)
  })

  test('is not made by a run that transpiles nothing', async () => {
    const { env } = surroundings()
    expect(await run(env, 1, 0)).toBe(0)
    expect(readdirSync(env.HOME)).toEqual(['x'])
  })

  test('loses once a day what is a month old', async () => {
    const { env } = surroundings()
    await run(env)
    const directory = join(env.HOME, '.cache/lodger/transpile')
    const age = (name: string, days: number) => {
      const time = Date.now() / 1000 - days * 24 * 60 * 60
      utimesSync(join(directory, name), time, time)
    }
    const [old = '', young = ''] = readdirSync(directory).filter((name) => name !== 'swept')
    writeFileSync(join(directory, 'mine'), '')
    age(old, 31)
    age(young, 29)
    age('mine', 31)
    expect(await run(env)).toBe(0)
    expect(readdirSync(directory)).toContain(old)
    age('swept', 2)
    expect(await run(env)).toBe(1)
    expect(readdirSync(directory)).toEqual(expect.arrayContaining([young, 'mine']))
  })
})

describe('several runs at once', () => {
  test('find all that the others have made, and nothing half made', async () => {
    const { env } = surroundings()
    const counts = await Promise.all([1, 2, 3, 4].map(() => run(env, 1, 60)))
    expect(Math.max(...counts)).toBeGreaterThan(0)
    expect(await run(env, 1, 60)).toBe(0)
    const names = readdirSync(join(env.HOME, '.cache/lodger/transpile'))
    expect(names.filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('survive entries that are damaged meanwhile', async () => {
    const { env } = surroundings()
    await run(env, 1, 60)
    const directory = join(env.HOME, '.cache/lodger/transpile')
    const names = readdirSync(directory).filter((name) => name.endsWith('.transpiled'))
    const running = [run(env, 1, 60), run(env, 1, 60)]
    for (const [index, name] of names.entries()) {
      const text = readFileSync(join(directory, name), 'utf8')
      writeFileSync(join(directory, name), text.slice(0, (text.length * index) / names.length))
      await new Promise((done) => setTimeout(done))
    }
    await Promise.all(running)
    await run(env, 1, 60)
    expect(await run(env, 1, 60)).toBe(0)
  })
})
