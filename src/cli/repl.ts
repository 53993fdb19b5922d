/** `lodger repl`: a prompt inside a loader. */
import { createNodeStyleVolume } from '../fs/node-style.ts'
import { createOverlay } from '../fs/overlay.ts'
import { createReadOnly } from '../fs/read-only.ts'
import { fs } from '../hosts/node/builtins.ts'
import { createLoader, type Loader } from '../hosts/node/index.ts'
import type { Host } from '../seams.ts'
import { connectProcess } from './guest.ts'
import { replHelp } from './help.ts'
import { createRejectionRelay } from './rejection.ts'
import { startSession } from './repl/session.ts'
import { promptGlobals } from './repl/surroundings.ts'
import { report } from './report.ts'
import { readReplArguments } from './run-arguments.ts'
import { transpileOptions } from './transpile-options.ts'
import { version } from './version.ts'
import { workingDirectory } from './working-directory.ts'

/** @returns an exit code for `--help` only: otherwise the session decides when and how it ends */
export function repl(words: readonly string[]): number | undefined {
  const { help, write, transpile, execArgv } = readReplArguments(words)
  if (help) {
    process.stdout.write(replHelp)
    return 0
  }
  const disk = createNodeStyleVolume(fs)
  const volume = write ? disk : createOverlay(createReadOnly(disk))
  const rejections = createRejectionRelay()
  const transpiling = transpileOptions(transpile)
  const loader: Loader = createLoader({
    fs: volume,
    cwd: workingDirectory('repl'),
    env: process.env,
    execArgv,
    ...transpiling,
    globals: promptGlobals(() => loader),
    host: { ...terminalOutput(), onRejections: rejections.onRejections },
  })
  const loop = connectProcess(loader, [])
  process.on('uncaughtException', (error) => loop.uncaught(error))
  process.on('unhandledRejection', (reason, promise) => rejections.unhandled(reason, promise))
  process.on('rejectionHandled', (promise) => rejections.handled(promise))
  try {
    // Runs what `--require` names.
    loader.require('process')
  } catch (error) {
    report(error, false, loader)
    return 1
  }
  process.stdout.write(
    `Welcome to lodger ${version()} on Node.js ${process.version}.\nType ".help" for more information.\n`,
  )
  startSession(loader, loop, transpiling.transpile || undefined)
  return undefined
}

/**
 * At a terminal code writes past node's streams: Ctrl-C that ends it within one of these would leave that stream waiting for
 * ever, and the prompt with it.
 */
function terminalOutput(): Pick<Host, 'write' | 'writeBytes'> | undefined {
  if (!process.stdout.isTTY) return undefined
  const write = (stream: 'stdout' | 'stderr', output: string | Uint8Array) => {
    if (typeof output === 'string') fs.writeSync(process[stream].fd, output)
    else fs.writeSync(process[stream].fd, output)
  }
  return { write, writeBytes: write }
}
