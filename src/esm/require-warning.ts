/** `--trace-require-module`: tells of the first ES module that is required. */
import type { Engine } from '../load/engine.ts'

/** @returns to be told of each, and of the file that asks for it */
export function createRequireWarning(
  engine: Engine,
): (filename: string, from: string | undefined) => void {
  const { traceRequireModule } = engine.settings
  let isSilent = traceRequireModule === undefined

  return (filename, from) => {
    if (isSilent) return
    const isOfPackage = from?.includes('/node_modules/')
    if (traceRequireModule === 'no-node-modules' && isOfPackage) return
    isSilent = true
    const prefix = from
      ? `CommonJS module ${from} is loading ES Module ${filename} using require().\n`
      : ''
    const what = 'Support for loading ES Module in require()'
    engine.process.emitWarning(
      `${prefix}${what} is an experimental feature and might change at any time`,
      'ExperimentalWarning',
    )
  }
}
