/** What CommonJS would have found for an import that leads nowhere. */
import type { CodedError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import { toFileUrl } from '../path.ts'
import { locationOf } from './location.ts'

/** The same error, with a proposal. */
export function withHint(engine: Engine, error: unknown, specifier: string, base: string): unknown {
  const { code } = error as CodedError
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNSUPPORTED_DIR_IMPORT') return error
  const location = locationOf(specifier)
  const asked = location.kind === 'file' ? location.filename : specifier
  const proposal = silently(engine, () => proposalFor(engine, asked, base))
  if (proposal === undefined || proposal === asked) return error
  engine.resolver.note?.('import', proposal, 'note', 'what require would find')
  const hinted = error as Error
  const hint = `Did you mean to import ${JSON.stringify(proposal)}?`
  hinted.stack = hinted.stack?.replace('\n', () => `\n${hint}\n`) ?? hint
  hinted.message += `\n${hint}`
  return hinted
}

/** No step of it is one of the import's own. */
function silently<Result>({ resolver }: Engine, run: () => Result): Result {
  const { note } = resolver
  resolver.note = undefined
  try {
    return run()
  } finally {
    resolver.note = note
  }
}

function proposalFor({ Module }: Engine, specifier: string, base: string): string | undefined {
  const parent = new Module(base, null)
  parent.paths = Module._nodeModulePaths(base)
  let found: string
  try {
    found = Module._resolveFilename(specifier, parent, false)
  } catch {
    // There is nothing to propose.
    return undefined
  }
  if (/^\.\.?(?:\/|$)/.test(specifier)) {
    const relative = relativeTo(base.slice(0, base.lastIndexOf('/')), encoded(found))
    return relative.startsWith('../') ? relative : `./${relative}`
  }
  if (specifier.startsWith('/')) return found
  const name = specifier.split('/', 1)[0] as string
  const needle = `/node_modules/${name}/`
  const at = found.lastIndexOf(needle)
  if (at === -1) return toFileUrl(found)
  const rest = found.slice(at + needle.length)
  return `${name}/${rest.split('/').map(encodeURIComponent).join('/')}`
}

function encoded(path: string): string {
  return toFileUrl(path).slice('file://'.length)
}

function relativeTo(from: string, to: string): string {
  const ours = from.split('/')
  const theirs = to.split('/')
  let same = 0
  while (same < ours.length && same < theirs.length && ours[same] === theirs[same]) same++
  return [...ours.slice(same).map(() => '..'), ...theirs.slice(same)].join('/')
}
