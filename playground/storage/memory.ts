/** In place of a database where the browser gives none: everything is as usual until the page is closed. */
import type { Contents } from '../files/contents.ts'
import type { Database, Saved } from './database.ts'

export function createMemoryDatabase(): Database {
  const programs = new Map<string, { saved: Saved; changes: Map<string, Contents | null> }>()
  const done = Promise.resolve()
  return {
    isLasting: false,
    last: () => Promise.resolve(undefined),
    read: (program) => Promise.resolve(programs.get(program)),
    write(program, saved, changed) {
      const changes = programs.get(program)?.changes ?? new Map()
      for (const [path, contents] of changed) {
        if (contents === undefined) changes.delete(path)
        else changes.set(path, contents)
      }
      programs.set(program, { saved, changes })
      return done
    },
    forget(program) {
      programs.delete(program)
      return done
    },
    links: () =>
      Promise.resolve(
        [...programs].flatMap(([program, { saved }]) =>
          saved.link === undefined ? [] : [{ program, link: saved.link }],
        ),
      ),
  }
}
