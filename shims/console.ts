/** https://nodejs.org/docs/latest-v26.x/api/console.html */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import { createMethods, type State } from './internal/console/methods.ts'
import type { Loose } from './internal/loose.ts'
import { nameFunction, nameMembers, shapeMembers } from './internal/names.ts'
import { validateInteger, validateObject, validateOneOf } from './internal/validate.ts'

const hidden = (value: unknown) => ({
  value,
  writable: true,
  enumerable: false,
  configurable: true,
})

const noop = (): void => {}

const shim: Shim = (context) => {
  const states = new WeakMap<object, State>()
  const stateOf = (console: Loose): State => {
    const state = states.get(console)
    if (state === undefined) throw new TypeError('Illegal invocation')
    return state
  }

  function Console(this: Loose, options: Loose, ...rest: Loose[]): Loose {
    if (new.target === undefined) return Reflect.construct(Console as Loose, [options, ...rest])
    if (!options || typeof options.write === 'function') {
      const [stderr, ignoreErrors] = rest
      options = { stdout: options, stderr, ignoreErrors }
    }
    const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto' } = options
    const { inspectOptions, groupIndentation } = options
    for (const [name, stream] of Object.entries({ stdout, stderr })) {
      if (typeof (stream as Loose)?.write === 'function') continue
      throw codedError(
        TypeError,
        'ERR_CONSOLE_WRITABLE_STREAM',
        `Console expects a writable stream instance for ${name}`,
      )
    }
    validateOneOf(colorMode, 'colorMode', ['auto', true, false])
    if (groupIndentation !== undefined) {
      validateInteger(groupIndentation, 'groupIndentation', 0, 1000)
    }
    let perStream: Map<unknown, Loose> | undefined
    if (inspectOptions !== undefined) {
      validateObject(inspectOptions, 'options.inspectOptions')
      perStream =
        inspectOptions instanceof Map
          ? inspectOptions
          : new Map([
              [stdout, inspectOptions],
              [stderr, inspectOptions],
            ])
      for (const { colors } of perStream.values()) {
        if (colors === undefined || options.colorMode === undefined) continue
        throw codedError(
          TypeError,
          'ERR_INCOMPATIBLE_OPTION_PAIR',
          'Option "options.inspectOptions.color" cannot be used in combination with option "colorMode"',
        )
      }
    }
    // Bound from the instance: a subclass may have methods of its own by these names.
    for (const name of Object.keys(Console.prototype)) {
      this[name] = bind(this[name], this, name)
    }
    Object.defineProperties(this, { _stdout: hidden(stdout), _stderr: hidden(stderr) })
    install(this, ignoreErrors, colorMode, groupIndentation, perStream)
    return this
  }
  Object.defineProperty(Console, 'length', { value: 1, configurable: true })

  function install(
    console: Loose,
    ignoreErrors: unknown,
    colorMode: boolean | 'auto',
    width = 2,
    inspectOptions: Map<unknown, Loose> | undefined = undefined,
  ): void {
    states.set(console, { counts: new Map(), width, indentation: '', colorMode, inspectOptions })
    /** A stream that fails later must not take the guest with it because of a console. */
    const handler = (name: string) => (error: unknown) => {
      const stream = console[name]
      if (error === null || stream._writableState?.errorEmitted) return
      if (stream.listenerCount('error') === 0) stream.once('error', noop)
    }
    Object.defineProperties(console, {
      _stdoutErrorHandler: hidden(handler('_stdout')),
      _stderrErrorHandler: hidden(handler('_stderr')),
      _ignoreErrors: hidden(Boolean(ignoreErrors)),
      _times: hidden(new Map()),
      [Symbol.toStringTag]: { value: 'console', configurable: true },
    })
  }

  Object.assign(Console.prototype, createMethods(context, stateOf))
  // The global console is made without the constructor.
  Object.defineProperty(Console, Symbol.hasInstance, {
    value: nameFunction(
      (instance: unknown) =>
        typeof instance === 'object' && instance !== null && states.has(instance),
      '[Symbol.hasInstance]',
    ),
  })

  const console: Loose = Object.create({})
  for (const [name, method] of Object.entries(Console.prototype)) {
    console[name] = bind(method, console, name)
  }
  Object.assign(console, createInspectorMethods(console))
  const streams: Loose = {}
  for (const name of ['stdout', 'stderr']) {
    Object.defineProperty(console, `_${name}`, {
      get: () => (streams[name] ||= context.require('process')[name]),
      set(value: unknown) {
        streams[name] = value
      },
      configurable: true,
    })
  }
  install(console, true, 'auto')
  console.Console = Console
  return shapeMembers(console, 'assert/0 dir/0 table/0')
}

/** What an engine's inspector adds: nobody is looking in. */
function createInspectorMethods(console: Loose): Loose {
  const methods = {
    profile: () => {},
    profileEnd: () => {},
    timeStamp: () => {},
    context: (_name: unknown) => ({ ...console }),
    createTask(name: unknown) {
      if (typeof name !== 'string' || name === '') {
        throw new Error('First argument must be a non-empty string.')
      }
      return { run: (fn: Loose) => fn() }
    },
  }
  return shapeMembers(nameMembers(methods), 'createTask/0')
}

/** Bound methods are no constructors, as node's are not. */
function bind(method: Loose, receiver: object, name: string): Loose {
  const bound = method.bind(receiver)
  Object.defineProperty(bound, 'name', { value: name, configurable: true })
  return bound
}

export default shim
