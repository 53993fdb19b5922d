/** Where a step of the resolver can be looked up. */
import type { TraceStep } from 'lodger/hosts/page'
import type { Contents } from '../files/contents.ts'

export interface StepFile {
  readonly path: string
  readonly line: number
}

/**
 * The file that a step looked at; what a step read in a package.json is found there.
 * @param manifest the package.json that was read last
 */
export function fileOfStep(
  { operation, subject }: TraceStep,
  files: ReadonlyMap<string, Contents>,
  manifest: string | undefined,
): StepFile | undefined {
  if (files.has(subject)) return { path: subject, line: 1 }
  const isInManifest = manifest !== undefined && /^package|^loadPackage/.test(operation)
  return isInManifest ? { path: manifest, line: lineOf(subject, files.get(manifest)) } : undefined
}

/** The line that has it in quotes. */
function lineOf(key: string, contents: Contents | undefined): number {
  if (typeof contents !== 'string') return 1
  const index = contents.indexOf(JSON.stringify(key))
  return index === -1 ? 1 : contents.slice(0, index).split('\n').length
}
