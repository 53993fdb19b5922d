/** Rejections that nobody handles, on a host of several loaders: each is told to the one whose code was running. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** In each the first loader rejects, and the second is the last one that the host has called. */
const sources: Readonly<Record<string, string>> = {
  'in a tick': "process.nextTick(() => Promise.reject('mine'))",
  'in a microtask of the guest': "queueMicrotask(() => Promise.reject('mine'))",
  'behind an answer of the host': "(async () => { await fetch('http://host/'); throw 'mine' })()",
  'behind a failure of the host': "(async () => { await fetch('http://none/') })()",
  'in a timer': "setTimeout(() => Promise.reject('mine'), 1)",
}

const program = (source: string) => `
  import { createLoader } from 'lodger/hosts/node'
  const listeners = new Set()
  process.on('unhandledRejection', (reason, promise) => {
    for (const listener of listeners) listener.unhandled(reason, promise)
  })
  const host = {
    onRejections(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fetch: async (url) => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      if (url === 'http://none/') throw 'mine'
    },
  }
  const loaders = ['first', 'second'].map((name) => createLoader({ fs: {
    '/index.js': "process.on('unhandledRejection', (reason) => console.log('" + name + "', reason))",
    '/reject.js': ${JSON.stringify(source)},
    '/idle.js': '',
  }, host }))
  const [first, second] = loaders
  for (const loader of loaders) loader.main('/index.js')
  first.require('/reject.js')
  second.require('/idle.js')
  setTimeout(() => {
    for (const loader of loaders) loader.dispose()
    console.log('listeners left', listeners.size)
  }, 30)`

test.each(Object.keys(sources))('%s', async (name) => {
  const script = ['--input-type=module', '-e', program(sources[name] as string)]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, script, {
    cwd: root,
  }).catch((error) => error)
  expect(stderr).toBe('')
  expect(stdout).toBe('first mine\nlisteners left 0\n')
})
