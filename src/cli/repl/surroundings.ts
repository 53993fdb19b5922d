/** What stands around the lines of a prompt beside a program's globals: `module`, `require`, and each builtin by its name. */
import { resolve } from 'node:path'
import type { Loader } from '../../hosts/node/index.ts'
import { builtinModules } from '../../resolve/builtin-ids.ts'

/**
 * For `createLoader({ globals })`, which takes getters for what may wait.
 * @param loader called when a line first mentions one of them
 */
export function promptGlobals(loader: () => Loader): Record<string, unknown> {
  const globals = {}
  const lazily = (name: string, get: () => unknown) =>
    Object.defineProperty(globals, name, { get, configurable: true })
  for (const name of builtinModules) {
    if (/^[a-z]\w*$/.test(name) && !isGlobal(name)) lazily(name, () => loader().require(name))
  }
  let made: ReturnType<typeof createModule> | undefined
  const own = () => {
    made ??= createModule(loader())
    return made
  }
  lazily('module', () => own().module)
  lazily('require', () => own().require)
  return globals
}

/** Names that mean something else than the builtin already. */
function isGlobal(name: string): boolean {
  return name === 'module' || name in globalThis
}

function createModule({ Module, process }: Loader) {
  const module = new Module('<repl>')
  // Only code that is compiled for a module is given its `require`.
  const require = module._compile('return require', '<repl>')
  for (const symbol of Object.getOwnPropertySymbols(module)) Reflect.deleteProperty(module, symbol)
  module.paths = [
    ...Module._nodeModulePaths(resolve(process.cwd(), 'repl')),
    ...(Module._resolveLookupPaths('<repl>', null) ?? []),
  ]
  return { module, require }
}
