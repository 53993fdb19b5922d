/**
 * Real packages: three and more calls into different files of each, one of them failing, run by node 26.10 and by lodger
 * on its hosts. What the program prints must be equal to the letter.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browsing, startBrowsing } from '../hosts/browser.ts'
import { exceptions, type HostName, packages } from './packages.ts'
import {
  type Answer,
  askBareVm,
  askChromium,
  askNode,
  askNodeHost,
  askQuickJs,
  askVolume,
} from './run.ts'

const node = new Map<string, Answer>()
const agreements: Record<string, Partial<Record<HostName, string>>> = {}
let browsing: Browsing

beforeAll(async () => {
  for (const name of packages) node.set(name, await askNode(name))
  browsing = await startBrowsing()
})

afterAll(async () => {
  await browsing?.close()
  console.table(agreements)
})

describe('a program', () => {
  test.each(packages)('of %s makes calls that succeed and one that fails', (name) => {
    const outcomes = Object.values(node.get(name) ?? {})
    expect(outcomes.filter((outcome) => 'value' in outcome).length).toBeGreaterThanOrEqual(2)
    expect(outcomes.filter((outcome) => 'thrown' in outcome).length).toBeGreaterThanOrEqual(1)
  })
})

const ask: Readonly<Record<HostName, (name: string) => Promise<Answer>>> = {
  node: askNodeHost,
  volume: askVolume,
  'bare vm': askBareVm,
  chromium: (name) => askChromium(name, browsing),
  quickjs: askQuickJs,
}

describe.each(Object.keys(ask) as HostName[])('on %s', (host) => {
  const leftOut = exceptions.filter((each) => each.host === host && each.call === undefined)
  const names = packages.filter((name) => !leftOut.some((each) => each.name === name))

  test.each(names)('%s answers as on node', async (name) => {
    const known = exceptions.filter((each) => each.host === host && each.name === name)
    const expected: Answer = { ...node.get(name) }
    const answer = await ask[host](name)
    for (const { call = '', code } of known) {
      // It has to differ as it was said, or the exception is out of date.
      const outcome = answer[call]
      expect(outcome && 'thrown' in outcome && outcome.thrown.code, call).toBe(code)
      delete expected[call]
      delete answer[call]
    }
    expect(answer).toEqual(expected)
    agreements[name] = {
      ...agreements[name],
      [host]: known.length === 0 ? 'yes' : `but ${known.length}`,
    }
  })
})

test('exceptions are few, and each has a reason', () => {
  expect(exceptions.filter(({ reason }) => reason.length < 20)).toEqual([])
  expect(exceptions.length).toBeLessThanOrEqual(1)
  for (const host of ['node', 'volume', 'bare vm'] as const) {
    expect(exceptions.filter((each) => each.host === host && each.call === undefined)).toEqual([])
  }
  const inQuickJs = exceptions.filter((each) => each.host === 'quickjs')
  expect(packages.length - new Set(inQuickJs.map(({ name }) => name)).size).toBeGreaterThanOrEqual(
    12,
  )
})
