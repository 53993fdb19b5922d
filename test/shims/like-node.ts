/** The same small program in node 26.10 and in a loader: what it returns must be the same. */
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createLoader } from 'lodger'
import { beforeAll, describe, expect, test } from 'vitest'

export const nodeBinary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

/** Names to function bodies that have `require` and return, or promise, what JSON can carry. */
export type Programs = Record<string, string>

/** One module that runs them all; whatever is thrown is reported as name, code and message. */
function moduleOf(programs: Programs): string {
  const functions = Object.entries(programs).map(
    ([name, body]) => `${JSON.stringify(name)}: async () => {${body}}`,
  )
  return `
    const programs = {${functions.join(',\n')}}
    const describe = (e) => ({ name: e.name, code: e.code, message: e.message })
    const caught = (fn) => { try { return fn() } catch (e) { return describe(e) } }
    module.exports = async () => {
      const results = {}
      for (const name of Object.keys(programs)) {
        try { results[name] = { value: await programs[name]() } } catch (e) { results[name] = { error: describe(e) } }
      }
      return JSON.stringify(results)
    }`
}

/** `caught(fn)` in a program gives what `fn` returns, or the error as data. `options` are of the loader. */
export function likeNode(title: string, programs: Programs, options: object = {}): void {
  describe(title, () => {
    let expected: Record<string, unknown>
    let actual: Record<string, unknown>

    beforeAll(async () => {
      const source = moduleOf(programs)
      const script = `${source};module.exports().then((text) => process.stdout.write(text))`
      const output = execFileSync(nodeBinary, ['--no-warnings', '-e', script], {
        maxBuffer: 1 << 26,
        // Where a file that node leaves, such as a trace, is in nobody's way.
        cwd: tmpdir(),
      })
      expected = JSON.parse(String(output))
      const loader = createLoader({ ...options, fs: { '/programs.js': source } })
      const run = loader.main('/programs.js') as () => Promise<string>
      actual = JSON.parse(await run())
      loader.dispose()
    })

    test.each(Object.keys(programs))('%s', (name) => {
      expect(actual[name]).toEqual(expected[name])
      expect(expected[name]).not.toHaveProperty('error')
    })
  })
}

/** The builtins of a new loader. */
// biome-ignore lint/suspicious/noExplicitAny: a test knows the shape of what it asks for
export function builtinsOf(): (id: string) => any {
  const loader = createLoader({ fs: {} })
  return (id) => loader.require(id)
}
