/** Runs lines in the guest's global scope, one after the other, and keeps what they declare. */
import { createContext, runInContext } from 'node:vm'
import type { Loop } from '../../../shims/internal/loop.ts'
import type { Loader } from '../../hosts/node/index.ts'
import { ownScheme } from '../../load/stack.ts'
import type { Import, Line } from './line.ts'

export interface Evaluator {
  /**
   * @param filename what stacks call the line
   * @returns its value, or a promise of `{ value }` where the line is asynchronous
   * @throws what the line throws
   */
  run(line: Line, filename: string): unknown
}

type Accessors = Record<string, unknown>
type Result = { readonly value: unknown } | undefined
type Body = (declare: (accessors: Accessors) => void) => Result | Promise<Result>

export function createEvaluator(loader: Loader, loop: Loop): Evaluator {
  const { global } = loader
  // biome-ignore lint/suspicious/noExplicitAny: the guest's own `vm`
  const vm = loader.require('vm') as any
  /** What `let`, `const`, `class` and `import` have declared. */
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
        if ((thrown as NodeJS.ErrnoException | null)?.code === interruption) freeOutput(loader)
        end = { thrown }
      }
    })
    if (end !== undefined && 'result' in end) return end.result
    throw end?.thrown
  }

  function define(name: string, get: () => unknown, set: (value: unknown) => void, isVar: boolean) {
    Object.defineProperty(global, name, { get, set, enumerable: isVar, configurable: true })
  }

  /** Calls the body; `finish` has to be called when it has ended. */
  function start(line: Line, filename: string): { result: ReturnType<Body>; finish: () => void } {
    const declare = (accessors: Accessors) => {
      for (const name of [...line.lexicals, ...line.variables]) {
        const { get, set } = Object.getOwnPropertyDescriptor(accessors, name) as Accessor
        if (line.lexicals.includes(name)) declared.set(name, get)
        // Who compiles a module meanwhile reads all globals.
        const read = () => (isSet(get) ? get() : undefined)
        define(name, read, set, line.variables.includes(name))
      }
    }
    const declared = new Map<string, () => unknown>()
    const finish = () => {
      for (const [name, get] of declared) {
        // A line that fails before takes the name with it: it can be declared again.
        if (isSet(get)) lexicals.add(name)
        else Reflect.deleteProperty(global, name)
      }
    }
    try {
      return { result: enter(() => (evaluate(line.source, filename) as Body)(declare)), finish }
    } catch (error) {
      finish()
      throw error
    }
  }

  function runBody(line: Line, filename: string): unknown {
    const { result, finish } = start(line, filename)
    finish()
    return (result as Result)?.value
  }

  async function runAsync(line: Line, filename: string): Promise<{ value: unknown }> {
    for (const statement of line.imports) await bind(statement, filename)
    const { result, finish } = start(line, filename)
    try {
      return (await result) ?? { value: undefined }
    } finally {
      finish()
    }
  }

  /** The names of an import statement, which follow what the module makes of them. */
  async function bind(statement: Import, filename: string): Promise<void> {
    const { specifier, attributes, names, isSource } = statement
    const options = Object.keys(attributes).length > 0 ? { with: attributes } : {}
    const call = isSource
      ? `import.source(${JSON.stringify(specifier)})`
      : `import(${JSON.stringify(specifier)}, ${JSON.stringify(options)})`
    const imported = await enter(() => evaluate(call, filename))
    const namespace = (isSource ? { default: imported } : imported) as Record<string, unknown>
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
    run(line, filename) {
      const imported = line.imports.flatMap(({ names }) => [...names.keys()])
      const names = [...line.lexicals, ...line.variables, ...imported]
      const again = names.find((name, index) => lexicals.has(name) || names.indexOf(name) < index)
      if (again !== undefined) {
        throw new SyntaxError(`Identifier '${again}' has already been declared`)
      }
      if (line.isAsync) return runAsync(line, filename)
      return line.isBody ? runBody(line, filename) : enter(() => evaluate(line.source, filename))
    },
  }
}

/** node's code of the error that Ctrl-C makes of a script. */
const interruption = 'ERR_SCRIPT_EXECUTION_INTERRUPTED'

/** A script that has ended within a write never told the stream so. */
function freeOutput({ process }: Loader): void {
  for (const { _writableState: state } of [process.stdout, process.stderr]) {
    Object.assign(state, { writing: false, bufferProcessing: false, corked: 0, length: 0 })
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
