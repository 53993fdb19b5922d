/**
 * The guest's share of the host's event loop, one per loader: its tick queue, what keeps it alive, how it ends, and the
 * one door (`run`) through which every callback of the guest goes.
 */

import { hostLacks } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { ExitSignal } from './exit-signal.ts'

/** What the guest has begun: how `async_hooks` knows it, and the context that comes back with its callback. */
export interface Task {
  readonly asyncId: number
  readonly triggerAsyncId: number
  /** What `executionAsyncResource()` gives while it runs, made when somebody asks; never the task, as it holds the frame. */
  resource: object | undefined
  readonly frame: unknown
}

// biome-ignore lint/complexity/noBannedTypes: whatever the guest wants called back
type Callback = Function

interface Tick extends Task {
  readonly callback: Callback
  readonly args: readonly unknown[]
}

/** Who hears of tasks: the enabled hooks of `async_hooks`. */
export interface TaskObserver {
  init(task: Task, type: string): void
  before(asyncId: number): void
  after(asyncId: number): void
  destroy(asyncId: number): void
}

export interface Loop {
  /** The guest has exited, has died of an error, or its loader was disposed of: nothing of it runs any more. */
  readonly ended: boolean
  /** Timers and immediates that keep the guest alive. */
  readonly held: number
  /** Calls of `fs` that wait for their callbacks. */
  readonly requests: Set<object>
  /** What the asynchronous context (`AsyncLocalStorage`) is now; every task carries it from where it was begun. */
  frame: unknown
  /** The task that is running; the main program where none is. */
  readonly current: Task
  /** Set while some hook is enabled. */
  observer: TaskObserver | undefined
  /** Takes over the exit code when the guest ends by itself (`process.exit()` in a callback). */
  onExit: ((exitCode: number) => void) | undefined
  /** Called when nothing is left that keeps the guest alive, after the callback that let it go. */
  onIdle: (() => void) | undefined
  /** Takes the error that ended the guest; where absent it goes on to the host. */
  onFatal: ((error: unknown) => void) | undefined
  /** Told of the signal that ends the guest, before its exit. */
  onSignal: ((name: string) => void) | undefined
  /** Something begins whose callback comes later. @param type as hooks are told, `Timeout` and the like */
  begin(type: string, resource?: object, triggerAsyncId?: number): Task
  /** Runs a part of a task at once, whoever calls; what it throws is the caller's. */
  within<Result>(task: Task, run: () => Result): Result
  nextTick(callback: Callback, args: unknown[]): void
  queueMicrotask(callback: () => void): void
  /** Calls back after the running job, as the host has it: no hook hears of it, and no context is carried. */
  queueJob(callback: () => void): void
  /** Runs a callback of the guest as node's loop does: in its context, ticks afterwards, errors to `uncaughtException`. */
  run(callback: () => void, task?: Task): void
  /** Empties the tick queue, as node does when the main module has run. */
  drain(): void
  /** The promise as the guest may have it: once the guest has ended, it stays as it is for ever. */
  whileAlive<Value>(promise: Value | Promise<Value>): Promise<Value>
  /** Calls back when the host's loop turns, after all jobs of promises. It is no callback of the guest and holds nothing. */
  defer(callback: () => void): void
  /** What holds it beside timers and `requests`, as `process.getActiveResourcesInfo()` names it. */
  readonly resources: string[]
  hold(resource?: string): void
  release(resource?: string): void
  /** Asks the guest's handlers; throws the error on when none wants it, and the guest is dead then. */
  uncaught(error: unknown, fromPromise?: boolean): void
  end(): void
}

const loops = new WeakMap<object, Loop>()

let latest: WeakRef<Loop> | undefined

/** The loop that has run last, of all loaders of the realm: what a host tells of no loader in particular is its. */
export function latestLoop(): Loop | undefined {
  return latest?.deref()
}

/** What hooks and `executionAsyncResource()` see of a task. */
export function resourceOf(task: Task): object {
  task.resource ??= {}
  return task.resource
}

/** The loader's loop; the first shim that asks makes it. */
export function loopOf(context: ShimContext): Loop {
  let loop = loops.get(context.global)
  if (loop === undefined) {
    loop = createLoop(context)
    loops.set(context.global, loop)
  }
  return loop
}

/** The loop of the loader whose `globalThis` that is, if a shim has needed one: for the engine. */
export function loopOfGlobal(global: object): Loop | undefined {
  return loops.get(global)
}

function createLoop(context: ShimContext): Loop {
  const { host } = context
  const { asyncContext } = host
  const queueJob =
    host.queueMicrotask ?? ((callback: () => void) => void Promise.resolve().then(callback))
  // A tick comes behind all promise jobs that are waiting, where the host can tell when that is.
  const queueDrain = host.nextTick ?? queueJob
  let ended = false
  let held = 0
  let queue: Tick[] = []
  let head = 0
  let scheduled = false
  /** Callbacks under way, one in the other; the outermost drains the ticks. */
  let depth = 0
  // 1 is the main program, whose trigger is nobody.
  let lastId = 1
  const main: Task = { asyncId: 1, triggerAsyncId: 0, resource: undefined, frame: undefined }
  let current = main
  /** Only where the host carries none. */
  let frame: unknown

  const loop: Loop = {
    requests: new Set(),
    resources: [],
    observer: undefined,
    onExit: undefined,
    onIdle: undefined,
    onFatal: undefined,
    onSignal: undefined,
    get ended() {
      return ended
    },
    get held() {
      return held
    },
    get current() {
      return current
    },
    get frame() {
      return frame ?? asyncContext?.get()
    },
    set frame(value) {
      // The host is not asked before some guest has set a frame: carrying may cost it.
      if (value !== loop.frame && !asyncContext?.set(value)) frame = value
    },
    begin(type, resource, triggerAsyncId = current.asyncId) {
      const task = { asyncId: ++lastId, triggerAsyncId, resource, frame: loop.frame }
      loop.observer?.init(task, type)
      return task
    },
    within(task, run) {
      const outer = current
      const outerFrame = loop.frame
      current = task
      if (task.frame !== outerFrame) loop.frame = task.frame
      if (task !== main) loop.observer?.before(task.asyncId)
      try {
        return run()
      } finally {
        if (task !== main) loop.observer?.after(task.asyncId)
        current = outer
        loop.frame = outerFrame
      }
    },
    nextTick(callback, args) {
      if (ended) return
      const tick: Tick = {
        asyncId: ++lastId,
        triggerAsyncId: current.asyncId,
        resource: undefined,
        frame: loop.frame,
        callback,
        args,
      }
      queue.push(tick)
      loop.observer?.init(tick, 'TickObject')
      if (scheduled || depth > 0) return
      scheduled = true
      queueDrain(drainLater)
    },
    queueMicrotask(callback) {
      const task = loop.begin('Microtask')
      queueJob(() => {
        if (ended) return
        latest = reference
        guard(callback, task)
        loop.observer?.destroy(task.asyncId)
      })
    },
    queueJob,
    run(callback, task = main) {
      if (ended) return
      latest = reference
      depth++
      try {
        guard(callback, task)
        if (depth === 1) loop.drain()
      } finally {
        depth--
        // An error that nobody wanted leaves by here, and ticks may still be waiting.
        if (depth === 0 && head < queue.length && !scheduled && !ended) {
          scheduled = true
          queueDrain(drainLater)
        }
      }
      if (depth === 0 && held === 0 && !ended) loop.onIdle?.()
    },
    drain() {
      latest = reference
      depth++
      try {
        // Ticks that are added meanwhile are run too: node starves its loop in the same way.
        while (head < queue.length && !ended) {
          const tick = queue[head++] as Tick
          // In strides, as taking them off one by one would cost the square of their number.
          if (head === 1024) {
            queue.splice(0, head)
            head = 0
          }
          const { callback, args } = tick
          guard(() => callback(...args), tick)
          loop.observer?.destroy(tick.asyncId)
        }
        queue = []
        head = 0
      } finally {
        depth--
      }
    },
    whileAlive: (promise) =>
      new Promise((resolve, reject) => {
        const settle =
          <Result>(action: (result: Result) => void) =>
          (result: Result) => {
            if (ended) return
            // What waits for it runs now, through no callback of ours.
            latest = reference
            action(result)
          }
        Promise.resolve(promise).then(settle(resolve), settle(reject))
      }),
    defer(callback) {
      if (host.setImmediate) host.setImmediate(callback)
      else if (host.setTimeout) host.setTimeout(callback, 0)
      else queueJob(callback)
    },
    hold(resource) {
      held++
      if (resource) loop.resources.push(resource)
    },
    release(resource) {
      held--
      if (resource) loop.resources.splice(loop.resources.indexOf(resource), 1)
      if (held === 0 && depth === 0 && !ended) loop.onIdle?.()
    },
    uncaught(error, fromPromise = false) {
      if (error instanceof ExitSignal) {
        loop.end()
        loop.onExit?.(error.exitCode)
        return
      }
      // It has been asked about already, and is on its way out.
      if (ended) throw error
      const process = context.require('process')
      let handled: boolean
      try {
        handled = process._fatalException(error, fromPromise)
      } catch (second) {
        // A handler that throws ends the guest as well; an exit from within a handler is an exit.
        if (second instanceof ExitSignal) return loop.uncaught(second)
        return die(second, 7)
      }
      if (!handled) return die(error, Number(process.exitCode ?? 1))
      // As in node another turn of the loop follows, after which the guest is asked anew whether it is done.
      context.require('internal/timers').createImmediate(() => {})
    },
    end() {
      ended = true
      queue = []
      head = 0
    },
  }

  function die(error: unknown, exitCode: number): void {
    context.clean(error)
    loop.end()
    loop.onFatal?.(error)
    loop.onExit?.(exitCode)
    if (loop.onFatal === undefined) throw error
  }

  function guard(callback: () => void, task: Task): void {
    loop.within(task, () => {
      try {
        callback()
      } catch (error) {
        loop.uncaught(error)
      }
    })
  }

  function drainLater(): void {
    scheduled = false
    if (ended || head === queue.length) return
    loop.drain()
    if (depth === 0 && held === 0 && !ended) loop.onIdle?.()
  }

  const reference = new WeakRef(loop)

  /** Before anything runs, so that its ticks come before its promise jobs. */
  function enter(): void {
    latest = reference
    if (scheduled || depth > 0 || ended) return
    scheduled = true
    queueJob(drainLater)
  }

  enter()
  context.onEnter(enter)
  context.onDispose(() => loop.end())
  return loop
}

/** The error of a host that gives no timers. */
export function lacksTimers(context: ShimContext, what: string): Error {
  return hostLacks(what, context.host.name, 'setTimeout')
}
