/** Text to value by indirect `eval`, for hosts that allow it. The only such place outside of `hosts/`. */
import type { Evaluate } from './seams.ts'

/**
 * Indirect `eval` and not `Function`, because that puts two lines of its own before the text.
 * A name with white space would end the pragma, so it is escaped there.
 */
export const evaluate: Evaluate = ({ prefix, source, suffix, filename }) => {
  const name = /\s/.test(filename) ? encodeURI(filename) : filename
  // biome-ignore lint/security/noGlobalEval: this is what the file is for
  // biome-ignore lint/complexity/noCommaOperator: an indirect call runs in the global scope, not in this one
  return (0, eval)(`${prefix}${source}${suffix}\n//# sourceURL=${name}`)
}
