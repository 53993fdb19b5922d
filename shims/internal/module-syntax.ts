/** What makes trees of the texts of ES modules; made when the first one needs it. */
import type { Shim } from '../../src/seams.ts'
import library from '../libraries/module-syntax.js'
import { instantiate } from '../library.ts'

const shim: Shim = (context) => {
  const { parse } = instantiate(context, library)
  return { parse: (source: string) => parse(source, options) }
}

/** What stands in regular expressions the host's engine will see by itself, but not what is declared twice: a function's body may. */
const options = {
  sourceType: 'module',
  next: true,
  ranges: true,
  lexical: true,
  validateRegex: false,
}

export default shim
