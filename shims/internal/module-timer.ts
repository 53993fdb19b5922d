/** How long each `require` takes: lines on stderr for NODE_DEBUG=module_timer, and the trace events of `node.module_timer`. */

import type { Shim } from '../../src/seams.ts'
import { isSectionNamed, sectionHead } from './debuglog.ts'
import { formatTime } from './format-time.ts'
import { loopOf } from './loop.ts'
import type { TraceEvents } from './trace-events.ts'

const category = 'node.module_timer'
const section = 'MODULE_TIMER'

export interface ModuleTimer {
  /** @param parent who requires */
  time<Result>(
    request: string,
    parent: { id: string } | null | undefined,
    load: () => Result,
  ): Result
}

const shim: Shim = (context): ModuleTimer => {
  const { host, settings } = context
  const events: TraceEvents = context.require('internal/trace-events')
  const isLogging = isSectionNamed(settings.env.NODE_DEBUG, section)
  const starts = new Map<string, number>()
  const warn = (message: string): void => context.require('process').emitWarning(message)

  /** An exit of the guest unwinds what it was loading. */
  const isOn = () => (isLogging || events.records(category)) && !loopOf(context).ended

  function start(label: string, name: string): void {
    if (starts.has(label)) {
      warn(`Label '${label}' already exists for debuglog.time`)
      return
    }
    events.add('b', category, name)
    starts.set(label, host.uptime())
  }

  function log(label: string): void {
    const started = starts.get(label)
    if (started === undefined) warn(`No such label '${label}' for debuglog.timeEnd`)
    else {
      const time = formatTime(host.uptime() - started)
      const { stderr } = context.require('process')
      stderr.write(`${sectionHead(context, section)} ${label}: ${time}\n`)
    }
  }

  function end(label: string, name: string): void {
    if (isLogging) log(label)
    events.add('e', category, name)
    starts.delete(label)
  }

  return {
    time(request, parent, load) {
      const label = `[${parent?.id || ''}] [${request}]`
      const name = `require('${request}')`
      // What is loaded may switch the events on or off.
      if (isOn()) start(label, name)
      try {
        return load()
      } finally {
        if (isOn()) end(label, name)
      }
    },
  }
}

export default shim
