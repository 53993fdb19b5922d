/** A real Chromium, and a server for what its pages load: the built package below `/lodger/`, and what a test adds. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
}

/** As root there is no sandbox to be had; the rest keeps the browser from calling home. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Browsing {
  readonly browser: Browser
  /** `http://localhost:<port>` */
  readonly address: string
  /** What the server answers with, by path; a function is asked each time. */
  readonly files: Record<string, string | (() => string)>
  /** A fresh page at `/<path>`; what it throws outside of a script's control is collected in `errors`. */
  open(path: string): Promise<{ page: Page; errors: string[] }>
  close(): Promise<void>
}

export async function startBrowsing(): Promise<Browsing> {
  const files: Browsing['files'] = {
    '/': '<!doctype html><meta charset="utf-8"><title>test</title>',
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const given = files[pathname]
    try {
      const body =
        given === undefined && pathname.startsWith('/lodger/')
          ? await readFile(join(dist, pathname.slice('/lodger/'.length)))
          : typeof given === 'function'
            ? given()
            : given
      if (body === undefined) throw new Error('absent')
      response.writeHead(200, { 'content-type': types[extname(pathname)] ?? types['.html'] })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await listen(server)
  const address = `http://localhost:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
  })
  return {
    browser,
    address,
    files,
    async open(path) {
      const page = await browser.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error)))
      await page.goto(address + path)
      return { page, errors }
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}
