/** Regular expressions in colours that change with the depth of their groups. */

import type { Loose } from '../loose.ts'

/** How many colours further than the depth says. */
const delimiter = 0
const name = 1
const brace = 1
const letter = 2
const property = 2
const dot = 3
const digit = 3
const operator = 4

const defaultPalette = ['green', 'red', 'yellow', 'cyan', 'magenta']

/** One rule: what it takes, anchored where the reader stands, and the colour of each of its groups. */
type Rule = readonly [pattern: RegExp, ...shifts: number[]]

const escapes: readonly Rule[] = [
  [/(\\[pPu]\{)([^}]*)(\})/y, brace, property, brace],
  [/(\\[pPu]\{|\\x..|\\\d+|\\.)/y, letter],
]
const outside: readonly Rule[] = [
  [/(\\k<)([^>]*)(>)/y, delimiter, name, delimiter],
  [/(\\k<)/y, letter],
  ...escapes,
  [/(\{)(?=[\d,])(\d*)(,?)(\d*)(\}?)/y, brace, digit, letter, digit, brace],
  [/(\.)/y, dot],
  [/([\^$|*+?,])/y, operator],
  [/([\s\S])/y, letter],
]
/** Here everything lies one deeper. */
const inClass: readonly Rule[] = [
  [/(\\[pPu]\{)([^}]*)(\})/y, brace, property, brace],
  [/(\\[pPu]\{|\\x..|\\\d+|\\.)/y, name],
  [/(?<!\[\^?)(-)(?!\])/y, property],
  [/([\s\S])/y, name],
]
const groupStarts: readonly Rule[] = [
  [/(\?<)(?![=!])([^>]*)(>)/y, delimiter, name, delimiter],
  [/(\?(?:<?[=!]|:|<))/y, delimiter],
  [/(\?)/y, name],
]

/** @param face `util.inspect`, for its colours */
export function createHighlight(face: Loose): Loose {
  function highlightRegExp(regexp: string): string {
    const palette = highlightRegExp.colors?.length > 0 ? highlightRegExp.colors : defaultPalette
    let depth = 0
    let shown = ''
    let place = 0

    const write = (text: string, shift: number): void => {
      place += text.length
      const color = face.colors[palette[(depth + shift) % palette.length] ?? palette[0]]
      shown += color && text ? `\u001b[${color[0]}m${text}\u001b[${color[1]}m` : text
    }

    /** The first rule that fits, if any. */
    const read = (rules: readonly Rule[]): void => {
      for (const [pattern, ...shifts] of rules) {
        pattern.lastIndex = place
        const groups = pattern.exec(regexp)
        if (groups === null) continue
        shifts.forEach((shift, index) => {
          write(groups[index + 1] as string, shift)
        })
        return
      }
    }

    const readClass = (): void => {
      depth++
      write('[', delimiter)
      while (place < regexp.length && regexp[place] !== ']') read(inClass)
      if (place < regexp.length) write(']', delimiter)
      depth--
    }

    write('/', delimiter)
    while (place < regexp.length && regexp[place] !== '/') {
      const character = regexp[place]
      if (character === '[') readClass()
      else if (character === '(') {
        depth++
        write('(', delimiter)
        read(groupStarts)
      } else if (character === ')') {
        write(')', delimiter)
        depth--
      } else read(outside)
    }
    write('/', delimiter)
    write(regexp.slice(place), 1)
    return shown
  }
  highlightRegExp.colors = defaultPalette as Loose
  return highlightRegExp
}
