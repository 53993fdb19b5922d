/** `module.createRequire`. https://nodejs.org/api/module.html#modulecreaterequirefilename */
import { createError } from '../errors.ts'
import { join } from '../path.ts'
import type { Engine } from './engine.ts'
import { setUrl } from './module.ts'
import { createRequireFunction, type RequireFunction, toPath } from './require.ts'

/**
 * @throws ERR_INVALID_ARG_VALUE for anything but an absolute path or a `file:` URL
 */
export function createRequire(engine: Engine, filename: unknown): RequireFunction {
  const { Module } = engine
  const path = toPath(filename)
  if (path === undefined) {
    const reason = 'must be a file URL object, file URL string, or absolute path string'
    throw createError('ERR_INVALID_ARG_VALUE', 'filename', filename, reason)
  }
  const proxy = path.endsWith('/') ? join(path, 'noop.js') : path
  const module = new Module(proxy)
  module.filename = proxy
  module.paths = Module._nodeModulePaths(module.path)
  // What it requires belongs to the file, and is known of as long as that.
  module.children = engine.createdRequires.get(proxy) ?? module.children
  engine.createdRequires.set(proxy, module.children)
  if (filename !== path) setUrl(module, normalUrl(`${(filename as URLLike).href ?? filename}`))
  return createRequireFunction(engine, module)
}

interface URLLike {
  readonly href?: string
}

/** As hooks see it: the query stays. */
function normalUrl(url: string): string {
  const [, path = '', suffix] = /^[^/]*(?:\/\/[^/]*)?(\/[^?#]*)(.*)/.exec(url) ?? []
  return `file://${join('/', path)}${suffix}`
}
