/** The tests that every host has to pass: each program answers there as on node, but for what `differences.ts` tells. */
import { beforeAll, describe, expect, test } from 'vitest'
import { differencesOf, omissionOf } from './differences.ts'
import { type Answer, askNode } from './node.ts'
import { type HostName, isModule, packages } from './packages.ts'

/** @param ask runs the program of a package there */
export function testAgreement(host: HostName, ask: (name: string) => Promise<Answer>): void {
  const names = packages.filter((name) => omissionOf(host, name) === undefined)

  describe.each(names)(`%s on ${host}`, (name) => {
    const differences = differencesOf(host, name)
    let node: Answer
    let answer: Answer

    beforeAll(async () => {
      node = await askNode(name)
      answer = await ask(name)
    })

    test('answers as on node', () => {
      const same = ({ calls }: Answer) =>
        Object.entries(calls).filter(([call]) => !differences.some((each) => each.call === call))
      expect(same(answer)).toEqual(same(node))
    })

    if (differences.length === 0 && (host === 'node' || !isModule(name))) {
      test('loads the same files', () => {
        expect(answer.files).toEqual(node.files)
      })
    }

    // Or the table is out of date.
    test.each(differences)('differs where it is said to: $call', ({ call, code }) => {
      const outcome = answer.calls[call]
      expect(outcome).not.toEqual(node.calls[call])
      expect(outcome && 'thrown' in outcome ? outcome.thrown.code : undefined).toBe(code)
    })
  })
}
