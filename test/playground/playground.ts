/** The page of `npm start`, built and served, and what a user does with it: through the page, never behind its back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { flags } from '../hosts/browser.ts'

const root = fileURLToPath(new URL('../../playground', import.meta.url))

export interface Served {
  readonly address: string
  close(): Promise<void>
}

/** As `npm start` does it, but in a directory of its own: that may run beside the tests. */
export async function serve(): Promise<Served> {
  const outDir = mkdtempSync(join(tmpdir(), 'lodger-playground-'))
  await build({ root, logLevel: 'error', build: { outDir } })
  const server: PreviewServer = await preview({
    root,
    // Below a path, where a page that believes in `/` would break.
    base: '/some/where/',
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  return {
    address: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true })
    },
  }
}

export type PageOptions = Parameters<Browser['newContext']>[0]

/** A page and a storage per test, and a complaint about whatever the page throws or logs as an error. */
export class Playground {
  page!: Page
  address = ''
  browser!: Browser
  complaints: string[] = []
  #plain: BrowserContext | undefined

  /** In a browser that has never seen it, but for its files: those are fetched once. */
  async open(options: PageOptions = {}, address: string = this.address): Promise<void> {
    await this.page?.close()
    const isPlain = Object.keys(options).length === 0
    const context = isPlain ? await this.#plainContext() : await this.#newContext(options)
    this.page = await context.newPage()
    if (isPlain) await this.#clearStorage()
    this.page.setDefaultTimeout(30_000)
    this.complaints = []
    this.page.on('pageerror', (error) => this.complaints.push(error.message))
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    await this.goto(address)
  }

  async #plainContext(): Promise<BrowserContext> {
    this.#plain ??= await this.#newContext({})
    return this.#plain
  }

  #newContext(options: PageOptions): Promise<BrowserContext> {
    return this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
  }

  async #clearStorage(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const { origin } = new URL(this.address)
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address)
    await this.ready()
  }

  async ready(): Promise<void> {
    await this.page.locator('html[data-editor]').waitFor()
    // The packages of the sample come last.
    await this.page.locator('[data-path="/app/package.json"]').waitFor({ state: 'attached' })
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce(
      (before, key) => before.then(() => this.page.keyboard.press(key)),
      Promise.resolve(),
    )
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.insertText(text)
  }

  /** What has the focus: its id, its name for assistive technology, or its text. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement
      return (
        element?.id || element?.getAttribute('aria-label') || element?.textContent?.trim() || ''
      )
    })
  }

  /** Presses Tab until that has the focus. */
  async tabTo(wanted: string, key = 'Tab'): Promise<void> {
    const passed: string[] = []
    for (let presses = 0; presses < 50; presses++) {
      const now = await this.focused()
      if (now.startsWith(wanted)) return
      passed.push(now.slice(0, 30))
      await this.press(key)
    }
    throw new Error(`Tab does not lead to ${wanted}, but to ${passed.join(', ')}`)
  }

  row(label: string) {
    return this.page.getByRole('treeitem', { name: label, exact: true })
  }

  /** Opens a file in the tree and puts another text into it. */
  async write(label: string, text: string): Promise<void> {
    await this.row(label).click()
    await this.replaceText(text)
  }

  async replaceText(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^Text of/ }).focus()
    await this.press('Control+A')
    await this.type(text)
  }

  text(): Promise<string> {
    return this.page
      .getByRole('textbox', { name: /^Text of/ })
      .evaluate((element) => (element as HTMLElement).innerText)
  }

  async run(state = 'exit code'): Promise<void> {
    await this.press('Control+Enter')
    await this.page.locator('#state', { hasText: state }).waitFor()
  }

  /** The lines of one stream, or all. */
  async output(stream: 'stdout' | 'stderr' | 'note' | 'line' = 'line'): Promise<string> {
    const lines = await this.page.locator(`#console .line.${stream}`).allTextContents()
    return lines.join('\n')
  }

  /** What the message at the bottom says. */
  async said(text: string | RegExp): Promise<void> {
    await this.page.locator('#toast p').filter({ hasText: text }).waitFor()
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  async choose(sample: string): Promise<void> {
    const about = this.page.locator('#about')
    const before = (await about.textContent()) ?? ''
    await this.page.locator('#sample').selectOption({ label: sample })
    // What is said of the program is the last that changes.
    await about.filter({ hasNotText: before }).waitFor({ state: 'attached' })
  }
}

/** Serves the page for the tests of a file, in Chromium. */
export function usePlayground(): Playground {
  const playground = new Playground()
  let served: Served

  beforeAll(async () => {
    served = await serve()
    playground.address = served.address
    playground.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: flags,
    })
  })

  afterAll(async () => {
    await playground.browser?.close()
    await served?.close()
  })

  afterEach(async () => {
    await playground.page?.close()
    expect(playground.complaints).toEqual([])
  })

  return playground
}
