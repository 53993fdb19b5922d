/** https://nodejs.org/docs/latest-v26.x/api/path.html: posix as path-browserify has it, behind node's own checks. */

import type { Shim } from '../src/seams.ts'
import { matchesGlob } from './internal/glob.ts'
import { formatWith, type Path } from './internal/path-common.ts'
import { createWin32 } from './internal/path-win32.ts'
import { validateString } from './internal/validate.ts'
import pathBrowserify from './libraries/path-browserify.js'
import { instantiate } from './library.ts'

const shim: Shim = (context) => {
  const library: Path = instantiate(context, pathBrowserify)

  const posix: Path = {
    resolve(...paths) {
      // From the right, as far as the answer depends on it: what stands left of an absolute path is never looked at.
      for (let index = paths.length - 1; index >= 0; index--) {
        const path = paths[index]
        validateString(path, `paths[${index}]`)
        if (path.startsWith('/')) break
      }
      return library.resolve(...paths)
    },
    normalize(path) {
      validateString(path, 'path')
      return library.normalize(path)
    },
    isAbsolute(path) {
      validateString(path, 'path')
      return path.startsWith('/')
    },
    join(...paths) {
      for (const path of paths) validateString(path, 'path')
      return library.join(...paths)
    },
    relative(from, to) {
      validateString(from, 'from')
      validateString(to, 'to')
      return library.relative(from, to)
    },
    toNamespacedPath: (path) => path,
    dirname(path) {
      validateString(path, 'path')
      return library.dirname(path)
    },
    basename(path, suffix) {
      if (suffix !== undefined) validateString(suffix, 'suffix')
      validateString(path, 'path')
      return library.basename(path, suffix)
    },
    extname(path) {
      validateString(path, 'path')
      return library.extname(path)
    },
    format: formatWith('/'),
    parse(path) {
      validateString(path, 'path')
      return library.parse(path)
    },
    matchesGlob(path, pattern) {
      validateString(path, 'path')
      validateString(pattern, 'pattern')
      return matchesGlob(path, pattern, false)
    },
    sep: '/',
    delimiter: ':',
    win32: null,
    posix: null,
  }
  const win32 = createWin32(() => context.require('process'))
  posix.win32 = win32.win32 = win32
  posix.posix = win32.posix = posix
  win32._makeLong = win32.toNamespacedPath
  posix._makeLong = posix.toNamespacedPath
  return posix
}

export default shim
