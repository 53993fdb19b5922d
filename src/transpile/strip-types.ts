/** `module.stripTypeScriptTypes`. https://nodejs.org/api/module.html#modulestriptypescripttypescode-options */
import { createError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import { expectString } from '../load/options.ts'
import type { Transpile } from '../seams.ts'
import { stripTypes } from './strip.ts'

export function installStripTypes(engine: Engine, strip: Transpile): void {
  let hasWarned = false
  const members = {
    stripTypeScriptTypes(code: unknown, ...[options = {}]: [unknown?]): string {
      if (!hasWarned) {
        hasWarned = true
        const message =
          'stripTypeScriptTypes is an experimental feature and might change at any time'
        engine.process.emitWarning(message, 'ExperimentalWarning')
      }
      expectString('code', code)
      if (typeof options !== 'object' || options === null || Array.isArray(options)) {
        throw createError('ERR_INVALID_ARG_TYPE', 'options', 'Object', options)
      }
      const {
        mode = 'strip',
        sourceMap = false,
        sourceUrl = '',
      } = options as Record<string, unknown>
      if (mode !== 'strip') throw notOneOf('mode', mode, "'strip'")
      expectString('options.sourceUrl', sourceUrl)
      if (sourceMap !== false) throw notOneOf('sourceMap', sourceMap, 'false, undefined')
      const stripped = stripTypes(strip, code, sourceUrl)
      return sourceUrl === '' ? stripped : `${stripped}\n\n//# sourceURL=${sourceUrl}`
    },
  }
  Object.assign(engine.Module, members)
}

function notOneOf(name: string, value: unknown, choices: string): Error {
  return createError(
    'ERR_INVALID_ARG_VALUE',
    `options.${name}`,
    value,
    `must be one of: ${choices}`,
  )
}
