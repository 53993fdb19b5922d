/** What a realm looks like: every object that can be reached without calling anything, and what is in it. */

/** Roots by name, and what is not to be entered. */
export interface Scope {
  readonly roots: Readonly<Record<string, object>>
  readonly skip?: (path: string) => boolean
}

/**
 * Takes snapshots of one realm: by the path at which an object was first met its members, with their flags and values. An object keeps its name from one to the next, so that a replaced function is seen even
 * when it looks the same. Getters are not called. Self-contained, as it also runs in a browser's page.
 */
export function createSnapshots(scope: Scope): { take(): Map<string, string> } {
  const names = new WeakMap<object, string>()
  const given = new Map<string, number>()

  const isObject = (value: unknown): value is object =>
    (typeof value === 'object' && value !== null) || typeof value === 'function'

  const take = () => {
    const seen = new Map<string, string>()
    const waiting: object[] = []
    const nameOf = (value: object, path: string): string => {
      let name = names.get(value)
      if (name === undefined) {
        // Another object at the same place is another one.
        const times = (given.get(path) ?? 0) + 1
        given.set(path, times)
        name = times === 1 ? path : `${path}#${times}`
        names.set(value, name)
      }
      if (!seen.has(name)) {
        seen.set(name, '')
        waiting.push(value)
      }
      return name
    }
    const show = (value: unknown, path: string): string => {
      if (!isObject(value))
        return typeof value === 'symbol' ? String(value) : `${typeof value} ${value}`
      return scope.skip?.(path) ? '(skipped)' : `<${nameOf(value, path)}>`
    }
    for (const [name, root] of Object.entries(scope.roots)) nameOf(root, name)
    for (let index = 0; index < waiting.length; index++) {
      const object = waiting[index] as object
      const path = names.get(object) as string
      const lines = [`prototype ${show(Object.getPrototypeOf(object), `${path}.[[Prototype]]`)}`]
      lines.push(`extensible ${Object.isExtensible(object)}`)
      for (const key of Reflect.ownKeys(object)) {
        const place = `${path}.${String(key)}`
        if (scope.skip?.(place)) continue
        const descriptor = Object.getOwnPropertyDescriptor(object, key)
        if (descriptor === undefined) continue
        const { value, get, set, writable, enumerable, configurable } = descriptor
        const flags = [writable, enumerable, configurable]
          .map((flag) => (flag ? 'y' : 'n'))
          .join('')
        const shown =
          get || set
            ? `get ${show(get, `${place}(get)`)} set ${show(set, `${place}(set)`)}`
            : show(value, place)
        lines.push(`${String(key)} ${flags} ${shown}`)
      }
      seen.set(path, lines.join('\n'))
    }
    return seen
  }
  return { take }
}

/** What differs, one line each; nothing when the realm is as it was. */
export function compareSnapshots(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const differences: string[] = []
  for (const [path, text] of before) {
    const now = after.get(path)
    if (now === undefined) differences.push(`${path} is gone`)
    else if (now !== text) {
      const old = new Set(text.split('\n'))
      const fresh = now.split('\n').filter((line) => !old.has(line))
      const kept = new Set(now.split('\n'))
      const lost = [...old].filter((line) => !kept.has(line))
      differences.push(
        `${path}: ${[...lost.map((l) => `- ${l}`), ...fresh.map((l) => `+ ${l}`)].join(', ')}`,
      )
    }
  }
  for (const path of after.keys()) if (!before.has(path)) differences.push(`${path} is new`)
  return differences
}
