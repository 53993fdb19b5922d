/**
 * V8's `Error.captureStackTrace` and `Error.prepareStackTrace`, which node code calls without asking (commander,
 * express): for interpreters without them, whose realm is the guest's alone. https://v8.dev/docs/stack-trace-api
 */

interface StackTraceError {
  captureStackTrace?: unknown
  prepareStackTrace?: unknown
  stackTraceLimit?: unknown
}

/** One frame, as far as an engine's text tells of it. */
interface CallSite {
  readonly file: string | undefined
  readonly name: string | null
  readonly line: number | null
  readonly column: number | null
}

/** Defines what `Error` of this realm lacks. */
export function installStackTraces(): void {
  const own = Error as StackTraceError
  own.stackTraceLimit ??= 10
  if (typeof own.captureStackTrace === 'function') return
  Object.defineProperty(own, 'captureStackTrace', {
    value: captureStackTrace,
    writable: true,
    enumerable: false,
    configurable: true,
  })
}

function captureStackTrace(target: object, topmost?: { name?: string }): void {
  // Without this function's own frame.
  let lines = (new Error().stack ?? '')
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(1)
  const above = topmost?.name ? lines.findIndex((line) => siteOf(line).name === topmost.name) : -1
  if (above !== -1) lines = lines.slice(above + 1)
  const { stackTraceLimit: limit, prepareStackTrace: prepare } = Error as StackTraceError
  lines = lines.slice(0, typeof limit === 'number' ? limit : 0)
  const value =
    typeof prepare === 'function'
      ? prepare(
          target,
          lines.map((line) => toV8(siteOf(line))),
        )
      : [headOf(target), ...lines].join('\n')
  Object.defineProperty(target, 'stack', {
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  })
}

function headOf(target: object): string {
  try {
    return Error.prototype.toString.call(target)
  } catch {
    return 'Error'
  }
}

/** `    at name (file:line:column)`, `    at file:line:column`, `    at call (native)` */
const frame = /^\s+at (?:(.*?) \()?(.*?)(?::(\d+))?(?::(\d+))?\)?$/

function siteOf(line: string): CallSite {
  const [, name, file, row, column] = frame.exec(line) ?? []
  return {
    file: file === 'native' ? undefined : file,
    name: name === undefined || name === '<anonymous>' || name === '<eval>' ? null : name,
    line: row === undefined ? null : Number(row),
    column: column === undefined ? null : Number(column),
  }
}

/** The methods of V8's call sites; what only V8 could know is as for a plain function at the top. */
function toV8({ file, name, line, column }: CallSite): object {
  const place = `${file ?? 'native'}${line === null ? '' : `:${line}`}${column === null ? '' : `:${column}`}`
  return {
    getThis: () => undefined,
    getTypeName: () => 'Object',
    getFunction: () => undefined,
    getFunctionName: () => name,
    getMethodName: () => null,
    getFileName: () => file,
    getLineNumber: () => line,
    getColumnNumber: () => column,
    getEvalOrigin: () => undefined,
    getScriptNameOrSourceURL: () => file,
    getPromiseIndex: () => null,
    isToplevel: () => true,
    isEval: () => false,
    isNative: () => file === undefined,
    isConstructor: () => false,
    isAsync: () => false,
    isPromiseAll: () => false,
    toString: () => (name === null ? place : `${name} (${place})`),
  }
}
