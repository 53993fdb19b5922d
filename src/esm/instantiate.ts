/** The function of a module's text. */
import type { Engine } from '../load/engine.ts'
import { namesIn } from '../load/globals.ts'
import { lateGlobal } from './late-globals.ts'
import { type Getter, readAs } from './namespace.ts'
import { type Body, getterOf, type ResolvedBinding, type SourceTextModule } from './record.ts'
import { moduleBody } from './transform.ts'

/** What a module's text asks of the loader while it runs. */
export interface Powers {
  /** `import` */
  readonly importer: object
  /** `import.meta` */
  readonly meta: object
}

/** The parameters of the function; the text has none of these names. */
interface Parameters {
  readonly declare: string
  readonly imports: string
  readonly start: string
}

/** @param update gives imports of builtins new values */
type Declare = (getters: Record<string, Getter>, update?: (values: object) => void) => void
type ModuleFunction = (
  this: undefined,
  declare: Declare,
  imports: object,
  start: Promise<undefined> | undefined,
  ...powers: readonly unknown[]
) => unknown

/**
 * @returns runs the text as far as its declarations
 * @throws SyntaxError
 */
export function compile(engine: Engine, module: SourceTextModule, powers: Powers): () => Body {
  const { source, url, isSeenEarly } = module
  const { declare, imports, start } = parametersFor(source)
  /** Imports that are called, and those of builtins, which are variables that `syncBuiltinESMExports` sets. */
  const live = new Set<string>()
  const updated = new Set<string>()
  const bindings = module.bindings()
  for (const [local, { module: other, name }] of bindings) {
    if (name === undefined) continue
    // All that it leads to has run before it does, unless that leads back to it.
    if ((!isSeenEarly || other.hasRun) && other.isFinal(name)) continue
    const isBuiltin = other.format === 'builtin' && !isSeenEarly
    const kind = isBuiltin && module.analysis.mayAssign?.(local) === false ? updated : live
    kind.add(local)
  }
  if (live.size > 0) module.complete()

  const compileText = (): ModuleFunction => {
    const { analysis } = module
    const head = analysis.hasTopLevelAwait
      ? 'async function'
      : isSeenEarly
        ? 'function*'
        : 'function'
    const names = [declare, imports, start, analysis.importer, analysis.meta].filter(Boolean)
    const late = analysis.lateGlobals.map(({ local }) => local)
    const constants = [...bindings.keys(), ...late].filter((local) => !updated.has(local))
    const variables = [...updated]
    const update = updated.size > 0 ? `,${imports}=>{({${variables.join()}}=${imports})}` : ''
    const open =
      `(${head}(${names.join()}){'use strict';` +
      (constants.length > 0 ? `const {${constants.join()}}=${imports};` : '') +
      (updated.size > 0 ? `let {${variables.join()}}=${imports};` : '') +
      `${declare}({${analysis.exports.map(getterText).join()}}${update});` +
      (isSeenEarly ? (analysis.hasTopLevelAwait ? `await ${start};` : 'yield;') : '')
    const { text, columnOf } = moduleBody(
      source,
      analysis,
      (local) => live.has(local) || !bindings.has(local),
    )
    return engine.compiler.compileModule(open, text, url, columnOf) as ModuleFunction
  }

  let run: ModuleFunction
  try {
    run = compileText()
  } catch (error) {
    if (!module.analysis.isOutline) throw error
    // The parser says it better, or knows better.
    module.complete()
    run = compileText()
  }
  const { changedGlobals } = engine.compiler
  const known = changedGlobals.count
  return () => {
    // `require` may begin it while what it leads to is still running.
    const early = [...bindings].filter(
      ([local, { module: other, name }]) =>
        name !== undefined && !other.hasRun && !live.has(local) && !updated.has(local),
    )
    if (early.length > 0) {
      for (const [local] of early) live.add(local)
      module.complete()
      run = compileText()
    }
    // What has run since then may have made globals that the text mentions.
    const { count, last } = changedGlobals
    const isChanged = (name: string) => (last.get(name) ?? 0) > known
    if (known !== count && namesIn(source, last).some(isChanged)) run = compileText()
    return begin(run, module, engine.compiler.globalOf(url), bindings, live, powers)
  }
}

function begin(
  run: ModuleFunction,
  module: SourceTextModule,
  global: object,
  bindings: ReadonlyMap<string, ResolvedBinding>,
  live: ReadonlySet<string>,
  powers: Powers,
): Body {
  const { analysis, isSeenEarly } = module
  const isAsync = analysis.hasTopLevelAwait
  let release: (() => void) | undefined
  const start =
    isSeenEarly && isAsync
      ? new Promise<undefined>((resolve) => {
          release = () => resolve(undefined)
        })
      : undefined
  const values = valuesOf(bindings, live, isSeenEarly)
  for (const { local } of analysis.lateGlobals) values[local] = lateGlobal(global, local)
  const enter = () =>
    run.call(
      undefined,
      (getters, update) => {
        if (analysis.isDefaultHoisted) nameDefault(getters.default?.())
        module.declare(getters, update && (() => update(valuesOf(bindings, live, isSeenEarly))))
      },
      values,
      start,
      // Each only where the text asks for it.
      ...(analysis.importer === undefined ? [] : [powers.importer]),
      ...(analysis.meta === undefined ? [] : [powers.meta]),
    )
  if (!isSeenEarly) return { run: () => enter() as undefined }
  if (isAsync) {
    const running = enter() as Promise<undefined>
    return {
      run() {
        release?.()
        return running
      },
    }
  }
  const steps = enter() as Generator
  steps.next()
  return {
    run() {
      steps.next()
      return undefined
    },
  }
}

function valuesOf(
  bindings: ReadonlyMap<string, ResolvedBinding>,
  live: ReadonlySet<string>,
  isSeenEarly: boolean,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [local, binding] of bindings) {
    const getter = getterOf(binding)
    if (!live.has(local)) values[local] = getter()
    else values[local] = isSeenEarly ? readAs(local, getter) : getter
  }
  return values
}

function getterText({ name, local }: { name: string; local: string }): string {
  return `${JSON.stringify(name)}:()=>${local}`
}

function nameDefault(value: unknown): void {
  Object.defineProperty(value, 'name', { value: 'default', configurable: true })
}

function parametersFor(source: string): Parameters {
  let suffix = ''
  while (
    source.includes(`$declare${suffix}`) ||
    source.includes(`$imports${suffix}`) ||
    source.includes(`$start${suffix}`)
  ) {
    suffix += '_'
  }
  return { declare: `$declare${suffix}`, imports: `$imports${suffix}`, start: `$start${suffix}` }
}
