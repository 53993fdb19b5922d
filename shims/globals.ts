/**
 * What guest code finds on its `globalThis` beside the language: every name of node 26's that lodger can honour. Each
 * loader needs this file as it is made, so it imports no other shim: what gives the values comes by its id.
 */

import { createError } from '../src/errors.ts'
import type { ShimContext } from '../src/seams.ts'

const timerNames =
  'clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout'.split(' ')

/** Classes and objects of the web platform; absent where neither the host nor lodger has them. */
const webNames = (
  'URL URLSearchParams DOMException QuotaExceededError AbortController AbortSignal Event EventTarget CustomEvent ' +
  'TextEncoder TextDecoder TransformStream TransformStreamDefaultController WritableStream ' +
  'WritableStreamDefaultController WritableStreamDefaultWriter ReadableStream ReadableStreamDefaultReader ' +
  'ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController ' +
  'ReadableStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream ' +
  'TextDecoderStream CompressionStream DecompressionStream BroadcastChannel MessageChannel MessagePort Blob File ' +
  'URLPattern FormData Headers Request Response MessageEvent CloseEvent ErrorEvent WebSocket Crypto CryptoKey ' +
  'SubtleCrypto WebAssembly Navigator'
).split(' ')

const ours = [
  'structuredClone',
  'URL',
  'URLSearchParams',
  'DOMException',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'CustomEvent',
  'TextEncoder',
  'TextDecoder',
  'navigator',
]

const performanceNames = (
  'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver ' +
  'PerformanceObserverEntryList PerformanceResourceTiming'
).split(' ')

interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: new (descriptor: object) => { buffer: object } }
}

/**
 * Descriptors for the guest's `globalThis`. Values are made when they are first read, and may be assigned to, as in
 * node. `process`, `Buffer`, `console` and the timers are always the loader's own.
 */
export function guestGlobals(context: ShimContext): Record<string, PropertyDescriptor> {
  const { global, host } = context
  const descriptors: Record<string, PropertyDescriptor> = {}

  function lazily(name: string, enumerable: boolean, get: () => unknown): void {
    descriptors[name] = { get, enumerable, configurable: true }
  }

  lazily('global', true, () => global)
  lazily('process', false, () => context.require('process'))
  lazily('Buffer', false, () => context.require('buffer').Buffer)
  lazily('console', false, () => context.require('console'))
  for (const name of timerNames) lazily(name, true, () => context.require('timers')[name])
  lazily('queueMicrotask', true, () => {
    const loop = context.require('internal/loop')
    return function queueMicrotask(callback: unknown): void {
      if (typeof callback !== 'function') {
        throw createError('ERR_INVALID_ARG_TYPE', 'callback', 'Function', callback)
      }
      loop.queueMicrotask(callback)
    }
  })
  lazily('atob', true, () => context.require('buffer').atob)
  lazily('btoa', true, () => context.require('buffer').btoa)
  lazily('performance', true, () => context.require('perf_hooks').performance)
  for (const name of performanceNames) {
    lazily(name, false, () => context.require('perf_hooks')[name])
  }

  const webGlobal = (name: string) => context.require('internal/web')(name)
  // Not read: with node as the host that would load half of undici.
  const has = (name: string) => ours.includes(name) || name in host.global
  for (const name of webNames) {
    if (has(name)) lazily(name, false, () => webGlobal(name))
  }
  if (!('SharedArrayBuffer' in host.global) && 'WebAssembly' in host.global) {
    // A page that is not isolated has the class, but no name for it; programs read it as they load.
    lazily('SharedArrayBuffer', false, () => {
      const { Memory } = (host.global as unknown as WithWebAssembly).WebAssembly
      return new Memory({ initial: 0, maximum: 0, shared: true }).buffer.constructor
    })
  }
  lazily('structuredClone', true, () => webGlobal('structuredClone'))
  lazily('navigator', true, () => webGlobal('navigator'))
  if (context.settings.execArgv.some((flag) => /^--expose[-_]gc$/.test(flag))) {
    // A program that asks for it waits for what follows; where the host has none, the engine collects when it likes.
    lazily('gc', true, () => (host.global as { gc?: unknown }).gc ?? function gc(): void {})
  }
  if (host.fetch !== undefined) lazily('fetch', true, () => webGlobal('fetch'))
  if ('crypto' in host.global || host.fillRandom !== undefined) {
    lazily('crypto', true, () => webGlobal('crypto'))
  }
  return descriptors
}
