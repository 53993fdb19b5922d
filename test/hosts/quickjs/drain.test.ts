/** How long `drain` goes on, who may end it, and what it says then. */
import { beforeAll, describe, expect, test } from 'vitest'
import { create, prepare } from './guest.ts'

beforeAll(prepare)

describe('a limit of draining', () => {
  const endless = `
    require('fs').watch('/a.js')
    require('fs').watchFile('/a.js', () => {})
    setInterval(() => console.log('again'), 1)
    setInterval(() => {}, 1000)
    setTimeout(() => {}, 1000).unref()`

  test('a timeout tells what holds the loop, and the guest can go on', async () => {
    const { loader, printed } = create({ '/a.js': endless })
    loader.main('/a.js')
    const error = await loader.drain({ timeout: 20 }).catch((error) => error)
    expect(error).toMatchObject({
      code: 'ERR_LODGER_STILL_HELD',
      message:
        'The guest was not done within 20 ms: its loop is held by 1 FSEventWrap, 1 StatWatcher, 2 Timeout. ' +
        'Let it clear, close or unref that, or end it with loader.dispose()',
      holds: { FSEventWrap: 1, StatWatcher: 1, Timeout: 2 },
    })
    const count = printed.length
    expect(count).toBeGreaterThan(0)
    await expect(loader.drain({ timeout: 20 })).rejects.toThrow('not done')
    expect(printed.length).toBeGreaterThan(count)
    loader.dispose()
  })

  test('a signal wakes it', async () => {
    const { loader } = create({ '/a.js': "require('fs').watch('/a.js')" })
    loader.main('/a.js')
    const { signal } = new AbortController()
    await expect(loader.drain({ signal, timeout: 0 })).rejects.toThrow('within 0 ms')
    const controller = new AbortController()
    const drained = loader.drain({ signal: controller.signal })
    controller.abort('enough')
    await expect(drained).rejects.toMatchObject({
      code: 'ERR_LODGER_STILL_HELD',
      message: expect.stringContaining(
        'before its signal aborted: its loop is held by 1 FSEventWrap',
      ),
      cause: 'enough',
    })
    await expect(loader.drain({ signal: AbortSignal.abort() })).rejects.toThrow('signal')
    loader.dispose()
  })

  test('what is done in time is no error', async () => {
    const { loader } = create({ '/a.js': 'setTimeout(() => {}, 2)' })
    loader.main('/a.js')
    const drained = loader.drain({ timeout: 10_000, signal: new AbortController().signal })
    await expect(drained).resolves.toBeUndefined()
    await expect(loader.drain({ timeout: 0, signal: AbortSignal.abort() })).resolves.toBeUndefined()
  })

  test('a wrong limit is refused', async () => {
    const { loader } = create({})
    for (const timeout of [-1, Number.NaN, '5' as unknown as number]) {
      await expect(loader.drain({ timeout })).rejects.toMatchObject({
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining("'options.timeout' must be a number of milliseconds"),
      })
    }
    const signal = {} as unknown as AbortSignal
    await expect(loader.drain({ signal })).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
  })

  test('it wakes up for a timer that comes in meanwhile', async () => {
    const { loader, printed } = create({
      '/a.js': "watcher = require('fs').watch('/a.js')",
      '/b.js': "setTimeout(() => { watcher.close(); console.log('closed') }, 1)",
    })
    loader.main('/a.js')
    const drained = loader.drain()
    loader.require('/b.js')
    await drained
    expect(printed).toEqual(['stdout closed\n'])
  })

  test('the end of the loader ends it', async () => {
    const { loader } = create({ '/a.js': "require('fs').watch('/a.js')" })
    loader.main('/a.js')
    const drained = loader.drain()
    loader.dispose('enough')
    await expect(drained).rejects.toMatchObject({
      code: 'ERR_LODGER_DISPOSED',
      message: expect.stringContaining('enough'),
    })
  })
})
