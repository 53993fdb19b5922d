/** The programs of the corpus on node itself, and the page that tells how lodger does. `npm run corpus` writes it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { differencesOf, omissionOf } from './differences.ts'
import { type Answer, askNode } from './node.ts'
import { hosts, packages } from './packages.ts'
import { pageOf } from './page.ts'

const pageFile = new URL('../../docs/corpus.md', import.meta.url)
const answers = new Map<string, Answer>()

beforeAll(async () => {
  for (const name of packages) answers.set(name, await askNode(name))
  if (process.env.LODGER_CORPUS === 'write') writeFileSync(pageFile, pageOf(answers))
})

test.each(packages)('the program of %s makes three calls, and one that fails', (name) => {
  const outcomes = Object.values(answers.get(name)?.calls ?? {})
  expect(outcomes.length).toBeGreaterThanOrEqual(3)
  expect(outcomes.filter((outcome) => 'value' in outcome).length).toBeGreaterThanOrEqual(2)
  expect(answers.get(name)?.calls.failing).toHaveProperty('thrown')
})

test('the page is up to date', () => {
  expect(readFileSync(pageFile, 'utf8'), 'Run `npm run corpus`, and commit it.').toBe(
    pageOf(answers),
  )
})

test('what differs has a reason, and is about calls that are there', () => {
  for (const host of hosts) {
    for (const name of packages) {
      expect((omissionOf(host, name) ?? 'agrees, or differs').length).toBeGreaterThan(15)
      for (const { call, reason } of differencesOf(host, name)) {
        expect(answers.get(name)?.calls, `${name} ${call}`).toHaveProperty(call)
        expect(reason.length).toBeGreaterThan(15)
      }
    }
  }
})
