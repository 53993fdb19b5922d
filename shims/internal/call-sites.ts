/** `util.getCallSites`: https://nodejs.org/api/util.html#utilgetcallsitesframecount-options */
import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import type { Loose } from './loose.ts'
import { outOfRange, validateNumber, validateObject } from './validate.ts'

/** Read off the stack's text: an engine's own call sites cannot be had without patching `Error`. */
export function createCallSites(
  context: ShimContext,
): (frameCount?: Loose, options?: Loose) => Loose[] {
  return function getCallSites(frameCount: Loose = 10, options?: Loose): Loose[] {
    const isOptions = options === undefined && typeof frameCount === 'object'
    const settings = isOptions ? frameCount : (options ?? {})
    const count = isOptions ? 10 : frameCount
    validateObject(settings, 'options')
    const { sourceMap } = settings
    if (sourceMap !== undefined && typeof sourceMap !== 'boolean') {
      throw createError('ERR_INVALID_ARG_TYPE', 'options.sourceMap', 'boolean', sourceMap)
    }
    validateNumber(count, 'frameCount')
    if (!Number.isInteger(count)) throw outOfRange('frameCount', 'an integer', count)
    if (count < 1 || count > 200) throw outOfRange('frameCount', '>= 1 && <= 200', count)
    const lines = context.cleanText(ownStack()).split('\n')
    const sites = lines.map(siteOf).filter(Boolean).slice(0, count)
    const { findSourceMap, getSourceMapsSupport } = context.require('module')
    if (!(sourceMap ?? getSourceMapsSupport().enabled)) return sites
    return sites.map((site) => mapped(site, findSourceMap(site.scriptName)))
  }
}

function siteOf(line: string): Loose {
  const [, label = '', scriptName, lineNumber, column] =
    /^\s*at (?:(?:async |new )?(.*?) \()?(?:async )?(.*?):(\d+):(\d+)\)?$/.exec(line) ?? []
  if (lineNumber === undefined) return undefined
  const functionName = label.replace(/ \[as .*/, '').replace(/^.*\./, '')
  return {
    __proto__: null,
    functionName: functionName === '<anonymous>' ? '' : functionName,
    scriptId: '0',
    scriptName,
    lineNumber: Number(lineNumber),
    columnNumber: Number(column),
    column: Number(column),
  }
}

function mapped(site: Loose, map: Loose): Loose {
  const { originalSource, originalLine, originalColumn } =
    map?.findEntry(site.lineNumber - 1, site.columnNumber - 1) ?? {}
  if (originalSource === undefined) return site
  return {
    __proto__: null,
    functionName: site.functionName,
    scriptName: originalSource,
    lineNumber: originalLine + 1,
    column: originalColumn + 1,
    columnNumber: originalColumn + 1,
  }
}

/** As the engine writes it: a program's own `prepareStackTrace` is not asked. */
function ownStack(): string {
  const Class = Error as Loose
  const { prepareStackTrace } = Class
  if (prepareStackTrace) Class.prepareStackTrace = undefined
  try {
    return String(new Error().stack)
  } finally {
    if (prepareStackTrace) Class.prepareStackTrace = prepareStackTrace
  }
}
