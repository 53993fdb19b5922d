/**
 * Hooks that the host gives with `createLoader`: node's, and Jetpack's four. Of these `resolve` is one of node's hooks,
 * `load` and `loadModuleHook` are the two ends of one function around the evaluation, `requireHook` stands around `require`.
 */
import { invalidReturn } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import type { Hooks, ModuleLike } from '../load/hook-options.ts'
import type { Loader } from '../load/loader.ts'
import type { Module } from '../load/module.ts'
import { expectFunction, expectObject, type LoaderOptions } from '../load/options.ts'
import { createRequireFunction, type RequireFunction, toPath } from '../load/require.ts'
import { isAbsolute, toFileUrl } from '../path.ts'

/** The options that are read here. */
export const hookOptions = ' hooks resolve load requireHook loadModuleHook'

/** @param loaderOf to be called when something is loaded, not before */
type Install = (engine: Engine, loaderOf: () => Loader) => void

/**
 * @returns to be called before anything runs; `undefined` where there are no hooks
 * @throws ERR_INVALID_ARG_TYPE naming the option
 */
export function readHooks(options: LoaderOptions): Install | undefined {
  const { resolve, load, requireHook, loadModuleHook } = options
  for (const [name, given] of Object.entries({ resolve, load, requireHook, loadModuleHook })) {
    if (given !== undefined) expectFunction(`options.${name}`, given)
  }
  const given = readNodeHooks(options.hooks)
  const all = resolve ? [asHooks(resolve), ...given] : given
  if (all.length === 0 && !load && !requireHook && !loadModuleHook) return undefined
  return (engine, loaderOf) => {
    for (const hooks of all) engine.modules?.registerHooks(hooks)
    if (load || loadModuleHook) evaluateWith(engine, loaderOf, load, loadModuleHook)
    if (requireHook) requireWith(engine, requireHook)
  }
}

function readNodeHooks(hooks: LoaderOptions['hooks'] = []): readonly Hooks[] {
  const isList = Array.isArray(hooks)
  const list = (isList ? hooks : [hooks]) as readonly Hooks[]
  for (const [index, each] of list.entries()) {
    const name = isList ? `options.hooks[${index}]` : 'options.hooks'
    expectObject(name, each)
    // What is falsy is not there, as for `registerHooks`.
    if (each.resolve) expectFunction(`${name}.resolve`, each.resolve)
    if (each.load) expectFunction(`${name}.load`, each.load)
  }
  return [...list]
}

/** Jetpack's `resolve` as a hook of node's. */
function asHooks(resolve: NonNullable<LoaderOptions['resolve']>): Hooks {
  return {
    resolve(specifier, context, next) {
      const found: unknown = resolve(specifier, toPath(context.parentURL))
      if (found === undefined) return next(specifier)
      if (typeof found !== 'string') throw invalidReturn('a string', 'options.resolve', found)
      if (isAbsolute(found)) return { url: toFileUrl(found), shortCircuit: true }
      const isUrl = /^[a-z][a-z\d+.-]+:/i.test(found)
      return isUrl ? { url: found, shortCircuit: true } : next(found)
    },
  }
}

function evaluateWith(
  engine: Engine,
  loaderOf: () => Loader,
  load: LoaderOptions['load'],
  loadModuleHook: LoaderOptions['loadModuleHook'],
): void {
  engine.aroundEvaluation = (module, evaluate) => {
    if (load === undefined) evaluate()
    else takeExports(module, 'load', load(loaderOf(), module, evaluate))
    if (loadModuleHook === undefined) return
    const require = createRequireFunction(engine, module)
    takeExports(module, 'loadModuleHook', loadModuleHook(module, require))
  }
}

/** The module itself stays, in the cache and as a child: only what it exports is another's. */
function takeExports(module: Module, name: string, given: ModuleLike | undefined): void {
  if (given === undefined || given === module) return
  const isModule = typeof given === 'object' && given !== null && 'exports' in given
  if (!isModule) throw invalidReturn('an object with exports', `options.${name}`, given)
  module.exports = given.exports
}

function requireWith(engine: Engine, requireHook: NonNullable<LoaderOptions['requireHook']>): void {
  const { prototype } = engine.Module
  const own = prototype.require
  const realOnes = new WeakMap<Module, RequireFunction>()
  const realOf = (module: Module): RequireFunction => {
    let real = realOnes.get(module)
    if (real === undefined) {
      real = createRequireFunction(engine, module, (id) => own.call(module, id))
      realOnes.set(module, real)
    }
    return real
  }
  prototype.require = function (this: Module, id) {
    // What no module can be called is refused before the hook has to deal with it.
    const isId = typeof id === 'string' && id !== ''
    return isId ? requireHook(id, realOf(this)) : own.call(this, id)
  }
}
