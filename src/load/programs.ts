/** Loaders that start loaders: the programs of one family run side by side and know each other by pid. */
import type { Program, ProgramStart, Programs, ShimContext, Volume } from '../seams.ts'
import type { Loader } from './loader.ts'
import type { LoaderOptions } from './options.ts'

/** What a loader has of those that started it. */
export interface Birth {
  readonly pid: number
  readonly ppid: number
  readonly argv0?: string | undefined
  readonly family: Family
}

interface Family {
  readonly firstPid: number
  lastPid: number
  readonly receivers: Map<number, (signal: number) => void>
  /** Those that another program has started. */
  readonly programs: Set<Program>
}

/** Makes one more loader with the same options but for those given. */
export type MakeAnother = (start: ProgramStart, birth: Birth) => Loader

/** What differs between the options of a loader and of one that it starts. */
export function programOptions(
  options: LoaderOptions,
  { argv, execArgv, env, cwd, host }: ProgramStart,
  volume: Volume,
): LoaderOptions {
  return { argv, execArgv, env, cwd, fs: volume, host: { ...options.host, ...host } }
}

/** Of a loader that the host makes. */
export function firstBirth(): Birth {
  const pid = 1000
  const family = {
    firstPid: pid,
    lastPid: pid,
    receivers: new Map<number, (signal: number) => void>(),
    programs: new Set<Program>(),
  }
  return { pid, ppid: pid - 1, family }
}

const contexts = new WeakMap<Loader, ShimContext>()

/** Lets whoever starts this loader as a program reach its builtins. */
export function rememberContext(loader: Loader, context: ShimContext): void {
  contexts.set(loader, context)
}

/** @param disposed calls back when the loader of this birth is disposed of */
export function createPrograms(
  { pid, ppid, family }: Birth,
  makeAnother: MakeAnother,
  disposed: (callback: () => void) => void,
): Programs {
  // What they have started outlives programs, as in node; only the host's own loader takes all of them with it.
  if (family.firstPid === pid) {
    disposed(() => {
      for (const program of family.programs) program.dispose('the loader that started it is gone')
    })
  }
  return {
    receivers: family.receivers,
    create(start) {
      const isOwnProcess = start.pid === undefined
      const loader = makeAnother(start, {
        pid: start.pid ?? ++family.lastPid,
        ppid: isOwnProcess ? pid : ppid,
        argv0: start.argv0,
        family,
      })
      const program: Program = {
        context: contexts.get(loader) as ShimContext,
        main: (filename) => loader.main(filename),
        require: (specifier) => loader.require(specifier),
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
