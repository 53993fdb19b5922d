/** Programs that node and `lodger run` start, and of which everything must be equal. */
import { describe, expect, test } from 'vitest'
import { comparable, lodger, node, type Start, tree } from './commands.ts'

export interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Before the file; both are given them. */
  readonly flags?: readonly string[]
  /** The file and the program's arguments. */
  readonly words?: readonly string[]
  readonly start?: Omit<Start, 'cwd'>
  /** What keeps the case to its point. */
  readonly code: number
  readonly shows: string
}

/** Declares a test for each: both streams and the exit code are compared. */
export function endsAsWithNode(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    test.each(cases)(
      '$name',
      async ({ files, flags = [], words = ['main.js'], start, ...each }) => {
        const cwd = tree(files)
        const [ours, theirs] = await Promise.all([
          lodger(['run', ...flags, ...words], { cwd, ...start }),
          node([...flags, ...words], { cwd, ...start }),
        ])
        const shown = ours.stdout + comparable(ours.stderr)
        expect(shown).toContain(each.shows.replaceAll('<dir>', cwd))
        expect(ours.stdout).toBe(theirs.stdout)
        expect(comparable(ours.stderr)).toBe(comparable(theirs.stderr))
        expect(ours.code).toBe(theirs.code)
        expect(ours.code).toBe(each.code)
      },
    )
  })
}
