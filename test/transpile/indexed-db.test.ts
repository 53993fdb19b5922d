/** The cache in IndexedDB, in a real Chromium: in a page, over reloads, and in a worker. */
import type { TranspileStore } from 'lodger'
import type { IndexedDBCache } from 'lodger/hosts/page'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browsing, startBrowsing } from '../hosts/browser.ts'

interface TestWindow extends Window {
  /** What a transpiler that counts makes of a source, and how often it was asked. */
  transpile(source: string): { code: string; asked: number }
  cache: IndexedDBCache
  openCache(name?: string, options?: { maxBytes: number }): Promise<IndexedDBCache>
  withStore(store: TranspileStore): TestWindow['transpile']
}

/** What pages and workers have in common: the transpiler, and a cache around it. */
const common = `
  import { indexedDBCache } from '/lodger/hosts/page/index.js'
  import { withCache } from '/lodger/transpile/cache.js'
  const withStore = (store) => {
    let asked = 0
    const engine = (source) => {
      asked++
      return { code: 'made of ' + source, map: '{}' }
    }
    const cached = withCache(Object.assign(engine, { identity: 'fake 1' }), store)
    return (source) => ({ ...cached(source, '/app/a.ts', { format: 'commonjs' }), asked })
  }`

let browsing: Browsing

beforeAll(async () => {
  browsing = await startBrowsing()
  browsing.files['/cache.html'] =
    `<!doctype html><meta charset="utf-8"><script type="module">${common}
    window.cache = await indexedDBCache()
    window.transpile = withStore(cache)
    window.openCache = indexedDBCache
    window.withStore = withStore
    window.isReady = true
  </script>`
  browsing.files['/cache-worker.js'] = `${common}
    onmessage = async ({ data }) => {
      const cache = await indexedDBCache()
      const result = withStore(cache)(data)
      await cache.settled()
      postMessage(result)
    }`
})

afterAll(() => browsing?.close())

/** A page of an origin's own: other tests' databases are not there. */
async function openPage() {
  const context = await browsing.browser.newContext()
  const page = await context.newPage()
  const load = async () => {
    await page.goto(`${browsing.address}/cache.html`)
    await page.waitForFunction(() => 'isReady' in window)
  }
  await load()
  return { page, load }
}

declare const window: TestWindow

describe('a cache in IndexedDB', () => {
  test('is there again when the page is loaded again', async () => {
    const { page, load } = await openPage()
    const transpile = () => page.evaluate(() => window.transpile('let ä: 1'))
    expect(await transpile()).toEqual({ code: 'made of let ä: 1', map: '{}', asked: 1 })
    expect(await transpile()).toMatchObject({ asked: 1 })
    await page.evaluate(() => window.cache.settled())
    await load()
    expect(await transpile()).toEqual({ code: 'made of let ä: 1', map: '{}', asked: 0 })
  })

  test('is shared with workers', async () => {
    const { page, load } = await openPage()
    const fromWorker = () =>
      page.evaluate(() => {
        const worker = new Worker('/cache-worker.js', { type: 'module' })
        return new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage('let a: 1')
        })
      })
    expect(await fromWorker()).toMatchObject({ code: 'made of let a: 1', asked: 1 })
    expect(await fromWorker()).toMatchObject({ code: 'made of let a: 1', asked: 0 })
    await load()
    expect(await page.evaluate(() => window.transpile('let a: 1'))).toMatchObject({ asked: 0 })
  })

  test('keeps what addAsync says is kept', async () => {
    const { page, load } = await openPage()
    await page.evaluate(() => window.cache.addAsync('a', 'text'))
    await load()
    expect(await page.evaluate(() => window.cache.get('a'))).toBe('text')
  })

  test('is cleared for good, as often as one likes', async () => {
    const { page, load } = await openPage()
    const gone = await page.evaluate(async () => {
      window.cache.add('a', 'text')
      window.cache.clear()
      window.cache.clear()
      await window.cache.settled()
      return window.cache.get('a')
    })
    expect(gone).toBeUndefined()
    await load()
    expect(await page.evaluate(() => window.cache.get('a'))).toBeUndefined()
  })

  test('lets the oldest go when it is opened and too much is in it', async () => {
    const { page } = await openPage()
    const held = await page.evaluate(async () => {
      const pause = () => new Promise((done) => setTimeout(done, 2))
      const cache = await window.openCache('small')
      for (const key of ['c', 'b', 'a']) {
        await cache.addAsync(key, 'x'.repeat(99))
        await pause()
      }
      const keys = async (options?: { maxBytes: number }) => {
        const opened = await window.openCache('small', options)
        return ['a', 'b', 'c'].filter((key) => opened.get(key) !== undefined)
      }
      return [await keys(), await keys({ maxBytes: 400 }), await keys()]
    })
    expect(held).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  test('lets its database be deleted, and goes on in memory', async () => {
    const { page, load } = await openPage()
    const text = await page.evaluate(async () => {
      await window.cache.addAsync('a', 'text')
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('lodger-transpile')
        request.onsuccess = resolve
        request.onerror = reject
      })
      await window.cache.addAsync('b', 'text')
      window.cache.close()
      window.cache.add('c', 'text')
      await window.cache.settled()
      return ['a', 'b', 'c'].map((key) => window.cache.get(key))
    })
    expect(text).toEqual(['text', 'text', 'text'])
    await load()
    expect(await page.evaluate(() => window.cache.get('a'))).toBeUndefined()
  })

  test.each([
    [
      'that is not to be had',
      () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
    ],
    [
      'that the origin may not have',
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('denied', 'SecurityError')
        }
      },
    ],
    [
      'that is full',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      },
    ],
  ])('breaks nothing with a database %s', async (_name, damage) => {
    const { page } = await openPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    await page.evaluate(damage)
    const asked = await page.evaluate(async () => {
      const cache = await window.openCache('other')
      const transpile = window.withStore(cache)
      const results = [transpile('let a: 1'), transpile('let a: 1')].map((result) => result.asked)
      await cache.settled()
      return results
    })
    expect(asked).toEqual([1, 1])
    expect(errors).toEqual([])
  })

  test("passes by another's database of that name", async () => {
    const { page } = await openPage()
    const text = await page.evaluate(async () => {
      await new Promise((resolve) => {
        indexedDB.open('taken', 7).onsuccess = resolve
      })
      const cache = await window.openCache('taken')
      cache.add('a', 'text')
      return cache.get('a')
    })
    expect(text).toBe('text')
  })

  test('refuses what is no name', async () => {
    const { page } = await openPage()
    const refusal = page.evaluate(() => window.openCache(1 as never))
    await expect(refusal).rejects.toThrow(
      'The "name" argument must be of type string. Received type number (1)',
    )
  })
})
