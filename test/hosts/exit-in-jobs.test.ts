/** `process.exit` where only a promise sees that it throws: the guest ends, and the host goes on. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const guest = `
  process.on('exit', (code) => console.log('exit', code))
  setTimeout(() => console.log('never'), 20)
  Promise.resolve().then(() => { process.exit(3); console.log('never') })`

/** Runs in a node of its own, which an unhandled rejection would end. */
const program = (entry: string) => `
  import { createLoader } from 'lodger${entry}'
  const before = process.listenerCount('unhandledRejection')
  createLoader({ fs: { '/index.js': ${JSON.stringify(guest)} } }).main('/index.js')
  const end = Date.now() + 10_000
  const wait = setInterval(() => {
    const isAsBefore = process.listenerCount('unhandledRejection') === before
    if (!isAsBefore && Date.now() < end) return
    clearInterval(wait)
    console.log('host goes on', isAsBefore)
    process.exitCode = 5
    createLoader({ fs: { '/index.js': '(async () => process.exit())()' } }).main('/index.js')
    Promise.reject(new Error("the host's own"))
  }, 50)`

test.each(['', '/hosts/node', '/hosts/vm'])('lodger%s', async (entry) => {
  const script = ['--input-type=module', '-e', program(entry)]
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, script, {
    cwd: root,
  }).catch((error) => error)
  expect(stdout).toBe('exit 3\nhost goes on true\n')
  expect(stderr).toContain("Error: the host's own")
  expect(code).toBe(1)
})
