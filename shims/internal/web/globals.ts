/** The names of the web platform: the host's where it has them, else ours. Each loader gets its own of ours. */

import type { Shim, ShimContext } from '../../../src/seams.ts'
import { bytesOf, typedArrayName } from '../brands.ts'
import type { Loose } from '../loose.ts'
import { channelEnds, closeWithLoader } from './channels.ts'
import type { WebClasses } from './classes.ts'

type Values = Map<string, Loose>

/** Each makes what it is named after, and its family with it: classes of ours only fit each other. */
const makers: Readonly<Record<string, (context: ShimContext, values: Values) => object>> = {
  URL: createUrl,
  URLSearchParams: createUrl,
  TextEncoder: createText,
  TextDecoder: createText,
  DOMException: (context) => ({ DOMException: ours(context).createDomException() }),
  Event: createEvents,
  CustomEvent: createEvents,
  EventTarget: createEvents,
  AbortController: createEvents,
  AbortSignal: createEvents,
  structuredClone: (context) => ({
    structuredClone: ours(context).createStructuredClone(webGlobal(context, 'DOMException')),
  }),
  crypto: createCrypto,
  navigator: () => ({
    navigator: Object.freeze({
      hardwareConcurrency: 1,
      language: 'en-US',
      languages: Object.freeze(['en-US']),
      platform: 'linux',
      userAgent: 'Node.js/26',
    }),
  }),
}

const loaders = new WeakMap<object, Values>()

/** For `shims/globals.ts`: from a name to its value. */
const shim: Shim = (context) => (name: string) => webGlobal(context, name)

export default shim

/** `undefined` when neither the host nor we have it. */
export function webGlobal(context: ShimContext, name: string): Loose {
  let values = loaders.get(context.global)
  if (values === undefined) {
    values = new Map()
    loaders.set(context.global, values)
  }
  if (values.has(name)) return values.get(name)
  const given = hostMember(context, name)
  if (given !== undefined) values.set(name, given)
  else {
    for (const [key, value] of Object.entries(makers[name]?.(context, values) ?? {})) {
      if (!values.has(key)) values.set(key, value)
    }
  }
  return values.get(name)
}

function hostMember(context: ShimContext, name: string): Loose {
  const { host } = context
  if (name === 'fetch') return fetchOf(context)
  const value = (host.global as Loose)[name]
  // A browser's functions want to be called on their window; classes are called by `new` and stay what they are.
  if (value !== undefined && name in channelEnds) return closeWithLoader(context, name, value)
  const isMethod = typeof value === 'function' && /^[a-z]/.test(name)
  if (!isMethod) return value
  const bound = value.bind(host.global)
  return Object.defineProperty(bound, 'name', { value: name, configurable: true })
}

/** The host's, and nothing arrives once the guest has ended. */
function fetchOf({ host, ...context }: ShimContext): Loose {
  if (host.fetch === undefined) return undefined
  const request = host.fetch
  return function fetch(input: unknown, ...[init]: unknown[]): Promise<unknown> {
    return context.require('internal/loop').whileAlive(request(input, init))
  }
}

/** Few hosts need them. */
function ours(context: ShimContext): WebClasses {
  return context.require('internal/web/classes')
}

function createUrl(context: ShimContext): object {
  return context.require('internal/whatwg-url').createWhatwgUrl(context)
}

function createText(context: ShimContext): object {
  return ours(context).createTextClasses()
}

function createEvents(context: ShimContext): object {
  const { createEventClasses, createAbortClasses } = ours(context)
  const events = createEventClasses(context)
  const { Event, CustomEvent, EventTarget } = events
  const DOMException = webGlobal(context, 'DOMException')
  return { Event, CustomEvent, EventTarget, ...createAbortClasses(context, events, DOMException) }
}

/** What can be had of Web Crypto from random bytes alone. */
function createCrypto(context: ShimContext): object {
  if (context.host.fillRandom === undefined) return {}
  return {
    crypto: {
      getRandomValues(array: Loose): Loose {
        const DOMException = webGlobal(context, 'DOMException')
        if (!/^(Big)?(Int|Uint)/.test(typedArrayName(array) ?? '')) {
          const text = 'The data argument must be an integer-type TypedArray'
          throw new DOMException(text, 'TypeMismatchError')
        }
        if (array.byteLength > 65536) {
          const text = 'The requested length exceeds 65,536 bytes'
          throw new DOMException(text, 'QuotaExceededError')
        }
        context.host.fillRandom?.(bytesOf(array))
        return array
      },
      randomUUID: (): string => context.require('crypto').randomUUID(),
    },
  }
}
