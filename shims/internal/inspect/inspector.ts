/** What does the work of `util.inspect`, `util.format` and their like: `../inspect.ts` asks for it when something is to be shown. */

import type { Shim, ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { validateObject, validateString } from '../validate.ts'
import { createBrandOf } from './brand.ts'
import { createColorStylize, createColors, createStyles } from './colors.ts'
import { formatAll } from './format.ts'
import { createHighlight } from './regexp.ts'
import { createSettings, type Session, type Settings, type Surroundings } from './session.ts'
import { withoutControls } from './strip.ts'
import { showValue } from './value.ts'

/** The language's own. What hosts add to it counts as a program's. */
const classNames: ReadonlySet<string> = new Set(
  'Object Function Array Number Boolean String Symbol Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy FinalizationRegistry DisposableStack AsyncDisposableStack SuppressedError JSON Math Intl Reflect Atomics WebAssembly'.split(
    ' ',
  ),
)

function stylizeNoColor(text: string): string {
  return text
}

function show(this: Session, value: unknown, level: number, isInner?: boolean): string {
  return showValue(this, value, level, isInner)
}

/** Gives what makes the inspector. Its argument is the guest's `util.inspect`. */
const shim: Shim = (context) => (face: Loose) => {
  const surroundings = surroundingsOf(context, face)
  const stylizeWithColor = createColorStylize(face)
  const defaults = Object.seal(createSettings())

  function inspect(value: unknown, options?: Loose, depth?: Loose, colors?: Loose): string {
    const session: Session = {
      ...defaults,
      surroundings,
      stylize: stylizeNoColor,
      seen: [],
      indentation: 0,
      currentLevel: 0,
      written: {},
      show,
    }
    if (depth !== undefined) session.depth = depth
    if (colors !== undefined) session.colors = colors
    if (typeof options === 'boolean') session.showHidden = options
    else if (options) adopt(session, options)
    if (session.colors) session.stylize = stylizeWithColor
    session.maxArrayLength ??= Number.POSITIVE_INFINITY
    session.maxStringLength ??= Number.POSITIVE_INFINITY
    return session.show(value, 0)
  }

  function adopt(session: Session, options: Loose): void {
    for (const name of Object.keys(options)) {
      if (Object.hasOwn(defaults, name) || name === 'stylize') {
        session[name as 'stylize'] = options[name]
      } else session.userOptions ??= options
    }
  }

  const formatter = { inspect, classNames, defaults }
  return {
    inspect,
    defaults,
    setDefaults(options: Settings) {
      validateObject(options, 'options')
      Object.assign(defaults, options)
    },
    colors: createColors(),
    styles: createStyles(createHighlight(face)),
    format: (...values: unknown[]) => formatAll(formatter, undefined, values),
    formatWithOptions(options: unknown, ...values: unknown[]) {
      validateObject(options, 'inspectOptions', { array: true })
      return formatAll(formatter, options, values)
    },
    stripVTControlCharacters(text: unknown) {
      validateString(text, 'str')
      return withoutControls(text)
    },
  }
}

function surroundingsOf(context: ShimContext, inspect: Loose): Surroundings {
  const { isProxy } = context.host
  return {
    inspect,
    classNames,
    brandOf: createBrandOf(context.require('util/types')),
    cwd() {
      try {
        return context.require('process').cwd()
      } catch {
        return undefined
      }
    },
    putRight(error) {
      if (context.require('module').getSourceMapsSupport().enabled) context.clean(error)
    },
    isBuiltin: (id) => context.require('module').isBuiltin(id),
    isProxy: (value) => isProxy?.(value) ?? false,
    isUrl: (value) => value instanceof (context.global.URL as Loose),
  }
}

export default shim
