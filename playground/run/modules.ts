/** The modules of the running program, from the loader's graph: what is new of them since somebody asked. */
import type { Loader } from 'lodger/hosts/page'
import type { ModuleTime } from './protocol.ts'

type GraphModule = ReturnType<Loader['graph']>['modules'][number]

/** For every millisecond that a graph takes, the program has so many for itself. */
const share = 10

/**
 * Asks for news. A graph takes time, and may be put off for that; then `undefined` comes back.
 * @param isLast so that it must not be put off
 */
export type AskModules = (isLast: boolean) => ModuleTime[] | undefined

export function watchModules(loader: () => Loader): AskModules {
  const began = performance.now()
  const told = new Map<string, string>()
  let next = 0

  return (isLast) => {
    const start = performance.now()
    if (start < next && !isLast) return undefined
    const times = loader()
      .graph()
      .modules.map((module) => timeOf(module, began))
    const news = times.filter((time) => {
      const text = JSON.stringify(time)
      const isOther = told.get(time.id) !== text
      told.set(time.id, text)
      return isOther
    })
    const end = performance.now()
    next = end + share * (end - start)
    return news
  }
}

/** What has not been measured, as JSON that is imported, takes nothing. */
function timeOf(module: GraphModule, began: number): ModuleTime {
  const { url: id, filename, format, by, loadedAt, milliseconds } = module
  const { start = began, self = 0, total = 0 } = milliseconds ?? {}
  const isLoaded = milliseconds === undefined || loadedAt !== undefined
  const isBuiltin = format === 'builtin'
  return { id, path: filename, isBuiltin, by, start: start - began, total, self, isLoaded }
}
