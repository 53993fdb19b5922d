// https://nodejs.org/docs/latest-v26.x/api/diagnostics_channel.html

import { createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose, LooseFunction } from './internal/loose.ts'
import { nameClass, nameMembers, shapeMembers } from './internal/names.ts'
import { disposeSymbol } from './internal/symbols.ts'
import { type ChannelName, createTracingChannels } from './internal/tracing-channel.ts'
import { validateFunction } from './internal/validate.ts'

type Subscriber = (message: unknown, name: ChannelName) => void

const createDiagnosticsChannel: Shim = (context) => {
  const channels = new Map<ChannelName, Channel>()

  /** What a subscriber throws must not reach the publisher. */
  const throwLater = (error: unknown): void => {
    context.require('process').nextTick(() => {
      throw error
    })
  }

  class Channel {
    // Underscored and `undefined` without subscribers, as node's: instrumentation packages look at them.
    _subscribers: Subscriber[] | undefined = undefined
    _stores: Map<Loose, LooseFunction | undefined> | undefined = undefined
    name: ChannelName

    constructor(name: ChannelName) {
      this.name = name
      channels.set(name, this)
    }
    // Throws for what is no object, as node's does.
    static [Symbol.hasInstance](value: object): boolean {
      return Object.getPrototypeOf(value) === Channel.prototype
    }
    subscribe(subscription: Subscriber): void {
      validateFunction(subscription, 'subscription')
      // A new array each time: a publish that is under way goes on with the old one.
      this._subscribers = [...(this._subscribers ?? []), subscription]
      this._stores ??= new Map()
    }
    unsubscribe(subscription: Subscriber): boolean {
      const index = this._subscribers?.indexOf(subscription) ?? -1
      if (index === -1) return false
      this._subscribers = this._subscribers?.toSpliced(index, 1)
      forgetIfUnused(this)
      return true
    }
    bindStore(store: Loose, transform?: LooseFunction): void {
      this._subscribers ??= []
      this._stores ??= new Map()
      this._stores.set(store, transform)
    }
    unbindStore(store: Loose): boolean {
      if (!this._stores?.delete(store)) return false
      forgetIfUnused(this)
      return true
    }
    get hasSubscribers(): boolean {
      return this._subscribers !== undefined
    }
    publish(data: unknown): void {
      const subscribers = this._subscribers
      if (subscribers === undefined) return
      for (const subscriber of subscribers) {
        try {
          subscriber(data, this.name)
        } catch (error) {
          throwLater(error)
        }
      }
    }
    runStores(data: unknown, fn: LooseFunction, thisArg?: unknown, ...args: unknown[]): unknown {
      if (this._subscribers === undefined) return Reflect.apply(fn, thisArg, args)
      const scope = this.withStoreScope(data)
      try {
        return Reflect.apply(fn, thisArg, args)
      } finally {
        scope[disposeSymbol]()
      }
    }
    withStoreScope(data?: unknown): Loose {
      const scopes: Loose[] = []
      const leave = (): void => {
        for (const scope of scopes.splice(0).reverse()) scope[disposeSymbol]()
      }
      try {
        for (const [store, transform] of this._stores ?? []) {
          let value = data
          try {
            if (transform) value = transform(data)
          } catch (error) {
            throwLater(error)
            continue
          }
          scopes.push(store.withScope(value))
        }
        this.publish(data)
      } catch (error) {
        leave()
        throw error
      }
      return { [disposeSymbol]: leave }
    }
  }

  function forgetIfUnused(channel: Channel): void {
    if (channel._subscribers?.length || channel._stores?.size) return
    channel._subscribers = undefined
    channel._stores = undefined
  }

  function channel(name: ChannelName): Channel {
    const known = channels.get(name)
    if (known) return known
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw createError('ERR_INVALID_ARG_TYPE', 'channel', ['string', 'symbol'], name)
    }
    return new Channel(name)
  }

  nameClass(Channel, 'Channel')
  shapeMembers(Channel.prototype, 'publish/0 unbindStore/0 unsubscribe/0 withStoreScope/0')
  const { BoundedChannel, TracingChannel } = createTracingChannels(context, Channel, channel)
  return nameMembers({
    channel,
    hasSubscribers: (name: ChannelName) => channels.get(name)?.hasSubscribers ?? false,
    subscribe: (name: ChannelName, subscription: Subscriber) =>
      channel(name).subscribe(subscription),
    tracingChannel: (nameOrChannels: Loose) => new TracingChannel(nameOrChannels),
    unsubscribe: (name: ChannelName, subscription: Subscriber) =>
      channel(name).unsubscribe(subscription),
    boundedChannel: (nameOrChannels: Loose) => new BoundedChannel(nameOrChannels),
    Channel,
    BoundedChannel,
  })
}

export default createDiagnosticsChannel
