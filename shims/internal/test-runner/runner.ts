/** The least of `node:test` that runs a file of tests: suites, subtests, hooks, skips; one test after the other. */

import { codedError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import { loopOf } from '../loop.ts'
import type { Loose } from '../loose.ts'
import { createMockTracker } from './mock.ts'

type Hook = 'before' | 'after' | 'beforeEach' | 'afterEach'

interface Node {
  readonly name: string
  readonly parent: Node | undefined
  readonly hooks: Record<Hook, Loose[]>
  /** What has been declared in it runs in this order; resolved when all of it is through. */
  tail: Promise<unknown>
  failures: number
  started: boolean
}

interface Given {
  readonly name: string
  readonly options: Loose
  readonly fn: Loose
}

export function createRunner(context: ShimContext): Record<string, Loose> {
  const MockTracker = createMockTracker()
  const process = () => context.require('process')
  // Its promises stay as they are once the guest has ended, so that no body runs any more.
  const loop = loopOf(context)
  let current: Node | undefined
  let unfinished = 0

  const makeNode = (name: string, parent?: Node): Node => ({
    name,
    parent,
    hooks: { before: [], after: [], beforeEach: [], afterEach: [] },
    tail: Promise.resolve(),
    failures: 0,
    started: false,
  })
  const root = makeNode('<root>')
  let isWatched = false

  /** A program whose tests have not all come through when its loop is empty has failed. */
  function watchExit(): void {
    if (isWatched) return
    isWatched = true
    process().on('exit', () => {
      if (unfinished > 0 || root.failures > 0) process().exitCode ||= 1
    })
  }

  function parse(name: Loose, options: Loose, fn: Loose): Given {
    const args = [name, options, fn]
    const body = args.find((one) => typeof one === 'function')
    const given = args.find((one) => one !== null && typeof one === 'object') ?? {}
    const title = typeof name === 'string' ? name : body?.name || '<anonymous>'
    return { name: title, options: given, fn: body }
  }

  function report(node: Node, mark: string, note: string, error?: unknown): void {
    let depth = -1
    for (let one = node.parent; one !== undefined; one = one.parent) depth++
    const indent = '  '.repeat(Math.max(0, depth))
    let text = `${indent}${mark} ${node.name}${note}\n`
    if (error !== undefined) {
      const shown: string = context.require('util').inspect(error)
      text += `${indent}  ${shown.replaceAll('\n', `\n${indent}  `)}\n`
    }
    process().stdout.write(text)
  }

  async function runHooks(node: Node, hook: Hook, argument: unknown): Promise<void> {
    for (const fn of node.hooks[hook]) await call(fn, argument)
  }

  /** As a test body is called: a second parameter asks for a callback, a promise is waited for. */
  async function call(fn: Loose, argument: unknown, count = 1): Promise<unknown> {
    await loop.whileAlive(undefined)
    if (fn.length <= count) return fn(argument)
    return new Promise((resolve, reject) => {
      fn(argument, (error: unknown) => (error ? reject(error) : resolve(undefined)))
    })
  }

  function declare(parent: Node, { name, options, fn }: Given, isSuite: boolean): Promise<void> {
    watchExit()
    const node = makeNode(name, parent)
    unfinished++
    // A suite's body only declares: it runs at once.
    const skipped = options.skip !== undefined && options.skip !== false
    let declared: Promise<unknown> | undefined
    if (isSuite && fn && !skipped) {
      const before = current
      current = node
      try {
        declared = Promise.resolve(fn(contextOf(node)))
      } catch (error) {
        declared = Promise.reject(error)
      }
      declared.catch(() => {})
      current = before
    }
    const result = loop.whileAlive(parent.tail).then(async () => {
      const start = context.host.uptime()
      const t = contextOf(node)
      let error: unknown
      let failed = false
      if (!skipped && (fn || isSuite)) {
        try {
          if (!parent.started) {
            parent.started = true
            await runHooks(parent, 'before', contextOf(parent))
          }
          await run(node, t, fn, isSuite, declared)
        } catch (thrown) {
          failed = true
          error = thrown
        }
      }
      unfinished--
      const took = ` (${Number((context.host.uptime() - start).toFixed(3))}ms)`
      const isTodo = Boolean(options.todo || t.isTodo)
      if (!failed && node.failures > 0) {
        failed = true
        error = `${node.failures} subtest${node.failures > 1 ? 's' : ''} failed`
      }
      if (failed && !isTodo) {
        parent.failures++
        report(node, '✖', took, error)
      } else if (skipped || t.isSkipped) report(node, '﹣', `${took} # SKIP`)
      else report(node, isTodo ? '⚠' : '✔', isTodo ? `${took} # TODO` : took)
    })
    parent.tail = result
    return result
  }

  async function run(
    node: Node,
    t: Loose,
    fn: Loose,
    isSuite: boolean,
    declared: unknown,
  ): Promise<void> {
    if (isSuite) {
      await declared
      await node.tail
      if (node.started) await runHooks(node, 'after', t)
      return
    }
    const chain: Node[] = []
    for (let one = node.parent; one !== undefined; one = one.parent) chain.unshift(one)
    try {
      for (const one of chain) await runHooks(one, 'beforeEach', t)
      if (fn) await call(fn, t)
      await node.tail
      t.checkPlan()
    } finally {
      await runHooks(node, 'after', t)
      for (const one of chain.reverse()) await runHooks(one, 'afterEach', t)
      t.mock.reset()
    }
  }

  const contexts = new WeakMap<Node, Loose>()
  /** What a body is called with. */
  function contextOf(node: Node): Loose {
    const known = contexts.get(node)
    if (known !== undefined) return known
    let planned: number | undefined
    let counted = 0
    let checks: Loose
    const t: Loose = {
      name: node.name,
      get fullName(): string {
        return node.parent && node.parent !== root
          ? `${contextOf(node.parent).fullName} > ${node.name}`
          : node.name
      },
      filePath: process().argv[1],
      isSkipped: false,
      isTodo: false,
      mock: new MockTracker(),
      get signal() {
        const { AbortController } = context.global as Loose
        return new AbortController().signal
      },
      get assert() {
        checks ??= countedAssert(() => counted++)
        return checks
      },
      diagnostic: (text: string) => void process().stdout.write(`ℹ ${text}\n`),
      skip(): void {
        t.isSkipped = true
      },
      todo(): void {
        t.isTodo = true
      },
      plan(count: number): void {
        planned = count
      },
      checkPlan(): void {
        if (planned === undefined || planned === counted) return
        const text = `plan expected ${planned} assertions but received ${counted}`
        throw codedError(Error, 'ERR_TEST_FAILURE', text)
      },
      runOnly() {},
      test(name: Loose, options: Loose, fn: Loose): Promise<void> {
        counted++
        return declare(node, parse(name, options, fn), false)
      },
      async waitFor(condition: Loose, options: Loose = {}): Promise<unknown> {
        const { interval = 50, timeout = 1000 } = options
        const { setTimeout } = context.require('timers/promises')
        for (const end = context.host.uptime() + timeout; ; ) {
          try {
            return await condition()
          } catch (error) {
            if (context.host.uptime() > end) throw error
          }
          await setTimeout(interval)
        }
      },
    }
    for (const hook of Object.keys(node.hooks) as Hook[]) {
      t[hook] = (fn: Loose) => void node.hooks[hook].push(fn)
    }
    contexts.set(node, t)
    return t
  }

  function countedAssert(count: () => void): Loose {
    const assert = context.require('assert')
    const checks: Loose = {}
    for (const name of Object.keys(assert)) {
      if (typeof assert[name] !== 'function' || /^[A-Z]|strict$/.test(name)) continue
      checks[name] = (...args: unknown[]) => {
        count()
        return assert[name](...args)
      }
    }
    return checks
  }

  /** `test.skip`, `.todo` and `.only` set the option of that name. */
  function withVariants(isSuite: boolean, name: string): Loose {
    const make = (more: object) => (title: Loose, options: Loose, fn: Loose) => {
      const given = parse(title, options, fn)
      return declare(current ?? root, { ...given, options: { ...given.options, ...more } }, isSuite)
    }
    return Object.defineProperty(
      Object.assign(make({}), {
        skip: make({ skip: true }),
        todo: make({ todo: true }),
        only: make({ only: true }),
      }),
      'name',
      { value: name, configurable: true },
    )
  }

  const test = withVariants(false, 'test')
  const suite = withVariants(true, 'suite')
  const hooks: Record<string, Loose> = {}
  for (const hook of Object.keys(root.hooks) as Hook[]) {
    hooks[hook] = (fn: Loose) => void (current ?? root).hooks[hook].push(fn)
  }
  return {
    ...hooks,
    test,
    it: test,
    suite,
    describe: suite,
    mock: new MockTracker(),
    getTestContext: () => undefined,
  }
}
