/** Asks lodger. */
import { createRequire } from 'node:module'
import { createLoader } from 'lodger'
import { createVolume } from 'lodger/fs/volume'
import type { Answer, Contents, LaidOutCase } from './types.ts'

const { describe, show } = createRequire(import.meta.url)('./observe.cjs') as {
  describe(error: unknown): unknown
  show(value: unknown): unknown
}

/** The volume that holds a case's tree. */
export function treeToVolume(files: LaidOutCase['files']): ReturnType<typeof createVolume> {
  const volume = createVolume()
  for (const [path, contents] of files) volume.put(path, contents as Contents)
  return volume
}

/** A loader for a case, and the warnings that are given in it. */
export function load(each: LaidOutCase) {
  const volume = treeToVolume(each.files)
  volume.put(each.cwd, null)
  const loader = createLoader({
    fs: volume,
    cwd: each.cwd,
    argv: ['/usr/local/bin/node', each.main, ...each.argv],
    env: { ...each.env },
    execArgv: [...each.execArgv],
    // Warnings are collected, not printed.
    host: { write: () => {} },
  })
  const warnings: unknown[] = []
  loader.process.on('warning', ({ name, code, message }: Error & { code?: string }) =>
    warnings.push({ name, code, message }),
  )
  return { loader, warnings }
}

/** Warnings are given on the next tick. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Runs a case as main. */
export async function askLodger(each: LaidOutCase): Promise<Answer> {
  const { loader, warnings } = load(each)
  const answer: { -readonly [Key in keyof Answer]: Answer[Key] } = { warnings: [] }
  const { stackTraceLimit } = Error
  // Loaders put different numbers of their own frames between ours.
  Error.stackTraceLimit = each.frames ? 200 : 10
  try {
    answer.result = show(await loader.main(each.main))
  } catch (error) {
    answer.thrown = describe(error)
    if (each.frames) answer.frames = framesIn(each.root, error)
  }
  Error.stackTraceLimit = stackTraceLimit
  await turn()
  // Through JSON, as node's answer came: `code: undefined` is gone.
  answer.warnings = JSON.parse(JSON.stringify(warnings))
  loader.dispose()
  return answer
}

/** The places of the stack's frames that lie below `root`. */
function framesIn(root: string, error: unknown): string[] {
  const places: string[] = []
  for (const line of String((error as Error)?.stack).split('\n')) {
    const place = /^ {4}at .*?\(?(\/[^()]*:\d+:\d+)\)?$/.exec(line)?.[1]
    if (place?.startsWith(`${root}/`)) places.push(place)
  }
  return places
}

/**
 * The resolver's trace must end where `resolve` ends: the same filename, or the same error. Tells the first request
 * of these for which it does not.
 */
export function explainDiffers(
  each: LaidOutCase,
  requests: ReadonlyArray<{ readonly request: string; readonly from: string }>,
): string | undefined {
  const { loader } = load(each)
  try {
    for (const { request, from } of requests) {
      const parent = `${each.root}/${from}`
      const { filename, error } = loader.explain(request, parent)
      const explained = filename ?? describe(error)
      let resolved: unknown
      try {
        resolved = loader.resolve(request, parent)
      } catch (reason) {
        resolved = describe(reason)
      }
      if (JSON.stringify(explained) === JSON.stringify(resolved)) continue
      return JSON.stringify({ request, parent, explained, resolved }, null, 2)
    }
    return undefined
  } finally {
    loader.dispose()
  }
}
