/** Stacks that point at the source: what a loader has beside the core's own cleaning. docs/stacks.md */
import { codeFrame } from '../code-frame.ts'
import { createError } from '../errors.ts'
import type { Engine, Stacks } from '../load/engine.ts'
import { type Frame, frameOf } from '../load/stack.ts'
import { resolve } from '../path.ts'
import { siteOfFile } from './call-sites.ts'
import {
  asNode,
  functionNameOf,
  headLength,
  mapLines,
  type Origin,
  type Trace,
  withPlace,
} from './frames.ts'
import { createPreparation, createStandIns, type GuestErrors } from './guest-errors.ts'
import { createMaps, shownName } from './maps.ts'
import type { StackSettings } from './options.ts'
import { createSourceMapClass, type Decode, type SourceMap } from './source-map.ts'

/** What the guest has asked for, by `module.setSourceMapsSupport` and the like. */
interface Support {
  readonly enabled: boolean
  readonly nodeModules: boolean
  readonly generatedCode: boolean
}

/** @param decode the codec of mappings; asked for when the first map is read */
export function createStacks(
  engine: Engine,
  settings: StackSettings,
  decode: () => Decode,
): Stacks {
  let support: Support = supportOf(false, false, false)
  let guestErrors: GuestErrors | undefined
  const SourceMap = createSourceMapClass((mappings) => decode()(mappings))
  const takes = (name: string) => support.nodeModules || !name.includes('/node_modules/')
  const maps = createMaps(engine, settings, SourceMap, takes)

  const trace: Trace = ({ file, line, column }) => {
    const map = maps.of(file)
    return map && originIn(map, line, column)
  }

  /** With the names that minifiers have taken away, as far as the text tells of them. */
  const traceNamed: Trace = (frame, caller) => {
    const origin = trace(frame)
    const map = maps.of(frame.file)
    return origin && map && { ...origin, name: nameOf(map, frame, caller) }
  }

  /** What a map calls a function where it is declared, or else, as node does, where the frame below calls it. */
  function nameOf(map: SourceMap, frame: Frame, caller: Frame | undefined): string | undefined {
    const label = /(\S+) (?:\[.*\] )?\($/.exec(frame.before)?.[1] ?? ''
    const begin = maps.declarationOf(functionNameOf(label), frame)
    const name = begin && map.findEntry(begin.line - 1, begin.column - 1).name
    if (name || caller?.file !== frame.file || caller.column === undefined) return name
    return map.findEntry(caller.line - 1, caller.column - 1).name
  }

  function map(stack: string, error: Error): string {
    const [pick, write] = support.enabled ? [traceNamed, asNode] : [trace, withPlace]
    const head = headLength(stack, error.message)
    const lines = mapLines(stack.split('\n'), head, pick, write)
    if (settings.codeFrames) lines.splice(...frameFor(lines, head))
    return lines.join('\n')
  }

  /** Where it goes, and the lines around the first place that has a text. */
  function frameFor(lines: readonly string[], head: number): [number, number, ...string[]] {
    let first: number | undefined
    for (let index = head; index < lines.length; index++) {
      const { file, line, column } = frameOf(lines[index] as string) ?? {}
      if (file === undefined || line === undefined || column === undefined) continue
      first ??= index
      const text = maps.sourceOf(shownName(file))
      if (text !== undefined) return [first, 0, codeFrame(text, { line, column })]
    }
    return [0, 0]
  }

  const rewrite = (error: object, stack: string): string => {
    const own = engine.cleaner.cleanText(stack)
    const head = headLength(own, (error as { message?: unknown }).message)
    const text = mapLines(own.split('\n'), head, traceNamed, asNode).join('\n')
    engine.cleaner.keep(error, text)
    return text
  }

  function setSupport(next: Support): void {
    support = next
    if (next.enabled) guestErrors?.install()
    else guestErrors?.uninstall()
  }

  return {
    map,
    mapStack: (text) =>
      mapLines(engine.cleaner.cleanText(text).split('\n'), 0, trace, withPlace).join('\n'),
    sourceMapOf: maps.ofFile,
    sourceOf: maps.sourceOf,
    start(globals) {
      const { host } = engine
      guestErrors =
        (host.ownsRealm ? createPreparation(rewrite) : undefined) ??
        createStandIns(host.global as Record<string, unknown>, globals, rewrite, (site) =>
          siteOfFile(site, engine.compiler.compiled),
        )
      engine.builtins.contextOf('module').onDispose(() => guestErrors?.uninstall())
      if (engine.settings.sourceMaps) setSupport(supportOf(true, true, true))
    },
    members: {
      findSourceMap(path: unknown) {
        if (typeof path !== 'string' || !support.enabled || !takes(path)) return undefined
        const isUrl = /^\w+:\/\//.test(path)
        return maps.ofFile(isUrl ? path : resolve(engine.cwd(), path))
      },
      SourceMap,
      getSourceMapsSupport: () => support,
      setSourceMapsSupport(enabled: unknown, ...[options = {}]: [unknown?]) {
        expectBoolean('enabled', enabled)
        if (typeof options !== 'object' || options === null || Array.isArray(options)) {
          throw createError('ERR_INVALID_ARG_TYPE', 'options', 'Object', options)
        }
        const { nodeModules = false, generatedCode = false }: Record<string, unknown> = {
          ...options,
        }
        expectBoolean('options.nodeModules', nodeModules)
        expectBoolean('options.generatedCode', generatedCode)
        setSupport(supportOf(enabled, nodeModules, generatedCode))
      },
    },
  }
}

function supportOf(enabled: boolean, nodeModules: boolean, generatedCode: boolean): Support {
  const support = { __proto__: null, enabled, nodeModules, generatedCode }
  return Object.freeze(support as unknown as Support)
}

function originIn(map: SourceMap, line: number, column: number | undefined): Origin | undefined {
  // Without a column the line's last place has to do.
  const entry = map.findEntry(line - 1, (column ?? Number.POSITIVE_INFINITY) - 1)
  const { originalSource: source, originalLine, originalColumn } = entry
  if (source == null || originalLine === undefined || originalColumn === undefined) {
    return undefined
  }
  return { source: shownName(source), line: originalLine + 1, column: originalColumn + 1 }
}

function expectBoolean(name: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') throw createError('ERR_INVALID_ARG_TYPE', name, 'boolean', value)
}
