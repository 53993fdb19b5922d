/**
 * Runs one of node's own test files in a loader over the volume that the harness has filled.
 * The harness is a public tool beside the project; NODE_TESTS names its folder.
 */
import { pathToFileURL } from 'node:url'
import { createLoader } from 'lodger'

const { drain, Exit } = await import(
  pathToFileURL(`${process.env.NODE_TESTS}/adapters/common-drain.mjs`)
)

export function runTest({ fs, entry, env, execArgv, vroot }) {
  const loader = createLoader({
    fs,
    cwd: vroot,
    argv: ['/node/bin/node', entry],
    execArgv,
    env: { ...env, NODE_SKIP_FLAG_CHECK: '1', NODE_TEST_KNOWN_GLOBALS: '0' },
  })
  loader.process.exit = (code) => {
    throw new Exit(code ?? loader.process.exitCode ?? 0)
  }
  return drain(
    () => loader.main(entry),
    () => loader.process,
  )
}
