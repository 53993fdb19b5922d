/** Small programs that use `fs`, run in node 26.10 and in a loader over each kind of volume. */
import { execFileSync } from 'node:child_process'
import * as nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLoader, type Volume } from 'lodger'
import { createNodeStyleVolume } from 'lodger/fs/node-style'
import { createOverlay } from 'lodger/fs/overlay'
import { createRooted } from 'lodger/fs/rooted'
import { createVolume } from 'lodger/fs/volume'
import { memfs } from 'memfs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fsOf } from './volumes.ts'

const binary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

/** Name to the body of an async function that has `fs`, `path`, `caught` and a directory of its own as cwd. */
export type Programs = Record<string, string>

/** `files` stand in each program's directory when it starts. */
const files = { f: 'text', 'd/e/g': 'deep', 'd/h': '' }
const links = { l: 'f', ld: 'd', dangling: 'nowhere', loop: 'loop' }

function moduleOf(programs: Programs, base: string): string {
  const functions = Object.entries(programs).map(
    ([name, body]) => `${JSON.stringify(name)}: async () => {${body}}`,
  )
  return `
    const fs = require('fs')
    const path = require('path')
    const base = ${JSON.stringify(base)}
    const programs = {${functions.join(',\n')}}
    const tell = (e) => e instanceof Error ? {
      name: e.name, code: e.code, errno: e.errno, syscall: e.syscall, path: e.path, dest: e.dest, message: e.message,
    } : e
    const caught = (fn) => { try { return fn() } catch (e) { return tell(e) } }
    const rejected = (promise) => promise.then((value) => value, tell)
    const called = (fn) => new Promise((resolve) => { fn((...args) => resolve(args.map(tell))) })
    const run = async (name, index) => {
      const here = path.join(base, String(index))
      fs.mkdirSync(path.join(here, 'd/e'), { recursive: true })
      for (const [file, text] of Object.entries(${JSON.stringify(files)})) fs.writeFileSync(path.join(here, file), text)
      for (const [file, to] of Object.entries(${JSON.stringify(links)})) fs.symlinkSync(to, path.join(here, file))
      process.chdir(here)
      try { return { value: await programs[name]() } } catch (e) { return { error: tell(e) } }
    }
    module.exports = async () => {
      const results = {}
      for (const [index, name] of Object.keys(programs).entries()) results[name] = await run(name, index)
      return JSON.stringify(results).replaceAll(base, '<base>')
    }`
}

/** Each kind gives a volume and the directory that the programs may use. */
const kinds: Record<string, (base: string) => [Volume, string]> = {
  memory: () => [createVolume({ '/base': null }), '/base'],
  memfs: () => [createNodeStyleVolume(memfs({ '/base': null }).fs as never), '/base'],
  disk: (base) => [createNodeStyleVolume(nodeFs), base],
  'an overlay over the disk': (base) => [createOverlay(createNodeStyleVolume(nodeFs)), base],
  'a part of memory': () => [
    createRooted(createVolume({ '/part/base': null }), '/part/base'),
    '/part/base',
  ],
}

/** `unlike` names programs that a kind answers otherwise, each with the reason. */
export function likeNodeOverEachVolume(
  title: string,
  programs: Programs,
  unlike: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): void {
  const temporary = nodeFs.realpathSync(nodeFs.mkdtempSync(join(tmpdir(), 'lodger-guests-')))
  afterAll(() => nodeFs.rmSync(temporary, { recursive: true, force: true }))
  let expected: Record<string, object>
  beforeAll(() => {
    const base = join(temporary, 'node')
    nodeFs.mkdirSync(base)
    const script = `${moduleOf(programs, base)};module.exports().then((text) => process.stdout.write(text))`
    expected = JSON.parse(String(execFileSync(binary, ['--no-warnings', '-e', script])))
  })

  describe.each(Object.keys(kinds))(`${title} over %s`, (kind) => {
    let actual: Record<string, object>
    beforeAll(async () => {
      const place = join(temporary, `volume ${Object.keys(kinds).indexOf(kind)}`)
      nodeFs.mkdirSync(place)
      const [volume, base] = (kinds[kind] as (base: string) => [Volume, string])(place)
      const loader = createLoader({ fs: volume, cwd: base })
      const fs = fsOf(loader)
      fs.writeFileSync(join(base, 'programs.js'), moduleOf(programs, base))
      actual = JSON.parse(await (loader.main(join(base, 'programs.js')) as () => Promise<string>)())
      loader.dispose()
    })

    test.each(Object.keys(programs))('%s', (name) => {
      expect(expected[name]).not.toHaveProperty('error')
      if (unlike[kind]?.[name] === undefined) expect(actual[name]).toEqual(expected[name])
      else expect(actual[name]).not.toEqual(expected[name])
    })
  })
}
