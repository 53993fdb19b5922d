/** Stacks as they leave a loader: lodger's own frames are taken out, columns of first lines put right. */

/** `at name (file:line:column)` of V8 and QuickJS, `name@file:line:column` of SpiderMonkey and JavaScriptCore. */
const framePattern = /^\s+at (?:.*? ?\(|)(.*?):(\d+)(?::(\d+))?\)?$|^[^\n]*?@(.*?):(\d+):(\d+)$/

const ownFile = fileOf(new Error().stack?.split('\n').find((line) => framePattern.test(line)))

/** As published, lodger is several files of one directory; bundled with others, it is one. */
const ownDirectory =
  ownFile !== undefined && /\/chunk-[A-Z0-9]+\.js$/.test(ownFile)
    ? ownFile.slice(0, ownFile.lastIndexOf('/') + 1)
    : undefined

/** Before the names of lodger's files that are evaluated from text. */
export const ownScheme = 'lodger:'

/**
 * Cleans the stack of an error that leaves the loader; anything else is left alone.
 * @param compiled the guest's files, with the columns that stand before their first line
 * @param boundary the name of the loader's method through which the error leaves
 */
export function cleanStack(
  error: unknown,
  compiled: ReadonlyMap<string, number>,
  boundary: string,
): void {
  if (!(error instanceof Error)) return
  const descriptor = Object.getOwnPropertyDescriptor(error, 'stack')
  const stack: unknown = error.stack
  if (typeof stack !== 'string' || (descriptor && !descriptor.writable && !descriptor.set)) return
  const lines = stack.split('\n')
  const end = lines.findLastIndex((line) => line.includes(boundary) && isOwn(fileOf(line)))
  const cleaned = lines.flatMap((line, index) => {
    const file = fileOf(line)
    if (file === undefined || !framePattern.test(line)) return [line]
    const shift = compiled.get(file)
    if (shift !== undefined) return [unshift(line, shift)]
    // Above the boundary stands the method that the host called.
    return isOwn(file) && (end === -1 || index <= end + 1) ? [] : [line]
  })
  const text = cleaned.join('\n')
  if (text === stack) return
  try {
    Object.defineProperty(error, 'stack', {
      value: text,
      writable: true,
      enumerable: false,
      configurable: true,
    })
  } catch {
    // A frozen error keeps the stack that it has.
  }
}

function fileOf(line: string | undefined): string | undefined {
  const match = line === undefined ? null : framePattern.exec(line)
  return match?.[1] ?? match?.[4]
}

function isOwn(file: string | undefined): boolean {
  if (file === undefined) return false
  if (file === ownFile || file.startsWith(ownScheme)) return true
  return ownDirectory !== undefined && file.startsWith(ownDirectory)
}

/** Only the first line has something before it. V8 calls the body of evaluated text `eval`. */
function unshift(line: string, shift: number): string {
  const named = line.replace(/^( +at (?:\S+\.)?)eval \(/, '$1<anonymous> (')
  if (shift === 0) return named
  return named.replace(/:1:(\d+)(\)?)$/, (_, column: string, end: string) => {
    const own = Number(column) - shift
    return `:1:${own > 0 ? own : 1}${end}`
  })
}
