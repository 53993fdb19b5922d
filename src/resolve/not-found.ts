/** The errors of a failed resolution that have no row in node's table of codes: plain `Error`s with members. */

/** An error with the members that node gives those of a failed resolution. */
export type NotFoundError = Error & { code: string; path?: string; requestPath?: string }

/** A file that `exports`, `imports` or the package's own name led to is not there. */
export function notFound(request: string, path?: string): NotFoundError {
  const error = new Error(`Cannot find module '${request}'`) as NotFoundError
  error.code = 'MODULE_NOT_FOUND'
  if (path) error.path = path
  return error
}

/** Neither what "main" names nor an index is there. */
export function badMain(filename: string, manifestPath: string, request: string): NotFoundError {
  const message = `Cannot find module '${filename}'. Please verify that the package.json has a valid "main" entry`
  return Object.assign(new Error(message), {
    code: 'MODULE_NOT_FOUND',
    path: manifestPath,
    requestPath: request,
  })
}

/** node's own error for a miss: the files that led here, nearest first. */
export function moduleNotFound(
  specifier: string,
  requireStack: string[],
): Error & { code: string; requireStack: string[] } {
  const stack = requireStack.length > 0 ? `\nRequire stack:\n- ${requireStack.join('\n- ')}` : ''
  return Object.assign(new Error(`Cannot find module '${specifier}'${stack}`), {
    code: 'MODULE_NOT_FOUND',
    requireStack,
  })
}
