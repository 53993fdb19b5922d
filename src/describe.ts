/** Values as node's error messages show them. */

/** What node says of a value of the wrong type. */
export function describeReceived(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  switch (typeof value) {
    case 'function':
      return `function ${value.name}`
    case 'object': {
      // biome-ignore lint/complexity/noBannedTypes: whatever the object says it was made by
      const maker = (value as { constructor?: Function }).constructor
      return maker?.name ? `an instance of ${maker.name}` : describe(value, -1)
    }
    case 'string': {
      const shown = value.length > 28 ? `${value.slice(0, 25)}...` : value
      return `type string (${shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`})`
    }
    default:
      return `type ${typeof value} (${describe(value)})`
  }
}

/**
 * A value as node's `inspect` would show it, as far as error messages need that: primitives exactly, objects and
 * arrays on one line.
 */
export function describe(value: unknown, depth = 2): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'function': {
      const shown = value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]'
      const members = describeMembers(value, depth)
      return members === '' ? shown : `${shown} { ${members} }`
    }
    case 'object':
      return value === null ? 'null' : describeObject(value, depth)
    default:
      return String(value)
  }
}

function describeObject(value: object, depth: number): string {
  if (value instanceof Error) return `[${String(value)}]`
  if (value instanceof RegExp || value instanceof Date) return String(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  // biome-ignore lint/complexity/noBannedTypes: whatever the object says it was made by
  const maker = (prototype as { constructor?: Function } | null)?.constructor?.name
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    if (depth < 0) return '[Array]'
    return `[ ${value.map((item) => describe(item, depth - 1)).join(', ')} ]`
  }
  if (value instanceof Set || value instanceof Map) {
    const items = [...value].map((item) =>
      Array.isArray(item) && value instanceof Map
        ? `${describe(item[0], depth - 1)} => ${describe(item[1], depth - 1)}`
        : describe(item, depth - 1),
    )
    return `${maker}(${value.size}) {${items.length > 0 ? ` ${items.join(', ')} ` : ''}}`
  }
  const prefix =
    prototype === null ? '[Object: null prototype] ' : maker === 'Object' ? '' : `${maker} `
  const members = depth < 0 ? '' : describeMembers(value, depth)
  if (members !== '') return `${prefix}{ ${members} }`
  if (Object.keys(value).length === 0) return `${prefix}{}`
  return prefix === '' ? '[Object]' : `[${prefix.trim()}]`
}

function describeMembers(value: object, depth: number): string {
  return Object.keys(value)
    .map((key) => {
      const shown = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
      return `${shown}: ${describe((value as Record<string, unknown>)[key], depth - 1)}`
    })
    .join(', ')
}

/** Single quotes unless the text has some and lacks the other kinds, as `inspect` chooses them. */
function quote(text: string): string {
  const mark = ["'", '"', '`'].find((candidate) => !text.includes(candidate)) ?? "'"
  let quoted = mark
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const letter = 'btnvfr'.charAt(code - 8)
    if (character === mark || character === '\\') quoted += `\\${character}`
    else if (letter !== '') quoted += `\\${letter}`
    else if (code < 32 || (code >= 127 && code < 160)) {
      quoted += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
    } else quoted += character
  }
  return quoted + mark
}
