/** Following a path as a kernel does: name by name, `..` after the link that it stands behind. */

import { type Result, refuse } from './errors.ts'
import type { Name } from './name.ts'

const maximumHops = 40
const longestName = 255

export interface WalkOptions {
  /** Where `/` is. */
  readonly root: Name
  /** What a relative path starts from. */
  readonly cwd: () => string
  /** Whether a link at the very end is followed. */
  readonly follow: boolean
  /** Whether what is absent is refused; otherwise the answer is `null`. */
  readonly mustExist: boolean
  readonly checkAccess: boolean
  readonly syscall: string
  /** memfs counts the links of one `open` over several walks. */
  readonly budget?: { hops: number } | undefined
}

export function walk(path: string, options: WalkOptions): Result<Name | null> {
  const { root, follow, mustExist, checkAccess, syscall } = options
  const refused = (code: string) => refuse(code, syscall, path)
  if (path === '') return refused('ENOENT')
  const pending = segmentsOf(isAbsolute(path) ? path : `${options.cwd()}/${path}`).reverse()
  let mustBeDirectory = path.endsWith('/') || path.endsWith('/.')
  let hops = options.budget?.hops ?? 0
  let current = root
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const directory = current.getNode()
    if (!directory.isDirectory()) return refused('ENOTDIR')
    if (checkAccess && !directory.canExecute()) return refused('EACCES')
    if (name.length > longestName) return refused('ENAMETOOLONG')
    const child = current.getChild(name)
    if (child === undefined) return mustExist ? refused('ENOENT') : { ok: true, value: null }
    const target = child.getNode().symlink
    if (target === undefined || (pending.length === 0 && !follow && !mustBeDirectory)) {
      current = child
      continue
    }
    hops++
    if (hops > maximumHops) return refused('ELOOP')
    if (options.budget) options.budget.hops = hops
    if (target === '') return refused('ENOENT')
    if (isAbsolute(target)) current = root
    if (pending.length === 0 && target.endsWith('/')) mustBeDirectory = true
    pending.push(...segmentsOf(target).reverse())
  }
  if (mustBeDirectory && !current.getNode().isDirectory()) return refused('ENOTDIR')
  return { ok: true, value: current }
}

/** The directory of a path and the name that is to be made or removed in it; slashes at the end do not count. */
export function splitLast(path: string): { directory: string; name: string } {
  const trimmed = path.replace(/(?<=.)\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  return {
    directory: slash === -1 ? '.' : trimmed.slice(0, slash) || '/',
    name: trimmed.slice(slash + 1),
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.')
}

function isAbsolute(path: string): boolean {
  return path.charCodeAt(0) === 47
}
