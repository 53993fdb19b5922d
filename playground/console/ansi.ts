/** Text with ANSI escape sequences to pieces with classes. Colours are sixteen names, so that each has its contrast. */

export interface Piece {
  readonly text: string
  /** `bold fg-red`; empty for plain text. */
  readonly classes: string
}

/** What the sequences so far have switched on. */
export interface Style {
  readonly flags: ReadonlySet<string>
  readonly foreground: string
  readonly background: string
}

export const plain: Style = { flags: new Set(), foreground: '', background: '' }

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']

const flagOf: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
}

/** What each code switches off. */
const offOf: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the sequences are made of
const sequence = /\x1b(?:\[([0-9;:?]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g

/** One line of text. @returns its pieces, and the style that goes on into the next line */
export function readAnsi(line: string, style: Style): { pieces: Piece[]; style: Style } {
  const pieces: Piece[] = []
  let start = 0
  const add = (text: string) => {
    if (text !== '') pieces.push({ text, classes: classesOf(style) })
  }
  for (const match of line.matchAll(sequence)) {
    add(line.slice(start, match.index))
    start = match.index + match[0].length
    if (match[2] === 'm') style = select(style, match[1] ?? '')
  }
  add(line.slice(start))
  return { pieces, style }
}

/** The text without its sequences. */
export function withoutAnsi(text: string): string {
  return text.replace(sequence, '')
}

function select(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number)
  const flags = new Set(style.flags)
  let { foreground, background } = style
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0
    const flag = flagOf[code]
    if (code === 0) {
      flags.clear()
      foreground = background = ''
    } else if (flag !== undefined) flags.add(flag)
    else if (code in offOf) for (const off of offOf[code] ?? []) flags.delete(off)
    else if (code === 39) foreground = ''
    else if (code === 49) background = ''
    else if (code === 38 || code === 48) {
      const { colour, length } = longColour(codes.slice(index + 1))
      if (code === 38) foreground = colour
      else background = colour
      index += length
    } else if (code >= 30 && code < 38) foreground = names[code - 30] ?? ''
    else if (code >= 90 && code < 98) foreground = `bright-${names[code - 90]}`
    else if (code >= 40 && code < 48) background = names[code - 40] ?? ''
    else if (code >= 100 && code < 108) background = `bright-${names[code - 100]}`
  }
  return { flags, foreground, background }
}

/** `5;n` of 256 colours, `2;r;g;b` of all: the nearest of the sixteen. */
function longColour(codes: readonly number[]): { colour: string; length: number } {
  const [kind, first = 0, green = 0, blue = 0] = codes
  if (kind === 2) return { colour: nearest(first, green, blue), length: 4 }
  if (kind !== 5) return { colour: '', length: 0 }
  if (first < 16) {
    return { colour: (first < 8 ? '' : 'bright-') + names[first % 8], length: 2 }
  }
  if (first >= 232) {
    const grey = 8 + (first - 232) * 10
    return { colour: nearest(grey, grey, grey), length: 2 }
  }
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40)
  const cube = first - 16
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level)
  return { colour: nearest(r ?? 0, g ?? 0, b ?? 0), length: 2 }
}

function nearest(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue)
  const least = Math.min(red, green, blue)
  if (most - least < 40) {
    if (most < 64) return 'black'
    if (most < 144) return 'bright-black'
    return most < 220 ? 'white' : 'bright-white'
  }
  const middle = (most + least) / 2
  const index = Number(red > middle) + 2 * Number(green > middle) + 4 * Number(blue > middle)
  return (most > 220 ? 'bright-' : '') + names[index]
}

function classesOf({ flags, foreground, background }: Style): string {
  return [
    ...flags,
    ...(foreground === '' ? [] : [`fg-${foreground}`]),
    ...(background === '' ? [] : [`bg-${background}`]),
  ].join(' ')
}
