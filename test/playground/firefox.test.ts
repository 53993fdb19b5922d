/** The page in Firefox: one way through all that differs between browsers, which is workers, storage and stacks. */
import { type Browser, launch, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve } from './playground.ts'

let served: Served
let browser: Browser
let page: Page

beforeAll(async () => {
  served = await serve()
  browser = await launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  })
  page = await browser.newPage()
  page.setDefaultTimeout(30_000)
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const text = (selector: string) => page.$eval(selector, (element) => element.textContent ?? '')

async function says(selector: string, wanted: string): Promise<void> {
  await page.waitForFunction(
    (where, what) => document.querySelector(where)?.textContent?.includes(what),
    {},
    selector,
    wanted,
  )
}

async function write(program: string): Promise<void> {
  await page.focus('.cm-content')
  await page.keyboard.down('Control')
  await page.keyboard.press('a')
  await page.keyboard.up('Control')
  await page.keyboard.type(program)
}

async function run(): Promise<void> {
  await page.click('#run')
}

test('a program is run, explained, stopped, and kept', async () => {
  await page.goto(served.address)
  await page.waitForSelector('html[data-editor]')
  await run()
  await says('#state', 'exit code 0')
  expect(await text('#console')).toContain('7 nights at 65: 455')

  await page.click('#tab-trace')
  await page.click('#explain [type=submit]')
  await says('#answer', 'Resolved to /app/node_modules/handlebars/lib/index.js')
  await page.click('#tab-modules')
  await says('#modules-summary', 'builtins loaded in')

  await write("require('fs').writeFileSync('kept.txt', 'x')\nconsole.log('going on')\nfor (;;);")
  await run()
  await says('#console', 'going on')
  await page.click('#stop')
  await says('#state', 'stopped')
  await page.waitForSelector('[data-path="/app/kept.txt"]')

  await write("console.error(new Error('logged'))\nrequire('./lib/bill').printBill(null)\nnull.x")
  await run()
  await says('#state', 'exit code 1')
  const lines = await page.$$eval('#console .stderr', (all) => all.map((each) => each.textContent))
  expect(lines.slice(0, 2)).toEqual(['Error: logged', expect.stringContaining('/app/index.js:1:')])
  expect(lines[2]).toMatch(/^\/app\/lib\/bill\.js:\d+$/)
  expect(lines).toContainEqual(expect.stringMatching(/^ {4}at .*\(\/app\/lib\/bill\.js:\d+:\d+\)$/))
  expect(lines.join('\n')).not.toMatch(/127\.0\.0\.1|@\//)
  await page.click('#console .place')

  await page.click('[data-path="/app/index.js"]')
  await write('const a = 1\nconst b = = 2')
  await run()
  await says(
    '#console',
    "/app/index.js:2const b = = 2          ^SyntaxError: expected expression, got '='",
  )
  await page.select('#sample', 'errors')
  await says('#file-name', '/app/index.ts')
  await run()
  await says('#console', 'at checkIn (/app/lib/desk.ts:27:11)')
  await says('#console', '/app/lib/desk.ts:17:7  15 |     const key: Key | undefined')
  await says('#console', 'RangeError: No key for Grace    at keyFor (/app/lib/desk.ts:17:13)')
  await page.select('#sample', 'handlebars')
  await says('#file-name', '/app/index.js')

  await write("process.stdin.on('data', (line) => console.log('read', String(line)))")
  await run()
  await says('#state', 'waits for a line')
  await page.type('#input', 'Ada')
  await page.keyboard.press('Enter')
  await says('#console', 'Adaread Ada')
  await page.click('#stop')
  await write('null.x')
  await new Promise((resolve) => setTimeout(resolve, 500))
  await page.reload()
  await page.waitForSelector('html[data-editor]')
  await says('.cm-content', 'null.x')
})
