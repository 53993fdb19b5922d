/** What a request means to whoever makes it. The order of precedence is that of docs/overrides.md. */
import { codedError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import type { Module, ResolveFilenameOptions } from '../load/module.ts'
import { dirname, isAbsolute, resolve } from '../path.ts'
import { builtinId } from '../resolve/builtin-ids.ts'
import { isRelative, readRequest } from '../resolve/request.ts'
import type { AppOverrides } from './app.ts'
import { type Limits, mayLoad } from './authority.ts'
import { browserMain, type Replacement, replaceFile, replaceRequired } from './browser-field.ts'
import { type Match, match, plainId, type Tables } from './keys.ts'
import type { Package, Packages } from './packages.ts'

/** Another answer than the usual. */
export interface Verdict {
  /** What `require.resolve` says, and what is loaded. */
  readonly filename: string
  /** Gives exports, or throws, where no file is to be loaded. */
  readonly exports?: () => unknown
  /** For `explain`, where the filename does not tell. */
  readonly reason?: string
}

export interface JudgeParts {
  readonly packages: Packages
  /** Those of `createLoader`. */
  readonly overrides: Tables
  readonly limits: ReadonlyMap<string, Limits>
  readonly browserField: boolean
  /** Whether any of these must know the package that asks. */
  readonly hasRules: boolean
}

export interface Judge {
  /** What the running app's package.json says. */
  app: AppOverrides | undefined
  /** `undefined` for the usual answer. @throws MODULE_NOT_FOUND for a stand-in that is not there */
  verdictOn(
    request: string,
    parent: Parent,
    options?: ResolveFilenameOptions | undefined,
  ): Verdict | undefined
}

type Parent = Module | null | undefined

/** A request and who makes it. */
interface Asking {
  readonly request: string
  /** Without `node:`. */
  readonly id: string
  readonly parent: Parent
  readonly asker: Package | undefined
  readonly options: ResolveFilenameOptions | undefined
}

export function createJudge(engine: Engine, parts: JudgeParts): Judge {
  const { Module, builtins, resolver, settings } = engine
  const { packages, overrides, limits, browserField, hasRules } = parts
  const own = { resolve: Module._resolveFilename }
  /** Exports by the key that they stand for. */
  const made = new Map<string, unknown>()
  /** Stand in for a package where its package.json makes a request. */
  const modules = new Map<string, Module>()

  const judge: Judge = {
    app: undefined,
    verdictOn(request, parent, options) {
      const asks = hasRules || judge.app?.packages.size
      const asker = asks && parent?.filename ? packages.ofFile(parent.filename) : undefined
      const verdict = verdictOn({ request, id: plainId(request), parent, asker, options })
      if (verdict !== undefined) {
        resolver.note?.('override', request, 'matched', verdict.reason ?? verdict.filename)
      }
      return verdict
    },
  }
  return judge

  function verdictOn(asking: Asking): Verdict | undefined {
    const { request, id, asker } = asking
    const isPath = isRelative(request) || isAbsolute(request)
    if (!isPath) {
      if (asker !== undefined) {
        // 1. What `createLoader` says for the package that asks.
        const own = match(overrides.packages.get(asker.name), id)
        if (own !== undefined) return byPackageOverride(own, asking, asker)
        // 2. What that package may load.
        const isAllowed =
          mayHave(asker, request) && mayHave(asker, builtins.redirect(request) ?? '')
        if (!isAllowed) return denied(asking, asker)
      }
      // 3. What `createLoader` says for everybody, which the loader sees to itself.
      if (match(overrides.everybody, id) || Object.hasOwn(settings.modules, id)) return undefined
      // 4. What the app's package.json says.
      const verdict = judge.app && byApp(judge.app, asking)
      if (verdict !== undefined) return verdict
    }
    return browserField && asker !== undefined ? byBrowserField(asking, asker, isPath) : undefined
  }

  function byPackageOverride(said: Match, asking: Asking, asker: Package): Verdict | undefined {
    const { value, rest, key } = said
    if (value === false) return denied(asking, asker)
    if (typeof value === 'string') {
      return standIn(value + rest, settings.root, asking.parent, asking, false)
    }
    const exports = () => {
      const name = `${asker.name}>${key}`
      if (!made.has(name)) made.set(name, makeExports(value, key))
      return made.get(name)
    }
    // What node gives an id of its own is a part of the same exports.
    const promises = () => (exports() as { promises?: unknown } | undefined)?.promises
    return {
      filename: asking.request,
      exports: rest === '' ? exports : () => promises() ?? builtins.original(asking.id),
    }
  }

  function makeExports(value: unknown, id: string): unknown {
    if (typeof value !== 'function') return value
    const hasOriginal = value.length > 0 && builtinId(`node:${id}`) !== undefined
    return hasOriginal ? value(builtins.original(id)) : value()
  }

  function byApp(app: AppOverrides, asking: Asking): Verdict | undefined {
    const { asker, id } = asking
    const { directory, path } = app
    const forPackage = asker && match(app.packages.get(asker.name), id)
    const said = forPackage ?? match(app.everybody, id)
    if (said === undefined) return undefined
    if (said.value !== false) {
      return standIn(`${said.value}${said.rest}`, directory, moduleIn(directory), asking)
    }
    return forPackage
      ? denied(asking, asker as Package)
      : forbidden(asking, `Cannot load '${id}': ${path} forbids it with an override`)
  }

  /**
   * A module instead of another; the stand-in itself gets what it stands in for.
   * @param base what a relative target is relative to
   * @param from who looks for a package
   * @param isLimited false where `createLoader` gives a package what it has no other authority for
   */
  function standIn(
    target: string,
    base: string,
    from: Parent,
    asking: Asking,
    isLimited = true,
  ): Verdict | undefined {
    const { asker, parent } = asking
    const path = isRelative(target) ? resolve(base, target) : target
    const filename = own.resolve(path, from, false)
    if (filename === parent?.filename) return undefined
    if (isAbsolute(filename)) return { filename }
    const id = plainId(filename)
    if (isLimited && asker && !mayHave(asker, filename)) return denied(asking, asker, id)
    return { filename: id, exports: () => builtins.exportsOf(id, nameOf(parent)) }
  }

  function mayHave({ name }: Package, specifier: string): boolean {
    const id = builtinId(specifier)
    return id === undefined || mayLoad(limits.get(name), id)
  }

  function denied(asking: Asking, { name }: Package, id = asking.id): Verdict {
    return forbidden(asking, `Package '${name}' has no authority to load: ${id}`)
  }

  function forbidden({ request, parent }: Asking, reason: string): Verdict {
    return {
      filename: request,
      reason,
      exports() {
        const message = `${reason} (requested from ${nameOf(parent)})`
        throw codedError(Error, 'ERR_LODGER_FORBIDDEN', message)
      },
    }
  }

  /** 5. What the asking package's `browser` says of the request, then what that of the package found says of the file. */
  function byBrowserField(asking: Asking, asker: Package, isPath: boolean): Verdict | undefined {
    const { request, id, parent, options } = asking
    const required = isPath ? undefined : replaceRequired(asker, id)
    if (required === false || (required !== undefined && isAbsolute(required))) {
      return replaced(required, undefined, asker, asking)
    }
    const target = required ?? request
    const from = required === undefined ? parent : moduleIn(asker.directory)
    const path = isPath ? resolve(dirname(parent?.filename ?? '/'), request) : undefined
    const found = tryResolve(target, from, required === undefined ? options : undefined) ?? path
    if (found !== undefined && isAbsolute(found)) {
      const owner = packages.ofFile(found)
      const isWhole = isPath ? path === owner.directory : readRequest(target).subpath === '.'
      const main = isWhole ? browserMain(owner) : undefined
      const replacement = (main && tryResolve(main, parent)) ?? replaceFile(owner, found)
      if (replacement !== undefined) return replaced(replacement, found, owner, asking)
    }
    return required === undefined ? undefined : replaced(required, found, asker, asking)
  }

  /** @param found the file that is replaced; none where it is a package or a builtin */
  function replaced(
    replacement: Exclude<Replacement, undefined>,
    found: string | undefined,
    { directory }: Package,
    asking: Asking,
  ): Verdict | undefined {
    if (replacement !== false) return standIn(replacement, directory, moduleIn(directory), asking)
    const name = found ?? `${directory}>${asking.id}`
    if (!made.has(name)) made.set(name, {})
    return { filename: found ?? asking.request, exports: () => made.get(name) }
  }

  function tryResolve(
    request: string,
    parent: Parent,
    options?: ResolveFilenameOptions,
  ): string | undefined {
    try {
      return own.resolve(request, parent, false, options)
    } catch {
      return undefined
    }
  }

  function moduleIn(directory: string): Module {
    let module = modules.get(directory)
    if (module === undefined) {
      module = new Module(resolve(directory, 'package.json'))
      module.filename = module.id
      module.paths = Module._nodeModulePaths(directory)
      modules.set(directory, module)
    }
    return module
  }
}

function nameOf(parent: Parent): string {
  return parent?.filename || parent?.id || '<host>'
}
