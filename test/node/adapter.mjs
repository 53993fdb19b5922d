/**
 * Runs one of node's own test files in a loader over the volume that the harness has filled, as a process would: it
 * ends when nothing is left to do, and the guest's handlers are asked about errors and rejections.
 * The harness is a public tool beside the project; NODE_TESTS names its folder.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { createLoader } from 'lodger'

const binary = '/node/bin/node'

/** Unwinds a guest that has exited. */
class Exit extends Error {}

export function runTest({ fs, entry, env, execArgv, realRoot, vroot }) {
  // Tests copy node, and start the copy.
  fs.mkdirSync('/node/bin', { recursive: true })
  fs.writeFileSync(binary, '#!/usr/bin/env node\n', { mode: 0o755 })
  addNeighbours(fs, entry, (path) => readFileSync(path.replace(vroot, realRoot), 'utf8'))
  /** @type {import('lodger').RejectionListener | undefined} */
  let rejections
  const loader = createLoader({
    fs,
    cwd: vroot,
    argv: [binary, entry],
    execArgv,
    env: { ...env, NODE_SKIP_FLAG_CHECK: '1', NODE_TEST_KNOWN_GLOBALS: '0' },
    host: {
      onRejections(listener) {
        rejections = listener
        return () => {}
      },
    },
  })
  const guest = loader.process
  let ended = false

  return new Promise((resolve) => {
    /** @param {number} exitCode @param {unknown} [error] */
    const finish = (exitCode, error) => {
      if (ended) return
      ended = true
      const stderr = String(/** @type {any} */ (error)?.stack ?? error ?? '')
      // Whatever the test has made of `Object.prototype`, a promise asks it for `then`.
      const result = Object.assign(Object.create(null), { exitCode, stderr })
      setImmediate(() => resolve(result))
    }
    guest.reallyExit = (/** @type {number} */ code) => {
      finish(code)
      throw new Exit()
    }
    /** @param {() => void} action */
    const attempt = (action) => {
      if (ended) return
      try {
        action()
      } catch (error) {
        if (error instanceof Exit) return
        try {
          if (!guest._fatalException(error)) finish(guest.exitCode ?? 1, error)
        } catch (second) {
          if (!(second instanceof Exit)) finish(7, second)
        }
      }
    }
    const isIdle = () => process.getActiveResourcesInfo().every((kind) => kind.endsWith('Wrap'))

    process.on('uncaughtException', (error) => attempt(() => raise(error)))
    process.on('unhandledRejection', (reason, promise) =>
      attempt(() => rejections?.unhandled(reason, promise)),
    )
    process.on('rejectionHandled', (promise) => attempt(() => rejections?.handled(promise)))
    process.on('beforeExit', () => {
      attempt(() => guest.emit('beforeExit', guest.exitCode ?? 0))
      if (ended || !isIdle()) return
      attempt(() => guest.exit())
    })
    attempt(() => loader.main(entry))
  })
}

/**
 * Tests that a test imports; the harness brings only the one.
 * @param {import('lodger').NodeStyleFileSystem} fs
 * @param {string} file
 * @param {(path: string) => string} read
 */
function addNeighbours(fs, file, read) {
  const text = fs.readFileSync(file, 'utf8')
  const directory = file.slice(0, file.lastIndexOf('/') + 1)
  for (const [, name] of text.matchAll(/['"]\.\/(test-[\w-]+\.[cm]?js)['"]/g)) {
    const path = directory + name
    if (fs.existsSync(path)) continue
    fs.writeFileSync(path, read(path))
    addNeighbours(fs, path, read)
  }
}

/** @param {unknown} error @returns {never} */
function raise(error) {
  throw error
}
