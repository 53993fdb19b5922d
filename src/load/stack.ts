/** Stacks as they leave a loader: lodger's own frames are taken out, columns that it has shifted put right. */

/** What became of a text on its way into the engine. */
export interface Compiled {
  /** The file's, where a comment has given the text another name in stacks. */
  readonly filename: string
  /** The length of what stands before its first line. */
  readonly prefix: number
  /** The author's column for one of the text without its prefix, from 1; absent where they are the same. */
  readonly columnOf?: ((line: number, column: number) => number) | undefined
  /** What stands at its end and names a source map. */
  readonly comments?: string | undefined
}

/** The loader's part that finds out which source a place comes from. */
export interface StackMapper {
  /** A stack whose columns are the author's. @param error whose it is */
  map(stack: string, error: Error): string
}

/** Puts the stacks of one loader right. */
export interface Cleaner {
  /**
   * The stack of an error that leaves the loader, and those of the errors that it carries; anything else is left alone.
   * @param boundary the name of the loader's method through which it leaves
   */
  clean(error: unknown, boundary?: string): void
  /** A stack's text without lodger's frames, with the author's columns. */
  cleanText(stack: string, boundary?: string): string
  /** That this stack of an error is how it shall be. */
  keep(error: object, stack: string): void
}

/** One line of a stack that names a place. */
export interface Frame {
  readonly file: string
  readonly line: number
  /** Older versions of QuickJS have none. */
  readonly column: number | undefined
  /** What stands before the place, and behind it. */
  readonly before: string
  readonly after: string
}

/** `at name (file:line:column)` of V8 and QuickJS. */
const withAt = /^\s+at (?:async )?(?:.*? ?\(|)(.*?):(\d+)(?::(\d+))?(\)?)$/

/** A function of the engine's, which goes with its caller. */
const isNative = /\((?:<anonymous>|native)\)$|@\[native code\]$/

/** `name@file:line:column` of SpiderMonkey and JavaScriptCore. */
const withSign = /^[^\n]*?@(.*?):(\d+):(\d+)()$/

export function frameOf(text: string): Frame | undefined {
  const match = withAt.exec(text) ?? withSign.exec(text)
  if (match === null) return undefined
  const [, file = '', line = '', column, after = ''] = match
  const place = file.length + line.length + 1 + (column === undefined ? 0 : column.length + 1)
  return {
    file,
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
    before: text.slice(0, text.length - after.length - place),
    after,
  }
}

const ownFile = new Error().stack?.split('\n').map(fileOf).find(Boolean)

/** As published, lodger is several files of one directory; bundled with others, it is one. */
const ownDirectory =
  ownFile !== undefined && /\/chunk-[A-Z0-9]+\.js$/.test(ownFile)
    ? ownFile.slice(0, ownFile.lastIndexOf('/') + 1)
    : undefined

/** Before the names of lodger's files that are evaluated from text. */
export const ownScheme = 'lodger:'

/** @param compiled the guest's files, by the names that stacks have for them */
export function createCleaner(
  compiled: ReadonlyMap<string, Compiled>,
  mapper: () => StackMapper | undefined,
): Cleaner {
  /** Stacks as they were left, which are not to be changed a second time. */
  const kept = new WeakMap<object, string>()

  function withoutOwn(lines: readonly string[], boundary: string | undefined): string[] {
    const end =
      boundary === undefined
        ? -1
        : lines.findLastIndex((line) => line.includes(boundary) && isOwn(fileOf(line)))
    // Above the boundary stands the method that the host called.
    const isGone = (index: number): boolean => {
      const line = lines[index] ?? ''
      if (isNative.test(line)) return isGone(index + 1)
      return isOwn(fileOf(line)) && (end === -1 || index <= end + 1)
    }
    return lines.filter((_, index) => !isGone(index))
  }

  function cleanText(stack: string, boundary?: string): string {
    const lines = withoutOwn(stack.split('\n'), boundary)
    return lines.map((line) => withOwnColumn(line, compiled)).join('\n')
  }

  function cleanOne(error: Error, boundary: string | undefined): void {
    const descriptor = Object.getOwnPropertyDescriptor(error, 'stack')
    const stack = stackOf(error)
    if (typeof stack !== 'string' || (descriptor && !descriptor.writable && !descriptor.set)) return
    let text: string
    if (kept.get(error) === stack) text = withoutOwn(stack.split('\n'), boundary).join('\n')
    else {
      text = cleanText(stack, boundary)
      text = mapper()?.map(text, error) ?? text
    }
    kept.set(error, text)
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

  return {
    clean(error, boundary) {
      const all = new Set<unknown>([error])
      for (const each of all) {
        if (!(each instanceof Error)) continue
        cleanOne(each, boundary)
        all.add(ownValue(each, 'cause'))
        const errors = ownValue(each, 'errors')
        if (Array.isArray(errors)) for (const inner of errors) all.add(inner)
      }
    },
    cleanText,
    keep: (error, stack) => void kept.set(error, stack),
  }
}

/** The guest's own `prepareStackTrace` may throw. */
function stackOf(error: Error): unknown {
  try {
    return error.stack
  } catch {
    return undefined
  }
}

/** Without calling anything of the guest's. */
function ownValue(error: Error, name: string): unknown {
  return Object.getOwnPropertyDescriptor(error, name)?.value
}

function fileOf(text: string): string | undefined {
  return frameOf(text)?.file
}

function isOwn(file: string | undefined): boolean {
  if (file === undefined) return false
  if (file === ownFile || file.startsWith(ownScheme)) return true
  return ownDirectory !== undefined && file.startsWith(ownDirectory)
}

/** Only the first line has something before it. */
function withOwnColumn(text: string, compiled: ReadonlyMap<string, Compiled>): string {
  const frame = frameOf(text)
  const known = frame && compiled.get(frame.file)
  if (frame === undefined || known === undefined) return text
  const { file, line, column, before, after } = frame
  const own = column === undefined ? '' : `:${ownColumn(known, line, column)}`
  return withoutEval(`${before}${file}:${line}${own}${after}`)
}

/** In evaluated text V8 says `eval` of a function without a name, and of the text itself. */
function withoutEval(text: string): string {
  return text
    .replace(/^( +at (?:async )?)eval \((.*)\)$/, '$1$2')
    .replace(
      /^( +at (?:async )?(?:new |\S+\.))eval (?:\[as (\S+)\] )?\(/,
      (_, start, method) => `${start}${method ?? '<anonymous>'} (`,
    )
}

/** The author's column for one that the engine tells of. */
export function ownColumn({ prefix, columnOf }: Compiled, line: number, column: number): number {
  const inText = Math.max(1, line === 1 ? column - prefix : column)
  return columnOf?.(line, inText) ?? inText
}
