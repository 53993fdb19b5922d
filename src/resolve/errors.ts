/**
 * The errors of a failed resolution, a function each, so that a bundle takes those that it can throw. Some have no row
 * in node's table of codes: plain `Error`s with members.
 */
import { type CodedError, codedError } from '../errors.ts'

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

/**
 * node's own error for a miss: the files that led here, nearest first.
 * @param asked what the guest has asked for, where an override led to `specifier`
 */
export function moduleNotFound(
  specifier: string,
  requireStack: string[],
  asked?: string,
): Error & { code: string; requireStack: string[] } {
  const stack = requireStack.length > 0 ? `\nRequire stack:\n- ${requireStack.join('\n- ')}` : ''
  const override = asked === undefined ? '' : `, the override of '${asked}'`
  return Object.assign(new Error(`Cannot find module '${specifier}'${override}${stack}`), {
    code: 'MODULE_NOT_FOUND',
    requireStack,
  })
}

/** `specifier` cannot be asked for like this. */
export function invalidModuleSpecifier(
  specifier: string,
  reason: string,
  base: string | undefined,
): CodedError {
  const message = `Invalid module "${specifier}" ${reason}${importedFrom(base)}`
  return codedError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER', message)
}

/** @param asker the URL of the file that led to this package.json */
export function invalidPackageConfig(
  path: string,
  asker: string | undefined,
  reason: string,
): CodedError {
  const message = `Invalid package config ${path}${asker ? ` while importing ${asker}` : ''}. ${reason}`
  return codedError(Error, 'ERR_INVALID_PACKAGE_CONFIG', message)
}

/** @param target as JSON would show it */
export function invalidPackageTarget(
  packagePath: string,
  key: string,
  target: string,
  isImport: boolean,
  base: string | undefined,
): CodedError {
  const isBare = !isImport && target.length > 0 && !target.startsWith('./')
  const hint = isBare ? '; targets must start with "./"' : ''
  const place = `in the package config ${packagePath}package.json${importedFrom(base)}${hint}`
  const field = isImport ? 'imports' : 'exports'
  const row =
    key === '.'
      ? `"exports" main target ${JSON.stringify(target)} defined`
      : `"${field}" target ${JSON.stringify(target)} defined for '${key}'`
  return codedError(Error, 'ERR_INVALID_PACKAGE_TARGET', `Invalid ${row} ${place}`)
}

/** node's own quirk: a builtin's URL is no file URL. */
export function invalidUrlScheme(): CodedError {
  return codedError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file')
}

/** A package that is nowhere, or with `url` a file. */
export function esModuleNotFound(name: string, base: string, url?: string): CodedError {
  const message = `Cannot find ${url ? 'module' : 'package'} '${name}' imported from ${base}`
  return codedError(Error, 'ERR_MODULE_NOT_FOUND', message, url ? { members: { url } } : {})
}

/** Neither what a package's "main" names nor an index is there: in node an error of no class with codes. */
export function mainNotFound(filename: string, base: string): NotFoundError {
  const message = `Cannot find package '${filename}' imported from ${base}`
  return Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' })
}

/** An import leads to a directory, of which no index is taken. */
export function unsupportedDirectory(path: string, base: string, url: string): CodedError {
  const message = `Directory import '${path}' is not supported resolving ES modules imported from ${base}`
  return codedError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT', message, { members: { url } })
}

export function packageImportNotDefined(
  specifier: string,
  packagePath: string | undefined,
  base: string,
): CodedError {
  const place = packagePath === undefined ? '' : ` in package ${packagePath}package.json`
  const message = `Package import specifier "${specifier}" is not defined${place} imported from ${base}`
  return codedError(TypeError, 'ERR_PACKAGE_IMPORT_NOT_DEFINED', message)
}

export function packagePathNotExported(
  packagePath: string,
  subpath: string,
  base: string | undefined,
): CodedError {
  const manifest = `${packagePath}package.json`
  const message =
    subpath === '.'
      ? `No "exports" main defined in ${manifest}`
      : `Package subpath '${subpath}' is not defined by "exports" in ${manifest}`
  return codedError(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED', message + importedFrom(base))
}

function importedFrom(base: string | undefined): string {
  return base ? ` imported from ${base}` : ''
}
