/** What requests led to, forgotten as far as one file has to do with it. */
import type { Engine } from '../load/engine.ts'
import { toPath } from '../load/require.ts'
import { basename, dirname } from '../path.ts'

/**
 * A file has changed, come or gone. Answers that led to it are looked for anew. Where none did it may have come, and so
 * may a package.json lead elsewhere: then all are, but those that led to what is gone by now, which stays found as in node.
 */
export function forgetAnswers(engine: Engine, filename: string): void {
  const { resolver, volume } = engine
  resolver.begin()
  engine.transpiling?.forget?.(filename)
  const [directory, name] = [dirname(filename), basename(filename)]
  for (const place of resolver.places.root.visited()) {
    if (place.path === directory || place.directory?.path === directory) place.forget(name)
  }
  let hasLed = false
  forgetWhere(engine, (found) => {
    hasLed ||= found === filename
    return found === filename
  })
  const isHere = volume.lookup(filename) !== undefined
  if (name === 'package.json' || (isHere && !hasLed)) {
    forgetWhere(engine, (found) => volume.lookup(found) !== undefined)
  }
}

function forgetWhere(engine: Engine, mustGo: (filename: string) => boolean): void {
  const places = [...engine.resolver.places.root.visited()]
  const memories = [
    ...engine.memories.flatMap((current) => [...current()]),
    ...places.flatMap(({ answers }) => answers ?? []),
  ]
  for (const memory of memories) {
    for (const [key, answer] of memory.entries()) {
      const found = typeof answer === 'string' ? (toPath(answer) ?? answer) : answer.filename
      if (mustGo(found)) memory.delete(key)
    }
  }
}
