/**
 * The rules for requests that know who asks: overrides of single packages and of the app's package.json, the `browser`
 * field, authority. They stand before `Module._load` and `Module._resolveFilename`, and step aside when there are none.
 */
import type { Engine } from '../load/engine.ts'
import type { GuestGlobals } from '../load/globals.ts'
import type { Module, ResolveFilenameOptions } from '../load/module.ts'
import { type LoaderOptions, type Settings, switched } from '../load/options.ts'
import { type AppOverrides, readAppOverrides } from './app.ts'
import { limitGlobals, readAuthority } from './authority.ts'
import { createJudge, type Judge, type Verdict } from './judge.ts'
import { partOverrides } from './keys.ts'
import { Packages } from './packages.ts'

/** The options that are read here. */
export const ruleOptions = ' browserField authority'

/** What the loader takes: settings without what is dealt with here, and `LoaderParts.extend`. */
export interface Rules {
  readonly settings: Settings
  readonly extend: (engine: Engine, globals: GuestGlobals) => (main: string) => void
}

/**
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE and ERR_LODGER_OPTIONS naming the option
 */
export function createRules(options: LoaderOptions, settings: Settings): Rules {
  const browserField = switched('browserField', options.browserField)
  const limits = readAuthority(options.authority ?? {})
  const overrides = partOverrides(settings.overrides)
  const hasRules = browserField || limits.size > 0 || overrides.packages.size > 0

  const extend = (engine: Engine, globals: GuestGlobals) => {
    const packages = new Packages(engine.volume, settings.root)
    if (limits.size > 0) {
      const nameOf = (filename: string) => packages.ofFile(filename).name
      limitGlobals(limits, nameOf, globals, engine.host.global)
    }
    const judge = createJudge(engine, { packages, overrides, limits, browserField, hasRules })
    guardProcess(engine, judge)
    const warn = (message: string) => engine.process.emitWarning(message)
    return install(
      engine,
      judge,
      (path) => readAppOverrides(packages.ofProgram(path), warn),
      hasRules,
    )
  }
  return { settings: { ...settings, overrides: overrides.everybody }, extend }
}

/** Stands before the two functions for as long as there are rules; whether the app has any shows when it first asks. */
function install(
  engine: Engine,
  judge: Judge,
  readApp: (path: string) => AppOverrides | undefined,
  hasRules: boolean,
): (main: string) => void {
  const { Module } = engine
  const own = { load: Module._load, resolve: Module._resolveFilename }
  let isAppKnown = false
  let isActive = true
  /** A request that has been judged on its way from the one function to the other. */
  let judged: { readonly request: string; readonly parent: unknown } | undefined

  const standing: typeof own = {
    load(request, parent, isMain, options) {
      const verdict = verdictOn(request, parent, isMain)
      if (verdict?.exports !== undefined) return verdict.exports()
      const meant = verdict?.filename ?? request
      judged = { request: meant, parent }
      try {
        return own.load(meant, parent, isMain, options)
      } finally {
        judged = undefined
      }
    },
    resolve(request, parent, isMain, options) {
      const isJudged = judged?.request === request && judged.parent === parent
      judged = undefined
      const verdict = isJudged ? undefined : verdictOn(request, parent, isMain, options)
      return verdict?.filename ?? own.resolve(request, parent, isMain, options)
    },
  }

  function verdictOn(
    request: string,
    parent: Module | null | undefined,
    isMain: boolean,
    options?: ResolveFilenameOptions,
  ): Verdict | undefined {
    if (!isAppKnown) know(engine.cwd())
    if (!isActive || isMain || typeof request !== 'string') return undefined
    return judge.verdictOn(request, parent, options)
  }

  function know(path: string): void {
    isAppKnown = true
    judge.app = readApp(path)
    isActive = hasRules || judge.app !== undefined
    if (isActive) replace(own, standing)
    else replace(standing, own)
  }

  /** Whatever guest code has put there stays. */
  function replace(former: typeof own, next: typeof own): void {
    if (Module._load === former.load) Module._load = next.load
    if (Module._resolveFilename === former.resolve) Module._resolveFilename = next.resolve
  }

  replace(own, standing)
  return know
}

/** `process.getBuiltinModule` is told no module: the nearest file on the stack is the one that asks. */
function guardProcess({ Module, builtins }: Engine, judge: Judge): void {
  const { exportsForProcess } = builtins
  builtins.exportsForProcess = (id) => {
    const verdict = judge.verdictOn(id, callingModule(Module._cache))
    if (verdict?.exports !== undefined) return verdict.exports()
    const filename = verdict?.filename ?? builtins.redirect(id)
    return filename === undefined ? exportsForProcess(id) : Module._load(filename, null, false)
  }
}

function callingModule(cache: Readonly<Record<string, Module | undefined>>): Module | undefined {
  // biome-ignore lint/complexity/useLiteralKeys: not a member of every engine's Error
  const stack = String((new Error() as { stack?: unknown })['stack'] ?? '')
  for (const [, path = ''] of stack.matchAll(/(\/[^():\n]+):\d+(?::\d+)?\)?$/gm)) {
    const module = cache[path]
    if (module !== undefined) return module
  }
  return undefined
}
