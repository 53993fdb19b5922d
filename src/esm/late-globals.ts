/** Globals that a module makes itself and reads by their names alone: they are not there when its text is compiled. */
import { isMentioned, namesGivenToGlobal } from '../load/globals.ts'

/** @param declared what the module declares itself, at its top */
export function lateNames(
  source: string,
  declared: { has(name: string): boolean },
): ReadonlySet<string> {
  return new Set(
    namesGivenToGlobal(source).filter((name) => !declared.has(name) && isMentioned(name, source)),
  )
}

/** @returns what is called for the value; for `typeof`, with an argument */
export function lateGlobal(global: object, name: string): (isInTypeof?: number) => unknown {
  return (isInTypeof) => {
    if (!isInTypeof && !(name in global)) throw new ReferenceError(`${name} is not defined`)
    return Reflect.get(global, name)
  }
}
