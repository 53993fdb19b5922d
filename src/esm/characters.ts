/** The least parts of JavaScript's texts, by their codes. */

/** 1: part of a word, 2: space, 3: the end of a line. */
const kinds = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code)
  if (/[\w$]/.test(character)) kinds[code] = 1
  else if (/[\n\r]/.test(character)) kinds[code] = 3
  else if (/\s/.test(character)) kinds[code] = 2
}

export function isWord(code: number): boolean {
  return code < 128 ? kinds[code] === 1 : code > 127 && !isSpace(code) && !isLineEnd(code)
}

/** Within a line. */
export function isSpace(code: number): boolean {
  return code < 128 ? kinds[code] === 2 : code === 0xa0 || code === 0xfeff
}

export function isLineEnd(code: number): boolean {
  return code < 128 ? kinds[code] === 3 : code === 0x2028 || code === 0x2029
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** The next place where neither space nor a comment is. */
export function nextToken(source: string, start: number): number {
  let index = start
  for (;;) {
    const code = source.charCodeAt(index)
    if (isSpace(code) || isLineEnd(code)) {
      index++
      continue
    }
    const end = code === 47 ? endOfComment(source, index) : undefined
    if (end === undefined || end === -1) return index
    index = end
  }
}

/** @returns nothing where there is none, -1 where it does not end */
export function endOfComment(source: string, start: number): number | undefined {
  const next = source.charCodeAt(start + 1)
  if (next === 47) return endOfLine(source, start)
  if (next !== 42) return undefined
  const end = source.indexOf('*/', start + 2)
  return end === -1 ? -1 : end + 2
}

export function endOfLine(source: string, start: number): number {
  const end = source.indexOf('\n', start)
  return end === -1 ? source.length : end
}

export function endOfWord(source: string, start: number): number {
  let index = start
  while (isWord(source.charCodeAt(index))) index++
  return index
}

/** @returns -1 where it does not end */
export function endOfString(source: string, start: number): number {
  const quote = source.charCodeAt(start)
  for (let index = start + 1; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (code === quote) return index + 1
    if (code === 92) index++
    else if (code === 10) return -1
  }
  return -1
}

/** Behind the closing quote, or behind `${`; -1 where there is neither. */
export function endOfTemplateText(source: string, start: number): number {
  for (let index = start; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (code === 96) return index + 1
    if (code === 92) index++
    else if (code === 36 && source.charCodeAt(index + 1) === 123) return index + 2
  }
  return -1
}

/** Flags and all; -1 where it does not end. */
export function endOfRegExp(source: string, start: number): number {
  let isClass = false
  for (let index = start + 1; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (code === 10) return -1
    if (code === 92) index++
    else if (code === 91) isClass = true
    else if (code === 93) isClass = false
    else if (code === 47 && !isClass) return endOfWord(source, index + 1)
  }
  return -1
}

/** A single `=`. */
export function isAssignment(source: string, index: number): boolean {
  const next = source.charCodeAt(index + 1)
  return source.charCodeAt(index) === 61 && next !== 61 && next !== 62
}

/** Whether `=` assigns, by itself or as the end of an operator; it may end a comparison, too. */
export function isAssignmentEnd(source: string, index: number): boolean {
  const last = source.charCodeAt(index - 1)
  if (last === 61 || last === 33 || source.charCodeAt(index + 1) === 61) return false
  return (last !== 60 && last !== 62) || source.charCodeAt(index - 2) === last
}
