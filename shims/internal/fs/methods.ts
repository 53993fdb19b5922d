/** Functions of `fs` that node has otherwise than memfs, or that memfs has not. */

import { codedError, createError } from '../../../src/errors.ts'
import type { ShimContext } from '../../../src/seams.ts'
import type { Loose, LooseFunction } from '../loose.ts'
import { validateBoolean, validateFunction, validateObject, validateString } from '../validate.ts'
import { fsError } from './errors.ts'
import { optionsOf, validatePath } from './paths.ts'

const warnings = {
  exists: [
    'Passing invalid argument types to fs.existsSync is deprecated',
    'DeprecationWarning',
    'DEP0187',
  ],
  mkdtemp: [
    'mkdtemp() templates ending with X are not portable. ' +
      'For details see: https://nodejs.org/api/fs.html',
  ],
}

/** @param volume memfs's volume */
export function createMethods(
  context: ShimContext,
  volume: Loose,
  readdirSync: LooseFunction,
): Record<string, LooseFunction | undefined> {
  const { Buffer } = context.require('buffer')
  const told = new Set<string>()
  const pathOf = (path: Loose, name?: string) => validatePath(context, path, name)
  const encode = (text: string, options: Loose): unknown => {
    const { encoding } = optionsOf(context, options)
    if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return text
    const bytes = Buffer.from(text)
    return encoding === 'buffer' ? bytes : bytes.toString(encoding)
  }

  const sync: Record<string, LooseFunction> = {
    readdirSync,

    realpathSync(path: Loose, options?: Loose): unknown {
      const text = pathOf(path)
      optionsOf(context, options)
      try {
        return encode(volume.realpathSync.native(text), options)
      } catch (error) {
        throw asJavaScriptRealpath(text, error as Loose)
      }
    },

    rmdirSync(path: Loose, options?: Loose): void {
      demandPlainRmdir(options)
      volume.rmdirSync(path)
    },

    existsSync(path: Loose): boolean {
      let text: string
      try {
        text = pathOf(path)
      } catch (error) {
        if ((error as Loose).code === 'ERR_INVALID_ARG_TYPE') warnOnce('exists')
        return false
      }
      return volume.existsSync(text)
    },

    mkdtempSync(prefix: Loose, options?: Loose): unknown {
      const text = pathOf(prefix, 'prefix')
      if (text.endsWith('X')) warnOnce('mkdtemp')
      optionsOf(context, options)
      for (;;) {
        const path = text + randomName()
        try {
          volume.mkdirSync(path, { mode: 0o700 })
          return encode(path, options)
        } catch (error) {
          const { code } = error as Loose
          if (code !== 'EEXIST') throw fsError(code, 'mkdtemp', `${text}XXXXXX`)
        }
      }
    },

    mkdtempDisposableSync(prefix: Loose, options?: Loose): unknown {
      const path = sync.mkdtempSync?.call(undefined, prefix, options) as string
      const fullPath = context.require('path').resolve(String(path))
      const remove = () => volume.rmSync(fullPath, { recursive: true, force: true })
      return disposable({ path, remove }, 'dispose', remove)
    },

    openAsBlobSync(path: Loose, options: Loose = {}): unknown {
      validateObject(options, 'options')
      const type = options.type || ''
      validateString(type, 'options.type')
      const { Blob } = context.require('buffer')
      let bytes: unknown
      try {
        bytes = volume.readFileSync(pathOf(path))
      } catch {
        throw createError('ERR_INVALID_ARG_VALUE', 'path', path, 'Unable to open file as blob')
      }
      return new Blob([bytes], { type })
    },
  }

  function warnOnce(name: keyof typeof warnings): void {
    if (told.has(name)) return
    told.add(name)
    context.require('process').emitWarning(...warnings[name])
  }

  function demandPlainRmdir(options: Loose): void {
    if (options === undefined || typeof options === 'function') return
    validateObject(options, 'options')
    if (options.recursive !== undefined) {
      validateBoolean(options.recursive, 'options.recursive')
      const reason = 'is no longer supported'
      throw createError('ERR_INVALID_ARG_VALUE', 'options.recursive', options.recursive, reason)
    }
  }

  /** node's own realpath goes by `lstat`, name by name, and its errors tell of the name where it ended. */
  function asJavaScriptRealpath(path: string, error: Loose): unknown {
    if (!error?.code || error.syscall !== 'realpath') return error
    const full: string = context.require('path').resolve(path)
    let end = 0
    while (end !== -1) {
      end = full.indexOf('/', end + 1)
      const place = end === -1 ? full : full.slice(0, end)
      const stats = statOrError(() => volume.lstatSync(place))
      if (stats.error) return fsError(stats.error.code, 'lstat', place)
      if (!stats.value.isSymbolicLink()) continue
      const target = statOrError(() => volume.statSync(place))
      if (target.error) return fsError(target.error.code, 'stat', place)
    }
    return error
  }

  const methods: Record<string, LooseFunction | undefined> = { ...sync }
  methods.exists = (path: Loose, callback: Loose) => {
    validateFunction(callback, 'cb')
    let text: string
    try {
      text = pathOf(path)
    } catch {
      callback(false)
      return
    }
    volume.exists(text, callback)
  }
  methods.opendir = (path: Loose, options: Loose, callback: Loose) => {
    const last = typeof options === 'function' ? options : callback
    validateFunction(last, 'callback')
    volume.opendir(path, last === options ? undefined : options, last)
  }
  methods.readdir = (path: Loose, options: Loose, callback: Loose) => {
    const last = typeof options === 'function' ? options : callback
    validateFunction(last, 'cb')
    optionsOf(context, options)
    volume.wrapAsync(readdirSync, [path, options], last)
  }
  methods.watch = (...args: Loose[]) => withCodes(() => volume.watch(...args))
  methods.watchFile = (...args: Loose[]) => withCodes(() => volume.watchFile(...args))
  for (const name of ['realpath', 'mkdtemp']) {
    methods[name] = (first: Loose, options: Loose, callback: Loose) => {
      const last = typeof options === 'function' ? options : callback
      validateFunction(last, 'cb')
      pathOf(first, name === 'mkdtemp' ? 'prefix' : 'path')
      optionsOf(context, options)
      volume.wrapAsync(sync[`${name}Sync`], [first, options], last)
    }
  }
  methods.rmdir = (path: Loose, options: Loose, callback: Loose) => {
    demandPlainRmdir(options)
    volume.rmdir(path, typeof options === 'function' ? options : callback)
  }
  return methods
}

/** memfs's errors of wrong arguments have node's texts here, and no codes. */
function withCodes<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    const { message, code } = error as Loose
    if (code !== undefined || !/^The .* must be /.test(message)) throw error
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message)
  }
}

/** `[Symbol.dispose]` or its asynchronous twin, where the realm has the symbol. */
export function disposable(target: object, name: string, dispose: () => unknown): object {
  const symbol = (Symbol as unknown as Record<string, symbol | undefined>)[name]
  return symbol === undefined ? target : Object.assign(target, { [symbol]: dispose })
}

function statOrError(action: () => Loose): { value?: Loose; error?: Loose } {
  try {
    return { value: action() }
  } catch (error) {
    return { error }
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

function randomName(): string {
  return Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join(
    '',
  )
}
