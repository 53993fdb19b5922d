/** `process.emitWarning` and the listener that prints what it emits. */

import { createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateString } from '../validate.ts'
import type { Options } from './options.ts'

interface Warning extends Error {
  code?: unknown
  detail?: unknown
}

// biome-ignore lint/complexity/noBannedTypes: the function above which the stack begins
type Above = Function

export function installWarnings(context: ShimContext, process: Loose, options: Options): void {
  const lines = new Set(options.all('--disable-warning'))
  const redirect = options.last('--redirect-warnings') || options.env('NODE_REDIRECT_WARNINGS')
  let shownHelp = false

  if (options.has('--no-deprecation')) process.noDeprecation = true
  if (options.has('--trace-deprecation')) process.traceDeprecation = true
  if (options.has('--throw-deprecation')) process.throwDeprecation = true
  if (options.has('--trace-warnings')) process.traceProcessWarnings = true
  if (options.has('--no-warnings')) process.noProcessWarnings = true

  process.emitWarning = function emitWarning(
    warning: unknown,
    type?: Loose,
    code?: unknown,
    ctor?: Above,
  ): void {
    if (process.noDeprecation && type === 'DeprecationWarning') return
    let above = ctor
    let detail: string | undefined
    let label: unknown = code
    if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
      above = type.ctor
      label = type.code
      if (typeof type.detail === 'string') detail = type.detail
      type = type.type || 'Warning'
    } else if (typeof type === 'function') {
      above = type
      label = undefined
      type = 'Warning'
    }
    if (type !== undefined) validateString(type, 'type')
    if (typeof label === 'function') {
      above = label
      label = undefined
    } else if (label !== undefined) validateString(label, 'code')

    let emitted: Warning
    if (typeof warning === 'string') {
      emitted = makeWarning(warning, String(type || 'Warning'), above ?? process.emitWarning)
      if (label !== undefined) emitted.code = label
      if (detail !== undefined) emitted.detail = detail
    } else if (warning instanceof Error) emitted = warning
    else throw createError('ERR_INVALID_ARG_TYPE', 'warning', ['Error', 'string'], warning)

    if (emitted.name === 'DeprecationWarning') {
      if (process.noDeprecation) return
      if (process.throwDeprecation) {
        // Later, so that warnings given before it are printed first.
        process.nextTick(() => {
          throw emitted
        })
        return
      }
    }
    process.nextTick(() => process.emit('warning', emitted))
  }
  Object.defineProperty(process.emitWarning, 'length', { value: 4, configurable: true })

  if (!options.has('--no-warnings') && options.env('NODE_NO_WARNINGS') !== '1') {
    process.on('warning', onWarning)
  }

  function onWarning(warning: Warning): void {
    if (lines.has(String(warning?.code)) || lines.has(String(warning?.name))) return
    if (!(warning instanceof Error)) return
    const isDeprecation = warning.name === 'DeprecationWarning'
    if (isDeprecation && process.noDeprecation) return
    const traces = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation)
    let text = `(${process.release.name}:${process.pid}) `
    if (warning.code) text += `[${warning.code}] `
    // biome-ignore lint/complexity/useLiteralKeys: not a member of every engine's Error
    const stack: unknown = (warning as Loose)['stack']
    if (traces && stack) text += stack
    else if (typeof warning.toString === 'function') text += warning.toString()
    else text += Error.prototype.toString.call(warning)
    if (typeof warning.detail === 'string') text += `\n${warning.detail}`
    if (!traces && !shownHelp) {
      shownHelp = true
      const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings'
      const name = String(process.argv0 || 'node').replace(/^.*\/|\.exe$/g, '')
      text += `\n(Use \`${name} ${flag} ...\` to show where the warning was created)`
    }
    if (redirect) {
      try {
        context.require('fs').appendFileSync(redirect, `${text}\n`)
        return
      } catch {
        // As in node, what cannot be written there is printed.
      }
    }
    context.require('console').error(text)
  }
}

function makeWarning(message: string, name: string, above: Above): Warning {
  const warning: Warning = new Error(message)
  warning.name = name
  const { captureStackTrace } = Error as { captureStackTrace?: (on: object, above: Above) => void }
  captureStackTrace?.(warning, above)
  return warning
}
