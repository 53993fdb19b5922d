/** Text to value by `vm.Script`, which can tell a first line's columns without what stands before it. */
import { Script } from 'node:vm'
import type { Evaluate } from '../../seams.ts'

const run: Evaluate = ({ prefix, source, suffix, filename }) =>
  new Script(prefix + source + suffix, {
    filename,
    columnOffset: -prefix.length,
  }).runInThisContext()

export const evaluate: Evaluate = Object.assign(run, { hidesPrefix: true })
