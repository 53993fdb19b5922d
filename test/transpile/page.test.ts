/** TypeScript in a page: in a real Chromium, with an engine that a bundler has put there. */
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browsing, startBrowsing } from '../hosts/browser.ts'

let browsing: Browsing

beforeAll(async () => {
  browsing = await startBrowsing()
  const { outputFiles } = await build({
    stdin: {
      contents: `export { createLoader } from 'lodger/hosts/page'
        export { loadTranspiler } from 'lodger/transpile'`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/bundle',
    write: false,
    minify: true,
    // It asks for node's util.
    external: ['amaro'],
    logLevel: 'error',
  })
  for (const { path, text } of outputFiles) browsing.files[path] = text
  browsing.files['/page.html'] = `<!doctype html><meta charset="utf-8"><body><script type="module">
    import * as lodger from '/bundle/stdin.js'
    window.lodger = lodger
  </script>`
}, 60_000)

afterAll(() => browsing?.close())

const fs = {
  '/app/main.ts': `import { area } from './square'
    const h = (...all: unknown[]) => all
    export default [area(3), document.title, 1 as number]`,
  '/app/square.ts':
    'enum Power { two = 2 }; export const area = (side: number): number => side ** Power.two',
  '/app/bad.ts': 'let a: = 1',
}

test.each(['fast', 'typescript'] as const)('loadTranspiler(%j) brings the engine', async (name) => {
  const { page, errors } = await browsing.open('/page.html')
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const answer = await page.evaluate(
    async ({ fs, name }) => {
      document.title = 'here'
      const { lodger } = window as unknown as {
        lodger: typeof import('lodger/hosts/page') & typeof import('lodger/transpile')
      }
      const loader = lodger.createLoader({ fs, transpile: await lodger.loadTranspiler(name) })
      const { default: result } = (await loader.main('/app/main')) as { default: unknown }
      let message = ''
      try {
        loader.require('/app/bad')
      } catch (error) {
        message = (error as Error).message
      }
      return { result, message }
    },
    { fs, name },
  )
  expect(answer.result).toEqual([9, 'here', 1])
  expect(answer.message).toMatch(/^\/app\/bad\.ts:1:8: .*\n\n> 1 \| let a: = 1\n {4}\| {8}\^$/)
  expect(requests.length).toBeGreaterThan(0)
  expect(errors).toEqual([])
  await page.close()
})

test('without an engine the first file says what to do', async () => {
  const { page } = await browsing.open('/page.html')
  const message = await page.evaluate((fs) => {
    const { lodger } = window as unknown as { lodger: typeof import('lodger/hosts/page') }
    try {
      lodger.createLoader({ fs }).require('/app/square.ts')
    } catch (error) {
      return (error as Error).message
    }
    return undefined
  }, fs)
  expect(message).toMatch(
    /^Cannot transpile \/app\/square\.ts: host 'page' cannot load 'amaro' by itself\. Give the engine itself: createLoader/,
  )
  await page.close()
})
