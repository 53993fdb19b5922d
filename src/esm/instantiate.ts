/** The function of a module's text. */
import type { Engine } from '../load/engine.ts'
import type { Getter } from './namespace.ts'
import { type Body, type Environment, getterOf, type SourceTextModule } from './record.ts'
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

export function instantiate(
  engine: Engine,
  source: string,
  module: SourceTextModule,
  { imports, declare, isInCycle }: Environment,
  powers: Powers,
): Body {
  const { analysis, url } = module
  const values: Record<string, unknown> = {}
  const live = new Set<string>()
  for (const [{ local }, binding] of imports) {
    const getter = getterOf(binding)
    const isSettled = binding.name === undefined || binding.module.isSettled(binding.name)
    if (!isSettled) live.add(local)
    values[local] = isSettled ? getter() : getter
  }
  const names = parametersFor(source)
  const isAsync = analysis.hasTopLevelAwait
  const head = isAsync ? 'async function' : isInCycle ? 'function*' : 'function'
  const parameters = [names.declare, names.imports, names.start, analysis.importer, analysis.meta]
  const locals = Object.keys(values)
  const open =
    `(${head}(${parameters.filter(Boolean).join(',')}){'use strict';` +
    (locals.length > 0 ? `const {${locals.join(',')}}=${names.imports};` : '') +
    `${names.declare}({${analysis.exports.map(getterText).join(',')}});` +
    (isInCycle ? (isAsync ? `await ${names.start};` : 'yield;') : '')
  const { text, columnOf } = moduleBody(source, analysis, (local) => live.has(local))
  const compiled = engine.compiler.compileModule(open, text, url, columnOf) as ModuleFunction

  let begin: (() => void) | undefined
  const start =
    isInCycle && isAsync
      ? new Promise<undefined>((resolve) => {
          begin = () => resolve(undefined)
        })
      : undefined
  const enter = () =>
    compiled.call(
      undefined,
      (getters) => {
        if (analysis.isDefaultHoisted) nameDefault(getters.default?.())
        declare(getters)
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
        begin?.()
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
