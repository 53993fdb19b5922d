/** The page of `npm start`, in a real Chromium: by keyboard, in both colour schemes, on a phone's width. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, createServer, preview, type ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const playground = fileURLToPath(new URL('../../../playground', import.meta.url))

let server: ViteDevServer
let browser: Browser
let address: string
let page: Page
/** What the page throws or logs as an error by itself. */
let complaints: string[]

beforeAll(async () => {
  server = await createServer({
    root: playground,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
    // Of its own: `npm start` may run beside the tests.
    cacheDir: `${playground}/../node_modules/.vite-test`,
  })
  await server.listen()
  address = server.resolvedUrls?.local[0] ?? ''
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

beforeEach(async () => {
  await open({})
})

afterEach(async () => {
  await page.context().close()
  expect(complaints).toEqual([])
})

async function open(
  options: Parameters<Browser['newContext']>[0],
  url: string = address,
): Promise<void> {
  await page?.context().close()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('#files button').first().waitFor()
}

const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.id || element?.textContent?.trim() || element?.tagName || ''
  })

/** Presses Tab until that element has the focus. */
async function tabTo(wanted: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused()) === wanted) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${wanted}`)
}

async function replaceText(text: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

async function runUntil(state: string): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await page.locator('#state', { hasText: state }).waitFor()
}

/** The lines of one stream. */
async function output(stream: 'stdout' | 'stderr' | 'error'): Promise<string> {
  return (await page.locator(`.block.${stream} .text`).allTextContents()).join('')
}

async function explain(specifier: string): Promise<{ steps: string[]; answer: string }> {
  await tabTo('specifier')
  await replaceText(specifier)
  await page.keyboard.press('Enter')
  const steps = await page.locator('#steps li').allTextContents()
  return { steps, answer: (await page.locator('#answer').textContent()) ?? '' }
}

describe('the playground, by keyboard alone', () => {
  test('runs its program of several files and packages', async () => {
    await runUntil('exit code 0')
    const stdout = await output('stdout')
    expect(stdout).toContain('node v26.10.0, lodging 1.4.0\nnext major: 2.0.0\n')
    expect(stdout).toContain('Bill for Grace\n  7 nights at 65: 455\n  with breakfast')
    expect(stdout).toMatch(/after 300 ms\n$/)
    expect(await output('stderr')).toBe('Grace stays for 1 week\n')
    expect(await output('error')).toBe('')
  })

  test('runs what was edited, in another file too', async () => {
    await tabTo('lib/rooms.json')
    await page.keyboard.press('Enter')
    expect(await page.locator('#name').textContent()).toBe('/app/lib/rooms.json')
    await tabTo('text')
    await replaceText('[{ "guest": "Linus", "stay": "4 days", "price": 10 }]')
    await runUntil('exit code 0')
    expect(await output('stdout')).toContain('Bill for Linus\n  4 nights at 10: 40\n')
    expect(await output('stderr')).toBe('Linus stays for 4 days\n')
    // The edit is still there after a look at another file.
    await page.locator('#files').getByText('index.js').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('#files').getByText('lib/rooms.json').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('#text').inputValue()).toContain('Linus')
  })

  test('shows an error with the stack of the program and nothing else', async () => {
    await tabTo('text')
    await replaceText(
      "console.log('before')\nfunction full() {\n  throw Object.assign(new TypeError('full'), { code: 'E' })\n}\nfull()\n",
    )
    await runUntil('exit code 1')
    expect(await output('stdout')).toBe('before\n')
    expect(await output('error')).toBe(
      "TypeError: full\n    at full (/app/index.js:3:23)\n    at Object.<anonymous> (/app/index.js:5:1) {\n  code: 'E'\n}\n",
    )
  })

  test('shows an error that the program logs in the same way', async () => {
    await tabTo('text')
    await replaceText("\nconsole.error(Object.assign(new Error('logged'), { room: 7 }))")
    await runUntil('exit code 0')
    // Its name for the module's body is Chromium's: only what leaves the loader is put right.
    expect(await output('stderr')).toMatch(
      /^Error: logged\n {4}at Object\.\S+ \(\/app\/index\.js:2:29\) \{\n {2}room: 7\n\}\n$/,
    )
  })

  test('shows errors of timers and promises, and what the program exits with', async () => {
    await tabTo('text')
    await replaceText('setTimeout(() => {\n  null.x\n})\n')
    await runUntil('exit code 1')
    expect(await output('error')).toMatch(/^TypeError: .*null.*\n +at .*\/app\/index\.js:2:8/)
    expect(await output('error')).not.toContain('127.0.0.1')

    await replaceText('(async () => {\n  throw new Error("late")\n})()\n')
    await runUntil('exit code 1')
    expect(await output('error')).toMatch(/^Error: late\n +at .*\/app\/index\.js:2:9/)

    await replaceText('process.on("exit", (code) => console.log("bye", code))\nprocess.exit(3)\n')
    await runUntil('exit code 3')
    expect(await output('stdout')).toBe('bye 3\n')
    expect(await output('error')).toBe('')

    await replaceText('process.on("exit", (code) => console.log("bye", code))\n')
    await runUntil('exit code 0')
    expect(await output('stdout')).toBe('bye 0\n')
  })

  test('stops a program that goes on', async () => {
    await tabTo('text')
    await replaceText('let n = 0\nsetInterval(() => console.log(n++), 5)\n')
    await page.keyboard.press('Control+Enter')
    await page.locator('.block.stdout', { hasText: '2' }).waitFor()
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('stop')
    await page.keyboard.press('Enter')
    await page.locator('#state', { hasText: 'exit code 130' }).waitFor()
    expect(await focused()).toBe('run')
    const stopped = await output('stdout')
    await page.waitForTimeout(50)
    expect(await output('stdout')).toBe(stopped)
  })

  test('explains a specifier, from the selected file, as it stands', async () => {
    const found = await explain('handlebars')
    expect(found.answer).toBe('Resolved to /app/node_modules/handlebars/lib/index.js')
    expect(found.steps.length).toBeGreaterThan(0)
    expect(found.steps.join('\n')).toContain('/app/node_modules/handlebars')

    const imported = await explain('#rooms')
    expect(imported.answer).toBe('Resolved to /app/lib/rooms.json')
    expect(imported.steps.join('\n')).toMatch(/matched.*node.*condition/)

    const missing = await explain('./nowhere')
    expect(missing.steps.join('\n')).toContain('absent /app/nowhere.js')
    expect(missing.answer).toBe(
      "Not resolved Error: Cannot find module './nowhere'\nRequire stack:\n- /app/index.js",
    )

    await page.locator('#files').getByText('lib/bill.js').focus()
    await page.keyboard.press('Enter')
    expect((await explain('./rooms')).answer).toBe('Resolved to /app/lib/rooms.json')
  })
})

describe.each([
  [1280, 'light'],
  [1280, 'dark'],
  [360, 'light'],
  [360, 'dark'],
] as const)('at %i px, %s', (width, colorScheme) => {
  test('fits, shows where the focus is, and axe finds nothing', async () => {
    await open({ viewport: { width, height: 740 }, colorScheme })
    await tabTo('text')
    await replaceText("console.error('x')\nthrow new Error('y')")
    await runUntil('exit code 1')
    await explain('nope')
    const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(scrollWidth).toBe(width)
    await page.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement as Element).outlineStyle,
    )
    expect(outline).toBe('solid')
    const { violations, passes } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
    expect(passes.length).toBeGreaterThan(20)
  })
})

test('the page as Vite builds it runs too, below any path', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'lodger-playground-'))
  await build({ root: playground, logLevel: 'error', build: { outDir } })
  const built = await preview({
    root: playground,
    base: '/some/where/',
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  try {
    await open({}, built.resolvedUrls?.local[0])
    await tabTo('text')
    await replaceText("console.log(require('ms')('1 day'))\nnull.x")
    await runUntil('exit code 1')
    expect(await output('stdout')).toBe('86400000\n')
    expect(await output('error')).toMatch(
      /^TypeError: .*\n +at Object.<anonymous> \(\/app\/index\.js:2:6\)\n$/,
    )
  } finally {
    await built.close()
    rmSync(outDir, { recursive: true })
  }
})
