/**
 * The on-demand reading of package.json that node does (with simdjson), for texts that are not plain JSON.
 * The text is cut into tokens, the members of the root object are walked in order, a value that nobody asks for is
 * skipped by counting brackets. So `{ "x": nope, "main": "m.js" }` has a main, and `{} rest }` is an empty manifest.
 * The rules were found by probing node 26.10 with some two hundred texts; test/cases/manifest.test.ts holds them.
 */
import type { Manifest } from './manifest.ts'

interface Token {
  readonly text: string
  readonly start: number
}

type Members = { -readonly [Key in keyof Manifest]?: Manifest[Key] }

/** The manifest, or `undefined` where node says that the package config is invalid. */
export function scanManifest(text: string): Manifest | undefined {
  const tokens = tokenize(text)
  if (tokens?.[0]?.text !== '{' || tokens.at(-1)?.text !== '}') return undefined
  const members: Members = {}
  let index = 1
  if (tokens[index]?.text === '}') return finish(members)
  for (;;) {
    const key = tokens[index]?.text
    if (!key?.startsWith('"') || tokens[index + 1]?.text !== ':') return undefined
    const first = tokens[index + 2]
    if (first === undefined) return undefined
    const end = skipValue(tokens, index + 2)
    if (end === undefined) return undefined
    const last = tokens[end - 1] as Token
    const raw = text.slice(first.start, last.start + last.text.length)
    if (!take(members, key, first.text, raw, tokens.slice(index + 2, end))) return undefined
    const separator = tokens[end]?.text
    if (separator === '}') return finish(members)
    if (separator !== ',') return undefined
    index = end + 1
  }
}

function finish(members: Members): Manifest {
  const manifest = {
    name: undefined,
    main: undefined,
    type: 'none' as const,
    exports: undefined,
    imports: undefined,
    isLazy: true,
  }
  return Object.defineProperties(manifest, Object.getOwnPropertyDescriptors(members))
}

/** Takes over one member; false where node calls the whole file invalid. */
function take(
  members: Members,
  key: string,
  first: string,
  raw: string,
  tokens: readonly Token[],
): boolean {
  switch (key) {
    case '"name"': {
      const name = stringValue(first)
      if (name === undefined) return false
      members.name = name
      return true
    }
    case '"main"': {
      const main = stringValue(first)
      if (main !== undefined) members.main = main
      return true
    }
    case '"type"': {
      const type = stringValue(first)
      if (type === undefined) return false
      if (type === 'commonjs' || type === 'module') members.type = type
      return true
    }
    case '"exports"':
      return takeMap(members, 'exports', first, raw, tokens)
    case '"imports"':
      return takeMap(members, 'imports', first, raw, tokens)
    default:
      return true
  }
}

function takeMap(
  members: Members,
  key: 'exports' | 'imports',
  first: string,
  raw: string,
  tokens: readonly Token[],
): boolean {
  if (first.startsWith('"')) {
    const value = stringValue(first)
    if (value === undefined) return false
    const looksLikeJson = value.charCodeAt(0) === 0x5b || value.charCodeAt(0) === 0x7b
    if (looksLikeJson) defineLazily(members, key, value)
    else Object.defineProperty(members, key, { value, enumerable: true, configurable: true })
    return true
  }
  if (first !== '{' && first !== '[') return true
  if (!opensWell(tokens)) return false
  defineLazily(members, key, raw)
  return true
}

/** node parses the text at the first access; when that fails, each access fails anew. */
function defineLazily(members: Members, key: 'exports' | 'imports', json: string): void {
  Object.defineProperty(members, key, {
    enumerable: true,
    configurable: true,
    get(this: Manifest) {
      const value: unknown = JSON.parse(json)
      Object.defineProperty(this, key, { value, enumerable: true, configurable: true })
      return value
    },
  })
}

/** Of a kept object or array only the first member is looked at. */
function opensWell(tokens: readonly Token[]): boolean {
  const [open, first, second, third] = tokens.map((token) => token.text)
  if (open === '[') return first !== ',' && first !== '}' && first !== ':' && second !== ':'
  if (first === '}' || first === ']' || first === '{' || first === '[' || first === ',') return true
  return first?.startsWith('"') === true && second === ':' && third !== ':' && third !== ','
}

/** The index behind the value that begins at `index`. */
function skipValue(tokens: readonly Token[], index: number): number | undefined {
  const first = tokens[index]?.text
  if (first === undefined) return undefined
  const next = tokens[index + 1]?.text
  const isKey = first.startsWith('"') && next === ':'
  let depth: number
  if (first === '{' || first === '[') depth = 1
  else if (first === ',' || first === ':' || isKey) depth = 1
  else return index + 1
  let at = index + 1
  for (; at < tokens.length; at++) {
    const { text } = tokens[at] as Token
    if (text === '{' || text === '[') depth++
    else if (text === '}' || text === ']') depth--
    if (depth === 0) return at + 1
  }
  return undefined
}

const punctuation = '{}[]:,'
const whitespace = ' \t\n\r'

/** `undefined` for a string that does not end or holds a control character. */
function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = []
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    if (whitespace.includes(character)) {
      index++
    } else if (punctuation.includes(character)) {
      tokens.push({ text: character, start: index })
      index++
    } else if (character === '"') {
      const end = stringEnd(text, index)
      if (end === undefined) return undefined
      tokens.push({ text: text.slice(index, end), start: index })
      index = end
    } else {
      const end = scalarEnd(text, index)
      if (end === undefined) return undefined
      tokens.push({ text: text.slice(index, end), start: index })
      index = end
    }
  }
  return tokens
}

function stringEnd(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0x22) return index + 1
    if (code < 0x20) return undefined
    if (code === 0x5c) index++
  }
  return undefined
}

/** A run of anything else; quotes glued to it belong to it, a backslash hides the quote behind it. */
function scalarEnd(text: string, start: number): number | undefined {
  let index = start
  while (index < text.length) {
    const character = text.charAt(index)
    if (whitespace.includes(character) || punctuation.includes(character)) break
    if (character === '"') {
      const end = stringEnd(text, index)
      if (end === undefined) return undefined
      index = end
    } else {
      index += character === '\\' ? 2 : 1
    }
  }
  return index
}

/** The value of a string token; `undefined` for other tokens, bad escapes and lone surrogates in escapes. */
function stringValue(token: string): string | undefined {
  if (!token.startsWith('"')) return undefined
  try {
    const value: unknown = JSON.parse(token)
    return typeof value === 'string' && !/[\ud800-\udfff]/u.test(value) ? value : undefined
  } catch {
    return undefined
  }
}
