/** What `createLoader` takes, checked once and given its defaults. */
import { createError } from '../errors.ts'
import { resolve } from '../path.ts'
import type { FileSystem, Host, ProcessSettings, Transpile, TranspileStore } from '../seams.ts'
import type { HookOptions } from './hook-options.ts'

/** What may stand in a builtin's or package's place: exports, a factory of exports, a module's path, or nothing at all. */
export type Override = unknown

export interface LoaderOptions extends HookOptions {
  /**
   * `{ path: contents }`, a node-style synchronous fs (`memfs`'s `fs`, node's own, ZenFS, …) or a volume.
   * @default {}
   */
  readonly fs?: FileSystem
  /**
   * Id to stand-in. A string is a module to load instead and matches `id/…` too; a function makes the exports at the
   * first `require`; `false` forbids the id; anything else is the exports. `fs` and `node:fs` are the same id.
   * `'some-pkg>fs'` is for requests from that package only, which `lodger/core` does not know (docs/overrides.md).
   * @default {}
   */
  readonly overrides?: Readonly<Record<string, Override>>
  /** Exports that exist already, by id; a getter is not touched before the first `require`. @default {} */
  readonly modules?: Readonly<Record<string, unknown>>
  /** Jetpack's prefix map: ids that begin with a key are looked up below its directory; the longest key wins. @default {} */
  readonly paths?: Readonly<Record<string, string>>
  /** The directory beyond which nothing exists, neither by `..` nor by symlink. @default '/' */
  readonly root?: string
  /** The guest's working directory, absolute. @default the root */
  readonly cwd?: string
  /** Values that guest code sees as globals. @default {} */
  readonly globals?: Readonly<Record<string, unknown>>
  /** The guest's `process.argv`. @default ['/usr/local/bin/node'] */
  readonly argv?: readonly string[]
  /** The guest's `process.env`; NODE_PATH and HOME count for lookups. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Flags of node's command line; those that node's loader knows take effect. @default [] */
  readonly execArgv?: readonly string[]
  /** Conditions of `exports` and `imports` beside node's own. @default [] */
  readonly conditions?: readonly string[]
  /** As `--preserve-symlinks`. @default false */
  readonly preserveSymlinks?: boolean
  /** As `--preserve-symlinks-main`. @default false */
  readonly preserveSymlinksMain?: boolean
  /** As `--pending-deprecation`. @default false */
  readonly pendingDeprecation?: boolean
  /** Honours the `browser` field of each package, as bundlers do (docs/overrides.md); not in `lodger/core`. @default false */
  readonly browserField?: boolean
  /** Allowlists by package name; packages without one are not limited. Not in `lodger/core`. @default {} */
  readonly authority?: Readonly<Record<string, Authority>>
  /**
   * What makes JavaScript of `.ts`, `.tsx`, `.mts`, `.cts` and `.jsx` (docs/typescript.md): `node` strips types as node does;
   * `typescript` and `fast` take all of the language and honour tsconfig.json; a function is an engine of your own; `false`
   * is node's `--no-strip-types`. Not in `lodger/core`. @default 'node'
   */
  readonly transpile?: 'typescript' | 'fast' | 'node' | Transpile | false
  /**
   * Where texts go that were transpiled, so that it is done once (docs/typescript-cache.md); `false` is nowhere. Not in
   * `lodger/core`. @default one in memory, which the loaders of a realm share
   */
  readonly transpileCache?: TranspileStore | false
  /**
   * Keeps what `loader.graph()` says of specifiers and times (docs/hooks.md). A function is called when a module begins to
   * run, and when it has run. @default false
   */
  readonly trace?: boolean | (() => void)
  /**
   * The source map of a loaded file by the name that stacks have for it (a filename; for ES modules a URL), as JSON or as
   * an object; `undefined` where there is none (docs/stacks.md). Not in `lodger/core`.
   */
  readonly sourceMapLookup?: (name: string) => string | object | null | undefined
  /**
   * Shows the lines around the innermost place in the stacks of errors that leave the loader, as LODGER_CODE_FRAMES does
   * in `env`. Not in `lodger/core`. @default false
   */
  readonly codeFrames?: boolean
  /** Powers in place of those that the host gives, member by member. @default {} */
  readonly host?: Partial<Host>
}

/** What one package may have; a list that is absent limits nothing. */
export interface Authority {
  /** Ids of builtins; `fs` is `fs/promises` too. */
  readonly builtins?: readonly string[]
  /** Names of globals beside those of the language itself. */
  readonly globals?: readonly string[]
}

/** The options as the engine uses them. */
export interface Settings {
  readonly overrides: ReadonlyMap<string, Override>
  readonly modules: Readonly<Record<string, unknown>>
  readonly paths: readonly (readonly [prefix: string, directory: string])[]
  readonly root: string
  readonly cwd: string
  readonly globals: Readonly<Record<string, unknown>>
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly conditions: readonly string[]
  readonly preserveSymlinks: boolean
  readonly preserveSymlinksMain: boolean
  readonly pendingDeprecation: boolean
  /** Whether `node-addons` is among the conditions. */
  readonly addons: boolean
  /** Whether `require` takes ES modules. */
  readonly requireModule: boolean
  /** Whether the text decides where nothing else says what it is. */
  readonly detectModule: boolean
  /** As the flags have it. */
  readonly typescript: ProcessSettings['typescript']
  /** `--enable-source-maps` */
  readonly sourceMaps: boolean
  /** Modules of `--require`. */
  readonly preload: readonly string[]
  /** Modules of `--import`. */
  readonly imports: readonly string[]
  /** `--trace-require-module`: of which ES modules that are required a warning tells. */
  readonly traceRequireModule: string | undefined
  /** What `--input-type` says of texts that lie in no file. */
  readonly inputType: string | undefined
}

const known =
  'fs overrides modules paths root cwd globals argv env execArgv conditions preserveSymlinks preserveSymlinksMain ' +
  'pendingDeprecation host'

/** What the core is too small for. */
const ofLodger =
  /^(?:browserField|authority|hooks|resolve|load|requireHook|loadModuleHook|trace|transpile(?:Cache)?|sourceMapLookup|codeFrames)$/

/**
 * @param more names of options, each behind a space, that somebody else reads, who then sees to overrides of single
 * packages too
 * @throws ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE naming the option; ERR_LODGER_OPTIONS for options that are
 * unknown or contradict each other
 */
export function readOptions(options: LoaderOptions, more = ''): Settings {
  expectObject('options', options)
  const names = (known + more).split(' ')
  for (const key of Object.keys(options)) {
    if (names.includes(key)) continue
    if (ofLodger.test(key)) {
      throw createError('ERR_LODGER_OPTIONS', `'${key}' needs lodger, not lodger/core`)
    }
    const remedy = key.startsWith('/')
      ? `files go into { fs: { '${key}': … } }`
      : `the options are ${names.join(', ')}`
    throw createError('ERR_LODGER_OPTIONS', `there is no option '${key}'; ${remedy}`)
  }
  const root = absolutePath('options.root', options.root ?? '/')
  const cwd = absolutePath('options.cwd', options.cwd ?? root)
  const inRoot = root === '/' || cwd === root || cwd.startsWith(`${root}/`)
  if (!inRoot) {
    throw createError('ERR_LODGER_OPTIONS', `cwd '${cwd}' lies outside of root '${root}'`)
  }
  const execArgv = strings('options.execArgv', options.execArgv ?? [])
  const env = environment(options.env)
  const flags = readFlags([...splitFlags(env.NODE_OPTIONS ?? ''), ...execArgv])
  const isOn = (name: 'preserveSymlinks' | 'preserveSymlinksMain' | 'pendingDeprecation') => {
    const words = name.replace(/[A-Z]/g, '-$&')
    const variable = `NODE_${words.replaceAll('-', '_').toUpperCase()}`
    const flag = flags.switches[`--${words.toLowerCase()}`]
    return switched(name, options[name], flag) || env[variable] === '1'
  }
  const overrides = overrideMap(options.overrides, more)
  const modules = objectOr('options.modules', options.modules)
  for (const id of overrides.keys()) {
    if (!Object.hasOwn(modules, id)) continue
    throw createError('ERR_LODGER_OPTIONS', `'${id}' is both in overrides and in modules`)
  }
  return {
    overrides,
    modules,
    paths: prefixMap(options.paths, root),
    root,
    cwd,
    globals: objectOr('options.globals', options.globals),
    argv: strings('options.argv', options.argv ?? ['/usr/local/bin/node']),
    execArgv,
    env,
    conditions: [...strings('options.conditions', options.conditions ?? []), ...flags.conditions],
    preserveSymlinks: isOn('preserveSymlinks'),
    preserveSymlinksMain: isOn('preserveSymlinksMain'),
    pendingDeprecation: isOn('pendingDeprecation'),
    addons: flags.switches['--addons'] ?? true,
    requireModule: flags.switches['--require-module'] ?? true,
    detectModule: flags.switches['--experimental-detect-module'] ?? true,
    typescript: (flags.switches['--strip-types'] ?? true) && 'strip',
    sourceMaps: flags.switches['--enable-source-maps'] ?? false,
    preload: flags.preload,
    imports: flags.imports,
    traceRequireModule: flags.traceRequireModule,
    inputType: flags.inputType,
  }
}

interface Flags {
  conditions: string[]
  preload: string[]
  imports: string[]
  traceRequireModule: string | undefined
  inputType: string | undefined
  /** `--x` is on, `--no-x` is off. */
  switches: Record<string, boolean>
}

/** The flags of node that its CommonJS loader knows; the others are the guest's own affair. */
function readFlags(argv: readonly string[]): Flags {
  const flags: Flags = {
    conditions: [],
    preload: [],
    imports: [],
    traceRequireModule: undefined,
    inputType: undefined,
    switches: {},
  }
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] as string
    const equals = argument.indexOf('=')
    const name = (equals === -1 ? argument : argument.slice(0, equals)).replaceAll('_', '-')
    const value = () => (equals === -1 ? (argv[++index] ?? '') : argument.slice(equals + 1))
    switch (name) {
      case '--conditions':
      case '-C':
        flags.conditions.push(value())
        break
      case '--require':
      case '-r':
        flags.preload.push(value())
        break
      case '--import':
        flags.imports.push(value())
        break
      case '--trace-require-module':
        flags.traceRequireModule = value()
        break
      case '--input-type':
        flags.inputType = value()
        break
      default:
        flags.switches[name.replace('--no-', '--').replace(/experimental-(?=require|strip)/, '')] =
          !name.startsWith('--no-')
    }
  }
  return flags
}

/** NODE_OPTIONS: words parted by spaces, quotes as node reads them. */
function splitFlags(text: string): string[] {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? []
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1')),
  )
}

/**
 * An option beside a flag: either may say it, but not the one this and the other that.
 * @throws ERR_INVALID_ARG_TYPE, ERR_LODGER_OPTIONS
 */
export function switched(name: string, option?: boolean, flag?: boolean): boolean {
  if (option !== undefined && typeof option !== 'boolean') {
    throw createError('ERR_INVALID_ARG_TYPE', `options.${name}`, 'boolean', option)
  }
  if (option !== undefined && flag !== undefined && option !== flag) {
    throw createError('ERR_LODGER_OPTIONS', `${name} is ${option}, but execArgv says ${flag}`)
  }
  return option ?? flag ?? false
}

/** @throws ERR_INVALID_ARG_TYPE for anything but an object */
export function expectObject(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw createError('ERR_INVALID_ARG_TYPE', name, 'Object', value)
}

/** @throws ERR_INVALID_ARG_TYPE for anything but a string */
export function expectString(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw createError('ERR_INVALID_ARG_TYPE', name, 'string', value)
}

/** @throws ERR_INVALID_ARG_TYPE for anything but a function */
export function expectFunction(name: string, value: unknown): void {
  if (typeof value !== 'function')
    throw createError('ERR_INVALID_ARG_TYPE', name, 'Function', value)
}

function objectOr(
  name: string,
  value: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  expectObject(name, value)
  return value
}

/** @throws ERR_INVALID_ARG_TYPE for anything but an array of strings */
export function strings(name: string, value: readonly string[]): readonly string[] {
  if (!Array.isArray(value)) throw createError('ERR_INVALID_ARG_TYPE', name, 'Array', value)
  for (const [index, item] of value.entries()) {
    expectString(`${name}[${index}]`, item)
  }
  return [...value]
}

/**
 * A host with powers in place of its own.
 * @throws ERR_INVALID_ARG_TYPE naming the power that is no function and has to be one
 */
export function withPowers(host: Host, given: LoaderOptions['host']): Host {
  const powers: Record<string, unknown> = { ...host, ...objectOr('options.host', given) }
  for (const [name, own] of Object.entries(host)) {
    if (typeof own === 'function') expectFunction(`options.host.${name}`, powers[name] ?? own)
  }
  return powers as unknown as Host
}

function absolutePath(name: string, path: string): string {
  expectString(name, path)
  if (!path.startsWith('/')) {
    throw createError('ERR_INVALID_ARG_VALUE', name, path, 'must be an absolute path')
  }
  return resolve('/', path)
}

function environment(env: LoaderOptions['env']): Readonly<Record<string, string>> {
  const read: Record<string, string> = Object.create(null)
  for (const [key, value] of Object.entries(objectOr('options.env', env))) {
    if (value === undefined) continue
    expectString(`options.env.${key}`, value)
    read[key] = value
  }
  return read
}

function overrideMap(
  overrides: LoaderOptions['overrides'],
  more: string,
): ReadonlyMap<string, Override> {
  const map = new Map<string, Override>()
  const given = objectOr('options.overrides', overrides)
  for (const key of Object.keys(given)) {
    const value = given[key]
    const id = key.replace(/(^|>)node:/, '$1')
    if (value === undefined || value === true) {
      const reason = 'must be exports, a factory, a path or false'
      throw createError('ERR_INVALID_ARG_VALUE', `options.overrides['${key}']`, value, reason)
    }
    if (!more && id.includes('>')) {
      throw createError('ERR_LODGER_OPTIONS', `'${id}' needs lodger`)
    }
    if (map.has(id)) {
      throw createError('ERR_LODGER_OPTIONS', `overrides has '${id}' with and without 'node:'`)
    }
    map.set(id, value)
  }
  return map
}

/** Longest prefix first, as Jetpack sorts them. */
function prefixMap(
  paths: LoaderOptions['paths'],
  root: string,
): readonly (readonly [string, string])[] {
  const rows: [string, string][] = []
  for (const [prefix, directory] of Object.entries(objectOr('options.paths', paths))) {
    expectString(`options.paths['${prefix}']`, directory)
    rows.push([prefix, resolve(root, directory) + (directory.endsWith('/') ? '/' : '')])
  }
  return rows.sort(([a], [b]) => b.length - a.length)
}
