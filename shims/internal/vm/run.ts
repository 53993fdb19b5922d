/** Runs a script in a context: what it declares lands where an engine would put it. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import type { Context } from './contexts.ts'
import { type Declarations, readDeclarations } from './declarations.ts'

export interface Run {
  /** Read from the source when it is first run. */
  declarations?: Declarations
  readonly source: string
  readonly filename: string
  /** What `import()` calls; lodger's own refusal where it is absent. */
  readonly importer?: (specifier: unknown) => unknown
  /** Objects whose members are in scope before the context's, the last one first. */
  readonly extensions?: readonly object[]
}

/** Global for `node -e` only; elsewhere they are never among the guest's free identifiers. */
const moduleNames = ['exports', 'require', 'module', '__filename', '__dirname']

/** @returns the script's completion value */
export function runInContext(shim: ShimContext, context: Context, run: Run): unknown {
  run.declarations ??= readDeclarations(run.source)
  const { declarations } = run
  const { sandbox, lexicals } = context
  const { strict, vars, functions } = declarations
  const isPlain =
    sandbox === shim.global &&
    declarations.leavesNothing &&
    Object.keys(lexicals).length === 0 &&
    !moduleNames.some((name) => name in sandbox)
  // Without a `with` the engine runs it many times as fast.
  if (isPlain && run.extensions === undefined) return shim.runScript(run)
  refuseRedeclarations(context, declarations)
  for (const name of vars) {
    if (Object.hasOwn(sandbox, name) || Object.hasOwn(context.global, name)) continue
    Reflect.defineProperty(sandbox, name, {
      value: undefined,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  let accessors: Loose = {}
  const scope = createScope(shim, context, declarations, run.extensions ?? [])
  const copy = (names: Iterable<string>) => {
    for (const name of names) Reflect.set(sandbox, name, accessors[name])
  }
  /** The script's first call: gives us what only code inside of it can reach. */
  const declare = (given: object) => {
    accessors = given
    scope.showLocals(() => copy(functions))
    for (const name of declarations.lexicals) {
      const accessor = Reflect.getOwnPropertyDescriptor(given, name) as PropertyDescriptor
      Object.defineProperty(lexicals, name, accessor)
    }
  }
  const source = withAccessors(run.source, declarations)
  if (source !== run.source) scope.declare = declare
  try {
    return shim.runScript({ ...run, source, scope: scope.object, self: context.global })
  } finally {
    // In strict code an `eval` keeps its variables to itself.
    if (strict) copy(vars)
  }
}

/** What stands before a script on its first line, where it declares what `with` cannot catch. */
function withAccessors(source: string, declarations: Declarations): string {
  const { strict, vars, functions, lexicals } = declarations
  const names = [...lexicals, ...functions, ...(strict ? vars : [])]
  if (names.length === 0) return source
  const accessors = names.map(
    (name) => `get ${name}(){return ${name}},set ${name}(${name}$){${name}=${name}$}`,
  )
  return `${strict ? "'use strict';" : ''}lodger$declare({${accessors}});${source}`
}

function refuseRedeclarations({ lexicals: known, sandbox }: Context, found: Declarations): void {
  const { vars, functions, lexicals } = found
  const again = [...vars, ...functions, ...lexicals].find((name) => name in known)
  const taken = again ?? [...lexicals].find((name) => isFixed(sandbox, name))
  if (taken === undefined) return
  throw new SyntaxError(`Identifier '${taken}' has already been declared`)
}

function isFixed(object: object, name: string): boolean {
  return Reflect.getOwnPropertyDescriptor(object, name)?.configurable === false
}

interface Scope {
  readonly object: object
  declare: ((accessors: object) => void) | undefined
  /** While it runs, the script's own functions are found where the engine put them. */
  showLocals(action: () => void): void
}

/** The object of the `with`: it answers for what the context has and for what is assigned to. */
function createScope(
  { host }: ShimContext,
  { global, lexicals }: Context,
  { strict, assigned, functions }: Declarations,
  extensions: readonly object[],
): Scope {
  let isEntered = false
  let showsLocals = false
  const layers: Loose[] = [lexicals, ...extensions.toReversed(), global]
  const layerOf = (name: PropertyKey): Loose => layers.find((layer) => name in layer)

  const scope: Scope & { declare: Scope['declare'] } = {
    object: new Proxy(global, {
      has(_, name) {
        if (!isEntered) {
          isEntered = name === 'lodger$text'
          return false
        }
        if (showsLocals && functions.has(name as string)) return false
        if (layerOf(name) !== undefined) return true
        // Not to be seen: what the function around the script and the realm have. Not to get out: what is assigned to.
        if (/^(?:arguments$|lodger\$)/.test(String(name))) return true
        return name in host.global || (!strict && assigned.has(name as string))
      },
      get(_, name) {
        if (name === 'lodger$declare') {
          const { declare } = scope
          scope.declare = undefined
          return declare
        }
        return name === Symbol.unscopables ? undefined : layerOf(name)?.[name]
      },
      set(_, name, value) {
        const isSet = Reflect.set(layerOf(name) ?? global, name, value)
        if (isSet || !strict) return isSet
        const text = `Cannot assign to read only property '${String(name)}' of object '[object Object]'`
        throw new TypeError(text)
      },
    }),
    declare: undefined,
    showLocals(action) {
      showsLocals = true
      action()
      showsLocals = false
    },
  }
  return scope
}
