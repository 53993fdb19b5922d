/** https://nodejs.org/docs/latest-v26.x/api/process.html: made with each loader, so heavy members wait for their reader. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { type Loop, loopOf } from './internal/loop.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { createEnv } from './internal/process/env.ts'
import { installExit } from './internal/process/exit.ts'
import { readOptions } from './internal/process/options.ts'
import type { ProcessParts } from './internal/process/parts.ts'
import { installSystem } from './internal/process/system.ts'
import { installUsage } from './internal/process/usage.ts'
import { installWarnings } from './internal/process/warnings.ts'
import { validateFunction, validateString } from './internal/validate.ts'

const version = 'v26.10.0'

const shim: Shim = (context) => {
  const { host, settings } = context
  const parts = (): ProcessParts => context.require('internal/process')
  const EventEmitter = context.require('events')
  const loop = loopOf(context)
  const options = readOptions(settings)
  const [command] = settings.argv
  const execPath = command?.startsWith('/') ? command : '/usr/local/bin/node'

  // As in node: an object of its own class, whose prototype inherits the emitter's.
  const { process: Process } = {
    process() {
      throw new TypeError('Illegal constructor')
    },
  }
  Process.prototype = Object.create(EventEmitter.prototype, {
    constructor: { value: Process, writable: true, configurable: true },
  })
  const process: Loose = Object.create(Process.prototype)

  const constant = (value: unknown) => ({ value, enumerable: true, configurable: true })
  Object.defineProperties(process, {
    version: constant(version),
    versions: lazy('versions', () => parts().createVersions()),
    arch: constant('x64'),
    platform: constant('linux'),
    release: lazy('release', () => parts().createRelease(version)),
    moduleLoadList: lazy('moduleLoadList', () => []),
  })
  EventEmitter.call(process)
  process.domain = null

  installExit(process, loop, host)
  installUsage(process, host)
  installSystem(context, process, loop)
  installTicks(process, loop)
  Object.defineProperties(process, {
    config: lazy('config', () => parts().createConfig('Intl' in host.global)),
    features: {
      ...lazy('features', () => parts().createFeatures(options, settings.typescript)),
      configurable: true,
    },
    finalization: lazy('finalization', () => parts().createFinalization(process), true),
    allowedNodeEnvironmentFlags: lazy(
      'allowedNodeEnvironmentFlags',
      () => parts().createEnvironmentFlags(),
      true,
    ),
    stdout: getter(() => parts().createOutput(context, 'stdout')),
    stdin: getter(() => parts().createInput(context)),
    stderr: getter(() => parts().createOutput(context, 'stderr')),
    report: getter(() => parts().createReport(context)),
    sourceMapsEnabled: {
      get: () => context.require('module').getSourceMapsSupport().enabled,
      enumerable: true,
      configurable: true,
    },
    [Symbol.toStringTag]: { value: 'process', writable: true },
  })

  let warnedOfOddValue = !options.has('--pending-deprecation')
  Object.assign(process, {
    binding: (name: unknown) => bindingOf(String(name)),
    _linkedBinding(name: unknown): never {
      throw codedError(Error, 'ERR_INVALID_MODULE', `No such binding was linked: ${name}`)
    },
    _rawDebug(...args: unknown[]): void {
      host.write('stderr', `${context.require('util').format(...args)}\n`)
    },
    _getActiveRequests: () => [...loop.requests],
    _getActiveHandles: () => [],
    getActiveResourcesInfo: () => [
      ...Array.from(loop.requests, () => 'FSReqCallback'),
      ...loop.resources,
      ...context.require('internal/timers').active(),
    ],
    _debugProcess() {},
    _debugEnd() {},
    _startProfilerIdleNotifier() {},
    _stopProfilerIdleNotifier() {},
    openStdin() {
      process.stdin.resume()
      return process.stdin
    },
    ref: (one: Loose) => call(one, 'ref'),
    unref: (one: Loose) => call(one, 'unref'),
    setSourceMapsEnabled(value: unknown): void {
      const settings = { nodeModules: value, generatedCode: value }
      context.require('module').setSourceMapsSupport(value, settings)
    },
    getBuiltinModule(id: unknown): unknown {
      validateString(id, 'id')
      if (!context.require('module').isBuiltin(id)) return undefined
      return context.exportsOf(id.replace(/^node:/, ''))
    },
    env: createEnv(settings.env, () => {
      if (warnedOfOddValue) return
      warnedOfOddValue = true
      process.emitWarning(
        'Assigning any value other than a string, number, or boolean to a process.env property is deprecated. ' +
          'Please make sure to convert the value to a string before setting process.env with it.',
        'DeprecationWarning',
        'DEP0104',
      )
    }),
    title: options.last('--title') ?? settings.argv0,
    argv: settings.argv.length > 0 ? [...settings.argv] : [execPath],
    execArgv: [...settings.execArgv],
    debugPort: 9229,
    // The engine puts the main module here.
    mainModule: undefined,
  })
  Object.defineProperties(process, {
    pid: constant(settings.pid),
    ppid: constant(settings.ppid),
    execPath: { ...constant(execPath), writable: true },
    argv0: { value: settings.argv0, enumerable: true },
  })
  installWarnings(context, process, options)
  if (host.onRejections) {
    context.onDispose(host.onRejections(parts().createRejections(process, loop, options)))
  }
  shapeMembers(process, '_kill/0 cwd:wrappedCwd dlopen/0 reallyExit/0 umask:wrappedUmask/1')
  return process

  /** A getter that makes the value at the first reading and then stands aside. */
  function lazy(name: string, make: () => unknown, writable = false): PropertyDescriptor {
    const set = (value: unknown) => {
      Object.defineProperty(process, name, { ...constant(value), writable: true })
    }
    const get = () => {
      const value = make()
      Object.defineProperty(process, name, { ...constant(value), writable })
      return value
    }
    return { get, ...(writable && { set }), enumerable: true, configurable: true }
  }

  /** A getter that stays one, as node's. */
  function getter(make: () => unknown): PropertyDescriptor {
    let value: unknown
    return { get: () => (value ??= make()), enumerable: true, configurable: true }
  }

  /** The bindings that userland came to rely on; node itself keeps no others open. */
  function bindingOf(name: string): unknown {
    if (name === 'constants') {
      const { constants: os } = context.require('os')
      return { os, fs: context.require('fs').constants, zlib: context.require('zlib').constants }
    }
    if (name === 'natives') return {}
    if (name === 'util') return { ...context.require('util').types }
    throw new Error(`No such module: ${name}`)
  }
}

function installTicks(process: Loose, loop: Loop): void {
  process.nextTick = function nextTick(callback: unknown, ...args: unknown[]): void {
    validateFunction(callback, 'callback')
    if (process._exiting) return
    loop.nextTick(callback, args)
  }
  process._tickCallback = function runNextTicks(): void {
    loop.drain()
  }
}

function call(one: Loose, method: 'ref' | 'unref'): void {
  const fn: unknown = one?.[Symbol.for(`nodejs.${method}`)] || one?.[method]
  if (typeof fn === 'function') fn.call(one)
}

export default shim
