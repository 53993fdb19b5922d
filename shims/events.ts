// https://nodejs.org/docs/latest-v26.x/api/events.html

import { createError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { createEmitter } from './internal/emitter.ts'
import { lateFunction } from './internal/late.ts'
import type { Loose } from './internal/loose.ts'
import { nameClass, nameMembers } from './internal/names.ts'
import { validateNumber, validateString } from './internal/validate.ts'
import { notImplemented } from './not-implemented.ts'

/** `EventEmitter` itself, as node exports it, with the functions of the module as its members. */
const createEvents: Shim = (context) => {
  const limit = { value: 10 }
  const EventEmitter = createEmitter(context, limit)
  const maxTargetListeners = Symbol('events.maxEventTargetListeners')
  const maxTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned')
  const waiters = () => context.require('internal/event-waiters')

  const isEventTarget = (value: Loose): boolean =>
    typeof value?.addEventListener === 'function' && typeof value.dispatchEvent === 'function'
  const notEmitter = (name: string, value: unknown): Error =>
    createError('ERR_INVALID_ARG_TYPE', name, ['EventEmitter', 'EventTarget'], value)

  function getEventListeners(emitter: Loose, type: PropertyKey): Loose[] {
    if (typeof emitter.listeners === 'function') return emitter.listeners(type)
    // A host's EventTarget keeps its listeners to itself.
    if (isEventTarget(emitter)) return notImplemented(context, 'getEventListeners(EventTarget)')()
    throw notEmitter('emitter', emitter)
  }

  function getMaxListeners(emitter: Loose): number {
    if (typeof emitter?.getMaxListeners === 'function') {
      return emitter._maxListeners === undefined ? limit.value : emitter._maxListeners
    }
    if (typeof emitter?.[maxTargetListeners] === 'number') return emitter[maxTargetListeners]
    // Signals are meant to be listened to by many.
    if (isEventTarget(emitter)) return 'aborted' in emitter ? 0 : limit.value
    throw notEmitter('emitter', emitter)
  }

  function listenerCount(emitter: Loose, type: PropertyKey): number {
    if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type)
    if (isEventTarget(emitter)) return notImplemented(context, 'listenerCount(EventTarget)')()
    throw notEmitter('emitter', emitter)
  }

  function setMaxListeners(n: number = limit.value, ...targets: Loose[]): void {
    validateNumber(n, 'setMaxListeners', 0)
    if (targets.length === 0) limit.value = n
    for (const target of targets) {
      if (isEventTarget(target)) {
        target[maxTargetListeners] = n
        target[maxTargetListenersWarned] = false
      } else if (typeof target.setMaxListeners === 'function') target.setMaxListeners(n)
      else throw notEmitter('eventTargets', target)
    }
  }

  // async_hooks needs nothing of this module, but few programs need this class: made when asked for.
  let EventEmitterAsyncResource: Loose
  const hidden = (value: unknown): PropertyDescriptor => ({ value, enumerable: false })

  for (const name of ['addAbortListener', 'once', 'on']) {
    EventEmitter[name] = lateFunction(name, 2, () => waiters()[name])
  }
  EventEmitter.getEventListeners = getEventListeners
  EventEmitter.getMaxListeners = getMaxListeners
  EventEmitter.listenerCount = listenerCount
  EventEmitter.EventEmitter = EventEmitter
  EventEmitter.usingDomains = false
  Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
    get: () => {
      EventEmitterAsyncResource ??= createAsyncResourceEmitter(context.require, EventEmitter)
      return EventEmitterAsyncResource
    },
    enumerable: true,
    configurable: true,
  })
  Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
    get: () => limit.value,
    set: (value: number) => {
      validateNumber(value, 'defaultMaxListeners', 0)
      limit.value = value
    },
    enumerable: true,
  })
  Object.defineProperties(EventEmitter, {
    kMaxEventTargetListeners: hidden(maxTargetListeners),
    kMaxEventTargetListenersWarned: hidden(maxTargetListenersWarned),
  })
  EventEmitter.setMaxListeners = setMaxListeners
  return nameMembers(EventEmitter)
}

function createAsyncResourceEmitter(require: (id: string) => Loose, EventEmitter: Loose): Loose {
  const { AsyncResource } = require('async_hooks')

  class EventEmitterReferencingAsyncResource extends AsyncResource {
    #emitter: Loose
    constructor(emitter: Loose, type: string, options: Loose) {
      super(type, options)
      this.#emitter = emitter
    }
    get eventEmitter(): Loose {
      return this.#emitter
    }
  }

  class EventEmitterAsyncResource extends EventEmitter {
    #resource: Loose
    constructor(options: Loose = undefined) {
      const isName = typeof options === 'string'
      const settings = isName ? undefined : options
      if (!isName && new.target === EventEmitterAsyncResource) {
        validateString(options?.name, 'options.name')
      }
      super(settings)
      const name = isName ? options : options?.name || new.target.name
      this.#resource = new EventEmitterReferencingAsyncResource(this, name, settings)
    }
    emit(event: PropertyKey, ...args: Loose[]): boolean {
      return this.#resource.runInAsyncScope(super.emit, this, event, ...args)
    }
    emitDestroy(): void {
      this.#resource.emitDestroy()
    }
    get asyncId(): number {
      return this.#resource.asyncId()
    }
    get triggerAsyncId(): number {
      return this.#resource.triggerAsyncId()
    }
    get asyncResource(): Loose {
      return this.#resource
    }
  }
  nameClass(EventEmitterReferencingAsyncResource, 'EventEmitterReferencingAsyncResource')
  return nameClass(EventEmitterAsyncResource, 'EventEmitterAsyncResource')
}

export default createEvents
