/** The errors of ES modules, with node's codes and texts. */
import { type CodedError, codedError } from '../errors.ts'

/** @param requireStack the files that led here, nearest first */
export function requireAsyncModule(filename: string, requireStack: readonly string[]): CodedError {
  const text =
    'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level ' +
    'await comes from, use --experimental-print-required-tla.'
  const stack = requireStack.length > 0 ? `\nRequire stack:\n- ${requireStack.join('\n- ')}` : ''
  const error = codedError(
    Error,
    'ERR_REQUIRE_ASYNC_MODULE',
    `${text}\nRequired module: ${filename}${stack}`,
    { members: { requireStack } },
  )
  return Object.defineProperty(error, 'requireStack', { enumerable: false })
}

/**
 * @param what `require() ES Module /a.mjs`, `import Module ./a.mjs`
 * @param explains whether the reason is told, too
 */
export function cycle(what: string, from: string | undefined, explains = false): CodedError {
  const reason = explains
    ? ' A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. ' +
      'Try making at least part of the dependency in the graph lazily loaded.'
    : ''
  const message = `Cannot ${what} in a cycle.${from ? ` (from ${from})` : ''}${reason}`
  return codedError(Error, 'ERR_REQUIRE_CYCLE_MODULE', message, { messageFirst: true })
}

export function inputTypeNotAllowed(): CodedError {
  const message = '--input-type can only be used with string input via --eval, --print, or STDIN'
  return codedError(Error, 'ERR_INPUT_TYPE_NOT_ALLOWED', message)
}

export function unknownExtension(extension: string, filename: string): CodedError {
  const message = `Unknown file extension "${extension}" for ${filename}`
  return codedError(TypeError, 'ERR_UNKNOWN_FILE_EXTENSION', message)
}

export function unknownFormat(format: string, url: string): CodedError {
  const message = `Unknown module format: ${format} for URL ${url}`
  return codedError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', message, { messageFirst: true })
}

export function unsupportedScheme(scheme: string): CodedError {
  const message = `Only URLs with a scheme in: file and data are supported by the default ESM loader. Received protocol '${scheme}'`
  return codedError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME', message)
}

/** @param parentUrl who asks for it */
export function invalidFileUrlHost(url: string, parentUrl: string, platform: string): CodedError {
  const message = `File URL host must be "localhost" or empty on ${platform}`
  return codedError(TypeError, 'ERR_INVALID_FILE_URL_HOST', message, {
    messageFirst: true,
    members: { input: url, module: parentUrl },
  })
}

/** A specifier that a module without a place cannot resolve. @param isPath then it is the URL parser that refuses it */
export function unsupportedRequest(specifier: string, base: string, isPath: boolean): CodedError {
  const message = `Failed to resolve module specifier "${specifier}" from "${base}": Invalid relative URL or base scheme is not hierarchical.`
  const code = 'ERR_INVALID_URL'
  const cause = isPath
    ? Object.assign(new TypeError('Invalid URL'), { code, input: specifier, base })
    : codedError(TypeError, code, 'Invalid URL', { members: { input: specifier } })
  return codedError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST', message, {
    messageFirst: true,
    members: { cause },
  })
}

export function attributeMissing(url: string, type: string): CodedError {
  const message = `Module "${url}" needs an import attribute of "type: ${type}"`
  return codedError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING', message, { messageFirst: true })
}

export function attributeUnsupported(key: string, value: string, url: string): CodedError {
  const message = `Import attribute "${key}" with value "${value}" is not supported in ${url}`
  return codedError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', message)
}

export function attributeIncompatible(url: string, type: string): CodedError {
  const message = `Module "${url}" is not of type "${type}"`
  return codedError(TypeError, 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', message, {
    messageFirst: true,
  })
}
