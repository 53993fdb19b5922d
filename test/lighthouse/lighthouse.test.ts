/**
 * What Lighthouse says of the playground. Performance is a time, which another program on this machine can spoil, and
 * is not asserted: it is printed, and `npm run lighthouse` writes it into docs/playground.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve } from '../playground/playground.ts'
import { type Device, type Figures, measure } from './lighthouse.ts'
import { tableOf, withTable } from './page.ts'

const page = new URL('../../docs/playground.md', import.meta.url)
const devices: readonly Device[] = ['desktop', 'phone']
const measured: Figures[] = []
let served: Served

beforeAll(async () => {
  served = await serve()
})

afterAll(async () => {
  await served?.close()
  console.log(tableOf(measured))
  if (process.env.LODGER_LIGHTHOUSE !== 'write' || measured.length < devices.length) return
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), measured))
})

test.each(devices)('the page is accessible and well made on a %s', async (device) => {
  const figures = await measure(served.address, device)
  measured.push(figures)
  const faults = figures.faults.join('\n')
  expect(figures.accessibility, faults).toBeGreaterThanOrEqual(95)
  expect(figures.bestPractices, faults).toBeGreaterThanOrEqual(95)
})

test('the page of the docs has the table', () => {
  expect(readFileSync(page, 'utf8')).toContain(tableOf([]))
})
