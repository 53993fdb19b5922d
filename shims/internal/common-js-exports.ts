/** What finds the names that a CommonJS module exports; made when the first one is imported. */
import type { Shim } from '../../src/seams.ts'
import library from '../libraries/common-js-exports.js'
import { instantiate } from '../library.ts'

const shim: Shim = (context) => {
  const { parse } = instantiate(context, library)
  return {
    commonJsExports(source: string) {
      try {
        return parse(source)
      } catch {
        // It says no names of its own, as for node.
        return { exports: [], reexports: [] }
      }
    },
  }
}

export default shim
