/**
 * Errors as node makes them: same class, same `code`, same text. lodger's own codes begin with `ERR_LODGER_`;
 * each has a page `docs/errors/<CODE>.md`.
 */

import { describe, describeReceived } from './describe.ts'

export { describe, describeReceived }

/** An error that carries a `code`, as node's own do. */
export interface CodedError extends Error {
  code: string
}

/** What each message is made of. */
export interface ErrorParameters {
  ERR_INVALID_ARG_TYPE: [name: string, expected: string | readonly string[], actual: unknown]
  ERR_INVALID_ARG_VALUE: [name: string, value: unknown, reason?: string]
  ERR_INVALID_URL_SCHEME: [expected: string]
  ERR_METHOD_NOT_IMPLEMENTED: [method: string, remedy?: string]
  ERR_MISSING_ARGS: [name: string]
  ERR_INVALID_URL: []
  ERR_REQUIRE_ESM: [
    filename: string,
    hasEsmSyntax: boolean,
    parentPath?: string | null,
    manifestPath?: string,
  ]
  ERR_UNKNOWN_BUILTIN_MODULE: [id: string]
  ERR_UNSUPPORTED_RESOLVE_REQUEST: [specifier: string, base: string]
  ERR_LODGER_ADDON: [filename: string, host: string]
  ERR_LODGER_DISPOSED: [what: string, reason: string]
  ERR_LODGER_DYNAMIC_IMPORT: [specifier: string, from: string]
  ERR_LODGER_FORBIDDEN: [id: string, requester: string, key: string]
  ERR_LODGER_OPTIONS: [reason: string]
}

export type ErrorCode = keyof ErrorParameters

type Rows = {
  readonly [Code in ErrorCode]: readonly [
    new (message?: string) => Error,
    (...parameters: ErrorParameters[Code]) => string,
  ]
}

const table: Rows = {
  ERR_INVALID_ARG_TYPE: [
    TypeError,
    (name, expected, actual) =>
      `The ${nameOf(name)} must be ${describeExpected(expected)}. Received ${describeReceived(actual)}`,
  ],
  ERR_INVALID_ARG_VALUE: [
    TypeError,
    (name, value, reason = 'is invalid') => {
      const shown = describe(value)
      const kind = name.includes('.') ? 'property' : 'argument'
      return `The ${kind} '${name}' ${reason}. Received ${shown.length > 128 ? `${shown.slice(0, 128)}...` : shown}`
    },
  ],
  ERR_INVALID_URL_SCHEME: [TypeError, (expected) => `The URL must be of scheme ${expected}`],
  ERR_INVALID_URL: [TypeError, () => 'Invalid URL'],
  ERR_METHOD_NOT_IMPLEMENTED: [
    Error,
    (method, remedy = '') => `The ${method} method is not implemented${remedy}`,
  ],
  ERR_MISSING_ARGS: [TypeError, (name) => `The "${name}" argument must be specified`],
  ERR_REQUIRE_ESM: [Error, describeRequireEsm],
  ERR_UNSUPPORTED_RESOLVE_REQUEST: [
    TypeError,
    (specifier, base) =>
      `Failed to resolve module specifier "${specifier}" from "${base}": Invalid relative URL or base scheme is not hierarchical.`,
  ],
  ERR_UNKNOWN_BUILTIN_MODULE: [Error, (id) => `No such built-in module: ${id}`],

  ERR_LODGER_ADDON: [
    Error,
    (filename, host) =>
      `Cannot load the native addon ${filename}: host '${host}' cannot run machine code. ` +
      `Give a stand-in for the package that asks for it with createLoader({ overrides })`,
  ],
  ERR_LODGER_DISPOSED: [
    Error,
    (what, reason) => `Cannot ${what}: this loader has been disposed of (${reason})`,
  ],
  ERR_LODGER_DYNAMIC_IMPORT: [
    Error,
    (specifier, from) =>
      `import('${specifier}') in ${from} is not supported: this version of lodger loads CommonJS only. ` +
      `Use require() for CommonJS packages`,
  ],
  ERR_LODGER_FORBIDDEN: [
    Error,
    (id, from, key) =>
      `Cannot load '${id}': it is forbidden by createLoader({ overrides: { '${key}': false } }) (requested from ${from})`,
  ],
  ERR_LODGER_OPTIONS: [TypeError, (reason) => `Invalid loader options: ${reason}`],
}

/** Of the rest node knows the text only when the error is made, and so puts `code` before `message`. */
const textsWithPlaces: ReadonlySet<string> = new Set([
  'ERR_METHOD_NOT_IMPLEMENTED',
  'ERR_UNKNOWN_BUILTIN_MODULE',
])

/**
 * Makes the error that node (or lodger) has for `code`.
 * @example createError('ERR_UNKNOWN_BUILTIN_MODULE', 'node:x').message // => 'No such built-in module: node:x'
 */
export function createError<Code extends ErrorCode>(
  code: Code,
  ...parameters: ErrorParameters[Code]
): CodedError {
  const [Base, message] = table[code]
  return codedError(Base, code, message(...parameters), {
    messageFirst: textsWithPlaces.has(code),
    maker: createError,
  })
}

interface CapturingErrorClass extends ErrorConstructor {
  captureStackTrace?(target: object, above: unknown): void
}

type ErrorClass<E extends Error = Error> = new (message?: string) => E

/**
 * Node's dress: `toString()` shows the code, `constructor` is the plain class. A prototype for each error, because one
 * for all would be shared by all loaders.
 */
function dress(error: Error, Base: ErrorClass): void {
  const prototype = Object.create(Base.prototype, {
    constructor: { get: () => Base, configurable: true },
    toString: {
      value(this: CodedError) {
        return `${this.name} [${this.code}]: ${this.message}`
      },
      writable: true,
      configurable: true,
    },
  })
  Object.setPrototypeOf(error, prototype)
}

/**
 * An error of class `Base` in node's dress: own `code`, a stack and a `toString()` that show it behind the name.
 * For shims, whose texts are their own.
 * @param shape the order of the own members, which node's errors do not have in common, further members, and the
 * function above which its stack begins: engines keep only some ten frames, which are to reach the guest's
 */
export function codedError<E extends Error>(
  Base: ErrorClass<E>,
  code: string,
  message: string,
  shape: {
    readonly messageFirst?: boolean
    readonly members?: object
    readonly maker?: unknown
  } = {},
): E & CodedError {
  const { messageFirst = false, members = {}, maker = codedError } = shape
  const error = (messageFirst ? new Base(message) : new Base()) as E & CodedError
  ;(Error as CapturingErrorClass).captureStackTrace?.(error, maker)
  dress(error, Base)
  error.code = code
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(error, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  if (!messageFirst) hide(error, 'message', message)
  const { name, stack } = error
  // Engines compose the first line when the error is made, or when somebody reads it.
  const plainHead = [`${name}: ${message}`, name].find((head) => stack?.startsWith(head))
  if (stack !== undefined && plainHead !== undefined) {
    const head = `${name} [${code}]${message === '' ? '' : `: ${message}`}`
    hide(error, 'stack', head + stack.slice(plainHead.length))
  }
  return error
}

/** ERR_LODGER_HOST_LACKS: something needs what `member` of the host would give. Nothing of the core needs more than it has. */
export function hostLacks(
  what: string,
  host: string,
  member: string,
  remedy = `Give it with createLoader({ host: { ${member} } })`,
): CodedError {
  const message = `${what} needs a power that host '${host}' does not have. ${remedy}`
  return codedError(Error, 'ERR_LODGER_HOST_LACKS', message)
}

/** What the operating system refuses: its number on Linux, and node's words for it. */
const systemErrors: Readonly<Record<SystemErrorCode, readonly [number, string]>> = {
  EACCES: [-13, 'permission denied'],
  EEXIST: [-17, 'file already exists'],
  EINVAL: [-22, 'invalid argument'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ELOOP: [-40, 'too many symbolic links encountered'],
  ENOENT: [-2, 'no such file or directory'],
  ENOTDIR: [-20, 'not a directory'],
  ENOTEMPTY: [-39, 'directory not empty'],
  EPERM: [-1, 'operation not permitted'],
  EROFS: [-30, 'read-only file system'],
}

export type SystemErrorCode =
  | 'EACCES'
  | 'EEXIST'
  | 'EINVAL'
  | 'EISDIR'
  | 'ELOOP'
  | 'ENOENT'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'EPERM'
  | 'EROFS'

/**
 * The error of a file system call, as node's `fs` throws it.
 * @example systemError('ENOENT', 'open', '/a').message // => "ENOENT: no such file or directory, open '/a'"
 */
export function systemError(
  code: SystemErrorCode,
  syscall: string,
  path?: string,
): CodedError & { errno: number; syscall: string; path?: string } {
  const [errno, words] = systemErrors[code]
  const message = `${code}: ${words}, ${syscall}${path === undefined ? '' : ` '${path}'`}`
  return Object.assign(new Error(message), {
    errno,
    code,
    syscall,
    ...(path !== undefined && { path }),
  })
}

function hide(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  })
}

function describeRequireEsm(
  filename: string,
  hasEsmSyntax: boolean,
  parentPath?: string | null,
  manifestPath?: string,
): string {
  let text = `require() of ES Module ${filename}${parentPath ? ` from ${parentPath}` : ''} not supported.`
  if (!manifestPath) {
    if (filename.endsWith('.mjs')) {
      text +=
        `\nInstead change the require of ${filename} to a dynamic ` +
        'import() which is available in all CommonJS modules.'
    }
    return text
  }
  const base = filename.slice(filename.lastIndexOf('/') + 1)
  const parentBase = parentPath?.slice(parentPath.lastIndexOf('/') + 1)
  const shown = parentPath && base === parentBase ? filename : base
  if (hasEsmSyntax) {
    return (
      `${text}\nInstead change the require of ${shown} in ${parentPath ?? null} to` +
      ' a dynamic import() which is available in all CommonJS modules.'
    )
  }
  return (
    `${text}\n${shown} is treated as an ES module file as it is a .js ` +
    'file whose nearest parent package.json contains "type": "module" ' +
    'which declares all .js files in that package scope as ES modules.' +
    `\nInstead either rename ${shown} to end in .cjs, change the requiring ` +
    'code to use dynamic import() which is available in all CommonJS ' +
    'modules, or change "type": "module" to "type": "commonjs" in ' +
    `${manifestPath} to treat all .js files as CommonJS (using .mjs for ` +
    'all ES modules instead).\n'
  )
}

/** `"id" argument`, `"options.paths" property`, `first argument`: how node names what it was given. */
function nameOf(name: string): string {
  if (name.endsWith(' argument')) return name
  return `"${name}" ${name.includes('.') ? 'property' : 'argument'}`
}

const primitiveTypes = new Set([
  'string',
  'function',
  'number',
  'object',
  'Function',
  'Object',
  'boolean',
  'bigint',
  'symbol',
])

/** The middle of ERR_INVALID_ARG_TYPE: types first, then classes, then whatever else was named. */
function describeExpected(expected: string | readonly string[]): string {
  const types: string[] = []
  const classes: string[] = []
  const others: string[] = []
  for (const value of typeof expected === 'string' ? [expected] : expected) {
    if (primitiveTypes.has(value)) types.push(value.toLowerCase())
    else if (/^[A-Z][a-zA-Z0-9]*$/.test(value)) classes.push(value)
    else others.push(value)
  }
  const object = types.indexOf('object')
  if (classes.length > 0 && object !== -1) {
    types.splice(object, 1)
    classes.push('Object')
  }
  const parts: string[] = []
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of' : 'of'} type ${listed(types)}`)
  if (classes.length > 0) parts.push(`an instance of ${listed(classes)}`)
  const [first = ''] = others
  if (others.length > 1) parts.push(`one of ${listed(others)}`)
  else if (others.length === 1) parts.push(`${first.toLowerCase() === first ? '' : 'an '}${first}`)
  return parts.join(' or ')
}

function listed(words: readonly string[]): string {
  if (words.length < 3) return words.join(' or ')
  return `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`
}

/** What a function of the host's should not have returned. @param name the option's */
export function invalidReturn(expected: string, name: string, value: unknown): Error {
  const message = `Expected ${expected} to be returned from the "${name}" function but got ${describeReceived(value)}.`
  return codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', message)
}
