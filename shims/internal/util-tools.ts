/** What `util` is asked for now and then: it comes when one of its functions is first called. */

import type { Shim } from '../../src/seams.ts'
import { createDeepEqual } from './deep-equal.ts'
import { diffLines } from './diff.ts'
import type { Loose } from './loose.ts'
import { createMime } from './mime.ts'
import { parseArgs } from './parse-args.ts'
import { parseEnv } from './parse-env.ts'
import { createStyleText } from './style-text.ts'
import { validateArray, validateString } from './validate.ts'

export interface UtilTools {
  readonly createDeepEqual: typeof createDeepEqual
  readonly createMime: typeof createMime
  readonly createStyleText: typeof createStyleText
  readonly diff: typeof diff
  readonly parseArgs: typeof parseArgs
  readonly parseEnv: typeof parseEnv
}

function diff(actual: Loose, expected: Loose): [number, string][] {
  if (actual === expected) return []
  for (const [name, value] of [
    ['actual', actual],
    ['expected', expected],
  ] as const) {
    if (!Array.isArray(value)) validateString(value, name)
    else {
      validateArray(value, name)
      value.forEach((item: unknown, index: number) => {
        validateString(item, `${name}[${index}]`)
      })
    }
  }
  return diffLines(actual, expected)
}

const shim: Shim = (): UtilTools => ({
  createDeepEqual,
  createMime,
  createStyleText,
  diff,
  parseArgs,
  parseEnv,
})

export default shim
