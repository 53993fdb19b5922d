/** `lodger run`: a program from disk, run as `node` would run it, with lodger's loader and shims. */
import { createNodeStyleVolume } from '../fs/node-style.ts'
import { createOverlay } from '../fs/overlay.ts'
import { createReadOnly } from '../fs/read-only.ts'
import { fs } from '../hosts/node/builtins.ts'
import { createLoader } from '../hosts/node/index.ts'
import { runGuest } from './guest.ts'
import { runHelp } from './help.ts'
import { createRejectionRelay } from './rejection.ts'
import { readRunArguments } from './run-arguments.ts'
import { transpileOptions } from './transpile-options.ts'
import { workingDirectory } from './working-directory.ts'

/** @returns an exit code for `--help` only: otherwise the program decides when and how it ends */
export function run(words: readonly string[]): number | undefined {
  const { help, write, transpile, execArgv, file, args } = readRunArguments(words)
  if (help) {
    process.stdout.write(runHelp)
    return 0
  }
  const disk = createNodeStyleVolume(fs)
  const volume = write ? disk : createOverlay(createReadOnly(disk))
  const rejections = createRejectionRelay()
  const loader = createLoader({
    fs: volume,
    cwd: workingDirectory('run'),
    env: process.env,
    execArgv,
    ...transpileOptions(transpile),
    host: { onRejections: rejections.onRejections },
  })
  // A main file runs before node's loop turns: due timers come first after it, then immediates. Here the loop turns
  // already, and only immediates stand at that place in it.
  setImmediate(() => runGuest(loader, file, args, rejections))
  return undefined
}
