/** The function of a module's text. */
import type { Engine } from '../load/engine.ts'
import { type Getter, readAs } from './namespace.ts'
import { type Body, getterOf, type ResolvedBinding, type SourceTextModule } from './record.ts'
import { moduleBody } from './transform.ts'

/** What a module's text asks of the loader while it runs. */
export interface Powers {
  importer(specifier: unknown, options: unknown): Promise<unknown>
  /** `import.meta` */
  readonly meta: object
}

/** The parameters of the function; the text has none of these names. */
interface Parameters {
  readonly declare: string
  readonly imports: string
  readonly start: string
}

type Declare = (getters: Record<string, Getter>) => void
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
  const { source, url, isInCycle } = module
  const { declare, imports, start } = parametersFor(source)
  const live = new Set<string>()
  const bindings = module.bindings()
  for (const [local, { module: other, name }] of bindings) {
    if (name === undefined) continue
    // All that it leads to has run before it does, unless that leads back to it.
    if (!other.isFinal(name) || (isInCycle && !other.hasRun)) live.add(local)
  }
  if (live.size > 0) module.complete()

  const compileText = (): ModuleFunction => {
    const { analysis } = module
    const head = analysis.hasTopLevelAwait ? 'async function' : isInCycle ? 'function*' : 'function'
    const names = [declare, imports, start, analysis.importer, analysis.meta].filter(Boolean)
    const locals = [...bindings.keys()]
    const open =
      `(${head}(${names.join(',')}){'use strict';` +
      (locals.length > 0 ? `const {${locals.join(',')}}=${imports};` : '') +
      `${declare}({${analysis.exports.map(getterText).join(',')}});` +
      (isInCycle ? (analysis.hasTopLevelAwait ? `await ${start};` : 'yield;') : '')
    const { text, columnOf } = moduleBody(source, analysis, (local) => live.has(local))
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
    // What has run since then may have made globals that the text mentions.
    if (known !== changedGlobals.count) {
      const isMentioned = changedGlobals.since(known).some((name) => source.includes(name))
      if (isMentioned) run = compileText()
    }
    return begin(run, module, bindings, live, powers)
  }
}

function begin(
  run: ModuleFunction,
  module: SourceTextModule,
  bindings: ReadonlyMap<string, ResolvedBinding>,
  live: ReadonlySet<string>,
  powers: Powers,
): Body {
  const { analysis, isInCycle } = module
  const isAsync = analysis.hasTopLevelAwait
  const values: Record<string, unknown> = {}
  for (const [local, binding] of bindings) {
    const getter = getterOf(binding)
    if (!live.has(local)) values[local] = getter()
    else values[local] = isInCycle ? readAs(local, getter) : getter
  }
  let release: (() => void) | undefined
  const start =
    isInCycle && isAsync
      ? new Promise<undefined>((resolve) => {
          release = () => resolve(undefined)
        })
      : undefined
  const enter = () =>
    run.call(
      undefined,
      (getters) => {
        if (analysis.isDefaultHoisted) nameDefault(getters.default?.())
        module.declare(getters)
      },
      values,
      start,
      // Each only where the text asks for it.
      ...(analysis.importer === undefined ? [] : [powers.importer]),
      ...(analysis.meta === undefined ? [] : [powers.meta]),
    )
  if (!isInCycle) return { run: () => enter() as undefined }
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
