/**
 * The guest's share of the host's event loop, one per loader: its tick queue, what keeps it alive, how it ends, and the
 * one door (`run`) through which every callback of the guest goes.
 */

import { createError } from '../../src/errors.ts'
import type { ShimContext } from '../../src/seams.ts'
import { ExitSignal } from './exit-signal.ts'

interface Tick {
  // biome-ignore lint/complexity/noBannedTypes: whatever the guest handed to nextTick
  readonly callback: Function
  readonly args: readonly unknown[]
  readonly frame: unknown
}

export interface Loop {
  /** The guest has exited, has died of an error, or its loader was disposed of: nothing of it runs any more. */
  readonly ended: boolean
  /** Timers and immediates that keep the guest alive. */
  readonly held: number
  /** What the asynchronous context (`AsyncLocalStorage`) is now; timers and ticks carry it from where they were made. */
  frame: unknown
  /** Takes over the exit code when the guest ends by itself (`process.exit()` in a callback). */
  onExit: ((exitCode: number) => void) | undefined
  /** Called when nothing is left that keeps the guest alive, after the callback that let it go. */
  onIdle: (() => void) | undefined
  // biome-ignore lint/complexity/noBannedTypes: whatever the guest handed to nextTick
  nextTick(callback: Function, args: readonly unknown[]): void
  queueMicrotask(callback: () => void): void
  /** Runs a callback of the guest as node's loop does: in its context, ticks afterwards, errors to `uncaughtException`. */
  run(callback: () => void, frame?: unknown): void
  /** Empties the tick queue, as node does when the main module has run. */
  drain(): void
  hold(): void
  release(): void
  /** Asks the guest's handlers; throws the error on when none wants it, and the guest is dead then. */
  uncaught(error: unknown): void
  end(): void
}

const loops = new WeakMap<object, Loop>()

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
  const enqueue =
    host.queueMicrotask ?? ((callback: () => void) => void Promise.resolve().then(callback))
  let ended = false
  let held = 0
  let queue: Tick[] = []
  let head = 0
  let scheduled = false
  /** Callbacks under way, one in the other; the outermost drains the ticks. */
  let depth = 0

  const loop: Loop = {
    frame: undefined,
    onExit: undefined,
    onIdle: undefined,
    get ended() {
      return ended
    },
    get held() {
      return held
    },
    nextTick(callback, args) {
      if (ended) return
      queue.push({ callback, args, frame: loop.frame })
      if (scheduled || depth > 0) return
      scheduled = true
      enqueue(drainLater)
    },
    queueMicrotask(callback) {
      const { frame } = loop
      enqueue(() => {
        if (!ended) guard(callback, frame)
      })
    },
    run(callback, frame) {
      if (ended) return
      depth++
      try {
        guard(callback, frame)
        if (depth === 1) loop.drain()
      } finally {
        depth--
        // An error that nobody wanted leaves by here, and ticks may still be waiting.
        if (depth === 0 && head < queue.length && !scheduled && !ended) {
          scheduled = true
          enqueue(drainLater)
        }
      }
      if (depth === 0 && held === 0 && !ended) loop.onIdle?.()
    },
    drain() {
      depth++
      try {
        // Ticks that are added meanwhile are run too: node starves its loop in the same way.
        while (head < queue.length && !ended) {
          const { callback, args, frame } = queue[head++] as Tick
          // In strides, as taking them off one by one would cost the square of their number.
          if (head === 1024) {
            queue.splice(0, head)
            head = 0
          }
          guard(() => callback(...args), frame)
        }
        queue = []
        head = 0
      } finally {
        depth--
      }
    },
    hold() {
      held++
    },
    release() {
      held--
    },
    uncaught(error) {
      if (error instanceof ExitSignal) {
        loop.end()
        loop.onExit?.(error.exitCode)
        return
      }
      const process = context.require('process')
      let handled: boolean
      try {
        handled = process._fatalException(error, false)
      } catch (second) {
        // A handler that throws ends the guest as well; an exit from within a handler is an exit.
        if (second instanceof ExitSignal) return loop.uncaught(second)
        loop.end()
        loop.onExit?.(7)
        throw second
      }
      if (handled) return
      loop.end()
      loop.onExit?.(Number(process.exitCode ?? 1))
      throw error
    },
    end() {
      ended = true
      queue = []
      head = 0
    },
  }

  function guard(callback: () => void, frame: unknown): void {
    const before = loop.frame
    loop.frame = frame
    try {
      callback()
    } catch (error) {
      loop.uncaught(error)
    } finally {
      loop.frame = before
    }
  }

  function drainLater(): void {
    scheduled = false
    if (ended) return
    loop.drain()
    if (depth === 0 && held === 0 && !ended) loop.onIdle?.()
  }

  context.onDispose(() => loop.end())
  return loop
}

/** The error of a host that gives no timers. */
export function lacksTimers(context: ShimContext, what: string): Error {
  return createError('ERR_LODGER_HOST_LACKS', what, context.host.name, 'setTimeout')
}
