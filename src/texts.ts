/**
 * The default shims as text, which an engine scans far faster than code: `build/generate-texts.mjs` makes it of `shims/`.
 * A file is evaluated when it is first required, and once per realm: what it exports keeps nothing of a loader but by
 * the loader's own `global`.
 */
import { engine, table, texts } from '../shims/texts.js'
import { ownScheme } from './load/stack.ts'
import type { Builtins, Evaluate, Shim } from './seams.ts'

type Exports = Readonly<Record<string, unknown>>
type Define = (require: (file: string | number) => Exports) => Exports

const files = Object.keys(texts)

/** By path within `shims`: at first only what shims import of the engine. */
const modules = new Map<string, Exports>(Object.entries(engine))

/**
 * The exports of a file of `shims/`, for all loaders of the realm.
 * @param origin its path there, as `internal/loop.ts`, or its place among the texts
 */
export function requireShim(origin: string | number, evaluate: Evaluate): Exports {
  const file = typeof origin === 'number' ? (files[origin] as string) : origin
  const known = modules.get(file)
  if (known !== undefined) return known
  const define = evaluate({
    // In parentheses a function is compiled at once, and not looked over first.
    prefix: "(function(require){'use strict';",
    source: (texts[file] as () => string)(),
    suffix: '})',
    filename: `${ownScheme}shims/${file}`,
  }) as Define
  const exports = define((other) => requireShim(other, evaluate))
  modules.set(file, exports)
  return exports
}

/** As `builtins` of `shims/table.ts`. */
export const builtins: Builtins = Object.fromEntries(
  Object.entries(table).map(([id, [file, name]]): [string, Shim] => [
    id,
    (context) => (requireShim(file, context.evaluate)[name] as Shim)(context),
  ]),
)
