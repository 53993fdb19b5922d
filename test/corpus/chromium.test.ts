/** The corpus in a page of Chromium. */
import { afterAll, beforeAll } from 'vitest'
import { type Browsing, startBrowsing } from '../hosts/browser.ts'
import { testAgreement } from './agreement.ts'
import { askChromium } from './ask.ts'

let browsing: Browsing

beforeAll(async () => {
  browsing = await startBrowsing()
})

afterAll(() => browsing?.close())

testAgreement('chromium', (name) => askChromium(name, browsing))
