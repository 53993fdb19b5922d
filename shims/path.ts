/** https://nodejs.org/docs/latest-v26.x/api/path.html */

import type { Shim } from '../src/seams.ts'
import { createCommonMembers, normalizeSegments, type Path } from './internal/path-common.ts'
import { createWin32 } from './internal/path-win32.ts'
import { validateString } from './internal/validate.ts'

type Process = { cwd(): string; env: Record<string, string> }

const shim: Shim = (context) => {
  const processOnce = () => context.require('process') as Process
  const posix = createPosix(processOnce)
  const win32 = createWin32(processOnce)
  posix.win32 = win32.win32 = win32
  posix.posix = win32.posix = posix
  win32._makeLong = win32.toNamespacedPath
  posix._makeLong = posix.toNamespacedPath
  return posix
}

function createPosix(process: () => Process): Path {
  function resolve(...paths: string[]): string {
    let joined = ''
    // From the right, as far as the answer depends on it: what stands left of an absolute path is never looked at.
    for (let index = paths.length - 1; index >= -1 && !isAbsolute(joined); index--) {
      const path = index === -1 ? process().cwd() : (paths[index] as string)
      validateString(path, `paths[${index}]`)
      if (path !== '') joined = `${path}/${joined}`
    }
    const tail = normalizeSegments(joined, !isAbsolute(joined), '/')
    return isAbsolute(joined) ? `/${tail}` : tail || '.'
  }

  function normalize(path: string): string {
    validateString(path, 'path')
    if (path === '') return '.'
    const isRelative = !isAbsolute(path)
    let tail = normalizeSegments(path, isRelative, '/')
    if (tail === '' && isRelative) tail = '.'
    if (tail !== '' && path.endsWith('/')) tail += '/'
    return isRelative ? tail : `/${tail}`
  }

  return {
    resolve,
    normalize,
    isAbsolute(path) {
      validateString(path, 'path')
      return isAbsolute(path)
    },
    join(...paths) {
      for (const path of paths) validateString(path, 'path')
      return normalize(paths.filter((path) => path !== '').join('/'))
    },
    ...createCommonMembers({
      separator: '/',
      isSeparator: (character) => character === '/',
      rootEnd: (path) => Number(isAbsolute(path)),
      nameStart: () => 0,
      resolve,
      toNamespacedPath: (path) => path,
    }),
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/')
}

export default shim
