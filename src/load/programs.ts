/** Loaders that start loaders: the programs of one family run side by side and know each other by pid. */
import { join } from '../path.ts'
import type { Identity, Program, ProgramStart, Programs, ShimContext, Volume } from '../seams.ts'
import type { Engine } from './engine.ts'
import type { Loader } from './loader.ts'
import type { LoaderOptions } from './options.ts'
import { compileTypeScript } from './typescript.ts'

/** What a loader has of those that started it. */
export interface Birth {
  readonly identity: Identity
  readonly family: Family
}

interface Family {
  lastPid: number
  readonly receivers: Map<number, (signal: number) => void>
  /** Those that another program has started. */
  readonly programs: Set<Program>
}

/** A loader, and what its own shims know of it. */
export interface Born {
  readonly loader: Loader
  readonly context: ShimContext
  readonly engine: Engine
}

/** Of a loader that the host makes. */
export function firstBirth(identity: Identity): Birth {
  return {
    identity,
    family: { lastPid: identity.pid, receivers: new Map(), programs: new Set() },
  }
}

/** @param makeAnother makes one more loader with the same options but for those given */
export function createPrograms(
  { identity, family }: Birth,
  makeAnother: (start: ProgramStart, birth: Birth) => Born,
): Programs {
  return {
    receivers: family.receivers,
    create(start) {
      const { pid = ++family.lastPid, argv0 = 'node' } = start
      const ppid = start.pid === undefined ? identity.pid : identity.ppid
      const { loader, context, engine } = makeAnother(start, {
        identity: { pid, ppid, argv0 },
        family,
      })
      const program: Program = {
        context,
        main: (filename) => loader.main(filename),
        preload() {
          try {
            return engine.preload()
          } catch (error) {
            context.clean(error)
            throw error
          }
        },
        isModule: (filename) => engine.formatOf(filename) === 'module',
        parse: (filename) => engine.modules?.parse(filename, engine.readText(filename)),
        evaluate: (...text) => engine.modules?.evaluate(...text),
        unsettled: () => engine.modules?.unsettled(),
        isModuleText: (source, error) =>
          engine.settings.detectModule && engine.compiler.isModule(error, source, '[eval1]'),
        isModuleInOrder: (source) => engine.modules?.accepts(source, '[eval1]') === true,
        takesTypeScript: engine.settings.typescript !== false,
        toJavaScript(source, name, format) {
          const filename = join(engine.cwd(), `${name}.ts`)
          return compileTypeScript(engine, { source, filename, format, name, subject: name }).source
        },
        dispose(reason) {
          family.programs.delete(program)
          loader.dispose(reason)
        },
      }
      family.programs.add(program)
      return program
    },
  }
}

/** What programs have started outlives them, as in node; only the host's own loader takes all of them with it. */
export function disposeTogether(context: ShimContext, { family }: Birth): void {
  context.onDispose(() => {
    for (const program of family.programs) program.dispose('the loader that started it is gone')
  })
}

/** What differs between the options of a loader and of one that it starts. */
export function programOptions(
  options: LoaderOptions,
  { argv, execArgv, env, cwd, host }: ProgramStart,
  volume: Volume,
): LoaderOptions {
  return { ...options, argv, execArgv, env, cwd, fs: volume, host: { ...options.host, ...host } }
}
