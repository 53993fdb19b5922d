/**
 * The oracle suite: each case is run by node 26.10 and by lodger, and what they saw must be equal, to the letter.
 * With `LODGER_ORACLE=record` node is asked alone and its answers are printed.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPlace, layOut } from './layout.ts'
import { brief, compact, neutral } from './neutral.ts'
import { askNode } from './node.ts'
import type { Answer, LaidOutCase, OracleCase } from './types.ts'

const record = process.env.LODGER_ORACLE === 'record'

/** Declares the cases of one area as tests. */
export function oracle(area: string, cases: readonly OracleCase[]): void {
  describe(area, () => {
    let place = ''
    let laidOut: LaidOutCase[] = []
    let answers: Answer[] = []
    beforeAll(async () => {
      place = createPlace()
      laidOut = cases.map((each, index) => layOut(each, `${place}/${index}`))
      answers = await askNode(laidOut, place)
    }, 120_000)
    afterAll(() => rmSync(place, { recursive: true, force: true }))

    for (const [index, each] of cases.entries()) {
      test(each.name, async () => {
        const root = (laidOut[index] as LaidOutCase).root
        const node = neutral(answers[index] as Answer, root)
        if (record) console.log(`\n## ${each.name}\n${brief(answers[index] as Answer, root)}`)
        checkCase(
          each,
          answers[index] as Answer,
          `${node}\n${compact(answers[index] as Answer, root)}`,
        )
        if (record) return
        const { askLodger } = await import('./lodger.ts')
        expect(neutral(await askLodger(laidOut[index] as LaidOutCase), root)).toBe(node)
      })
    }
  })
}

/** A case that says nothing, or that fails in a way it was not meant to, is a bug in the case. */
function checkCase(each: OracleCase, answer: Answer, text: string): void {
  if (each.throws) expect(answer.thrown, 'node did not throw').toBeDefined()
  else expect(answer.thrown, 'node threw').toBeUndefined()
  if (!each.throws)
    expect([undefined, null, '{}', '[]']).not.toContain(JSON.stringify(answer.result))
  for (const part of [each.shows ?? []].flat()) expect(text).toContain(part)
}
