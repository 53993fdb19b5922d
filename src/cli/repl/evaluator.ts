/** Runs lines in the guest's global scope, one after the other, and keeps what they declare. */
import { createContext, runInContext } from 'node:vm'
import type { Loop } from '../../../shims/internal/loop.ts'
import type { Loader } from '../../hosts/node/index.ts'
import { ownScheme } from '../../load/stack.ts'
import type { Import, Line } from './line.ts'

export interface Evaluator {
  /** What `let`, `const`, `class` and `import` have declared. */
  readonly lexicals: ReadonlySet<string>
  /**
   * @param filename what stacks call the line
   * @returns its value, or a promise of `{ value }` where the line awaits
   * @throws what the line throws
   */
  run(line: Line, filename: string): unknown
}

type Accessors = Record<string, unknown>
type AsyncLine = (
  declare: (accessors: Accessors) => void,
) => Promise<{ value: unknown } | undefined>

export function createEvaluator(loader: Loader, loop: Loop): Evaluator {
  const { global } = loader
  // biome-ignore lint/suspicious/noExplicitAny: the guest's own `vm`
  const vm = loader.require('vm') as any
  const lexicals = new Set<string>()
  const interruptible = createInterruptible()

  /** The completion value of a script. */
  const evaluate = (source: string, filename: string): unknown =>
    vm.runInThisContext(source, {
      filename,
      displayErrors: false,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })

  /** As a callback of the guest, so that its ticks follow. */
  function enter<Result>(action: () => Result): Result {
    let end: { result: Result } | { thrown: unknown } | undefined
    loop.run(() => {
      try {
        end = { result: interruptible(action) as Result }
      } catch (thrown) {
        end = { thrown }
      }
    })
    if (end !== undefined && 'result' in end) return end.result
    throw end?.thrown
  }

  function define(name: string, get: () => unknown, set: (value: unknown) => void, isVar: boolean) {
    Object.defineProperty(global, name, { get, set, enumerable: isVar, configurable: true })
  }

  async function runAsync(line: Line, filename: string): Promise<{ value: unknown }> {
    for (const statement of line.imports) await bind(statement, filename)
    let declared: Accessors = {}
    const declare = (accessors: Accessors) => {
      declared = accessors
      for (const name of [...line.lexicals, ...line.variables]) {
        const { get, set } = Object.getOwnPropertyDescriptor(accessors, name) as Accessor
        // Who compiles a module meanwhile reads all globals.
        define(name, () => (isSet(get) ? get() : undefined), set, line.variables.includes(name))
      }
    }
    const start = enter(() => evaluate(line.source, filename)) as AsyncLine
    try {
      return (await enter(() => start(declare))) ?? { value: undefined }
    } finally {
      for (const name of line.lexicals) {
        const { get } = Object.getOwnPropertyDescriptor(declared, name) as Accessor
        if (isSet(get)) lexicals.add(name)
        else Reflect.deleteProperty(global, name)
      }
    }
  }

  /** The names of an import statement, which follow what the module makes of them. */
  async function bind({ specifier, attributes, names }: Import, filename: string): Promise<void> {
    const options = Object.keys(attributes).length > 0 ? { with: attributes } : {}
    const call = `import(${JSON.stringify(specifier)}, ${JSON.stringify(options)})`
    const namespace = (await enter(() => evaluate(call, filename))) as Record<string, unknown>
    for (const name of names.values()) {
      if (name === '*' || name in namespace) continue
      throw new SyntaxError(
        `The requested module '${specifier}' does not provide an export named '${name}'`,
      )
    }
    for (const [local, name] of names) {
      define(
        local,
        () => (name === '*' ? namespace : namespace[name]),
        () => {
          throw new TypeError('Assignment to constant variable.')
        },
        false,
      )
      lexicals.add(local)
    }
  }

  return {
    lexicals,
    run(line, filename) {
      const imported = line.imports.flatMap(({ names }) => [...names.keys()])
      const names = [...line.lexicals, ...line.variables, ...imported]
      const again = names.find((name, index) => lexicals.has(name) || names.indexOf(name) < index)
      if (again !== undefined) {
        throw new SyntaxError(`Identifier '${again}' has already been declared`)
      }
      if (line.isAsync) return runAsync(line, filename)
      for (const name of line.lexicals) lexicals.add(name)
      return enter(() => evaluate(line.source, filename))
    },
  }
}

interface Accessor {
  get(): unknown
  set(value: unknown): void
}

/** Whether a `let` or `const` has got its value already. */
function isSet(get: () => unknown): boolean {
  try {
    get()
    return true
  } catch {
    return false
  }
}

/** Calls a function that Ctrl-C can end: that is a power of node's `vm`, whatever the script calls. */
function createInterruptible(): (action: () => unknown) => unknown {
  const context = createContext({ action: undefined })
  return (action) => {
    context.action = action
    return runInContext('action()', context, {
      filename: `${ownScheme}prompt`,
      breakOnSigint: true,
      displayErrors: false,
    })
  }
}
