/** What reads the texts of modules; made when the first ES module comes. */
import type { Shim } from '../../src/seams.ts'
import library from '../libraries/module-syntax.js'
import { instantiate } from '../library.ts'

const shim: Shim = (context) => {
  const { parse, commonJsExports } = instantiate(context, library)
  return {
    parse: (source: string) => parse(source, options),
    commonJsExports(source: string) {
      try {
        return commonJsExports(source)
      } catch {
        // It says no names of its own, as for node.
        return { exports: [], reexports: [] }
      }
    },
  }
}

/** What stands in regular expressions the host's engine will see by itself. */
const options = { sourceType: 'module', next: true, ranges: true, validateRegex: false }

export default shim
