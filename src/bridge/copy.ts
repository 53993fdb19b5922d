/**
 * Values as text, for walls that only text may pass: copies as `structuredClone` makes them, shared parts and cycles
 * kept. Functions and symbols do not cross: as a property they are left out, elsewhere they become `undefined`, and an
 * object of a class arrives as a plain one with the same data.
 */

/** A primitive that JSON has, or `[kind, payload]`. */
type Slot = string | number | boolean | null | readonly [kind: SlotKind, payload?: string | number]

/** `@`: the object of that number; the others are primitives that JSON lacks. */
type SlotKind = '@' | 'undefined' | 'number' | 'bigint'

/** One object: what it is, and what is in it. */
type Node =
  | readonly ['array', Slot[]]
  | readonly ['object' | 'error', (readonly [key: string, value: Slot])[]]
  | readonly ['date', number | null]
  | readonly ['bytes', string]

/** The value as text. Getters are read; one that throws is left out. */
export function encode(value: unknown): string {
  const nodes: Node[] = []
  const numbers = new Map<object, number>()
  // A queue and no recursion: an interpreter's stack is small.
  const waiting: object[] = []

  const slotOf = (item: unknown): Slot | undefined => {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return item
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0)
          ? item
          : ['number', Object.is(item, -0) ? '-0' : String(item)]
      case 'bigint':
        return ['bigint', String(item)]
      case 'undefined':
        return ['undefined']
      case 'object': {
        if (item === null) return null
        const known = numbers.get(item)
        if (known !== undefined) return ['@', known]
        numbers.set(item, waiting.length)
        waiting.push(item)
        return ['@', waiting.length - 1]
      }
      default:
        return undefined
    }
  }

  const root = orUndefined(slotOf(value))
  for (let index = 0; index < waiting.length; index++) {
    nodes.push(nodeOf(waiting[index] as object, slotOf))
  }
  return JSON.stringify([root, nodes])
}

/** `null` has a slot, a function has none. */
function orUndefined(slot: Slot | undefined): Slot {
  return slot === undefined ? ['undefined'] : slot
}

function nodeOf(object: object, slotOf: (item: unknown) => Slot | undefined): Node {
  if (Array.isArray(object)) {
    return ['array', Array.from(object, (item) => orUndefined(slotOf(item)))]
  }
  if (object instanceof Date) {
    const time = object.getTime()
    return ['date', Number.isNaN(time) ? null : time]
  }
  if (ArrayBuffer.isView(object)) return ['bytes', toHex(object)]
  const isError = object instanceof Error
  const keys = new Set(Object.keys(object))
  // Those are not enumerable, or inherited.
  if (isError) for (const key of ['name', 'message', 'stack', 'cause', 'errors']) keys.add(key)
  const entries: (readonly [string, Slot])[] = []
  for (const key of keys) {
    if (isError && !(key in object)) continue
    let slot: Slot | undefined
    try {
      slot = slotOf(key === 'stack' && isError ? stackOf(object) : Reflect.get(object, key))
    } catch {
      continue
    }
    if (slot !== undefined) entries.push([key, slot])
  }
  return [isError ? 'error' : 'object', entries]
}

/** QuickJS and SpiderMonkey begin a stack with its first frame, V8 with what the error says. */
function stackOf(error: Error): string | undefined {
  const { stack } = error
  if (typeof stack !== 'string' || !/^(?:\s+at |\S*@|$)/.test(stack)) return stack
  return `${error}\n${stack}`.trimEnd()
}

/** What `encode` has made, as a value of this realm. */
export function decode(text: string): unknown {
  const [root, nodes] = JSON.parse(text) as [Slot, Node[]]
  const objects = nodes.map(emptyOf)

  const unpack = (slot: Slot): unknown => {
    if (!Array.isArray(slot)) return slot
    const [kind, payload] = slot as readonly [SlotKind, string | number]
    if (kind === '@') return objects[payload as number]
    if (kind === 'number') return Number(payload)
    return kind === 'bigint' ? BigInt(payload) : undefined
  }

  for (const [index, [kind, contents]] of nodes.entries()) {
    const object = objects[index] as object
    if (kind === 'array') for (const slot of contents) (object as unknown[]).push(unpack(slot))
    if (kind !== 'object' && kind !== 'error') continue
    for (const [key, slot] of contents) {
      // Defined, not assigned: `__proto__` is a name like any other.
      Object.defineProperty(object, key, {
        value: unpack(slot),
        writable: true,
        enumerable: kind === 'object' || !quietKeys.has(key),
        configurable: true,
      })
    }
  }
  return unpack(root)
}

const quietKeys: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])

const errorClasses: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}

function emptyOf([kind, contents]: Node): object {
  switch (kind) {
    case 'array':
      return []
    case 'date':
      return new Date(contents ?? Number.NaN)
    case 'bytes':
      return fromHex(contents)
    case 'error': {
      const name = contents.find(([key]) => key === 'name')?.[1]
      const Class = typeof name === 'string' ? errorClasses[name] : undefined
      return new (Class ?? Error)()
    }
    default:
      return {}
  }
}

function toHex({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let text = ''
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
    text += byte.toString(16).padStart(2, '0')
  }
  return text
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16)
  }
  return bytes
}
