/** The tables of `util.inspect`: colours, and which kind of value has which. */

import type { Loose } from '../loose.ts'
import type { Stylize } from './session.ts'

/** Codes that switch on and off; names in the order of their first code, `-` where there is none. */
const groups: readonly (readonly [first: number, off: number, names: string])[] = [
  [0, 0, 'reset'],
  [1, 22, 'bold dim'],
  [3, 23, 'italic'],
  [4, 24, 'underline'],
  [5, 25, 'blink'],
  [7, 27, 'inverse'],
  [8, 28, 'hidden'],
  [9, 29, 'strikethrough'],
  [21, 24, 'doubleunderline'],
  [30, 39, 'black red green yellow blue magenta cyan white'],
  [40, 49, 'bgBlack bgRed bgGreen bgYellow bgBlue bgMagenta bgCyan bgWhite'],
  [51, 54, 'framed'],
  [53, 55, 'overlined'],
  [
    90,
    39,
    'gray redBright greenBright yellowBright blueBright magentaBright cyanBright whiteBright',
  ],
  [
    100,
    49,
    'bgGray bgRedBright bgGreenBright bgYellowBright bgBlueBright bgMagentaBright bgCyanBright bgWhiteBright',
  ],
]

/** Alias -> name; hidden, and assigning to the one changes the other. */
const aliases =
  'grey:gray blackBright:gray bgGrey:bgGray bgBlackBright:bgGray faint:dim crossedout:strikethrough strikeThrough:strikethrough crossedOut:strikethrough conceal:hidden swapColors:inverse swapcolors:inverse doubleUnderline:doubleunderline'

export function createColors(): Loose {
  const colors = Object.create(null)
  for (const [first, off, names] of groups) {
    names.split(' ').forEach((name, index) => {
      colors[name] = [first + index, off]
    })
  }
  for (const pair of aliases.split(' ')) {
    const [alias = '', name = ''] = pair.split(':')
    Object.defineProperty(colors, alias, {
      get() {
        return this[name]
      },
      set(value) {
        this[name] = value
      },
      configurable: true,
    })
  }
  return colors
}

export function createStyles(regexp: Loose): Loose {
  return Object.assign(Object.create(null), {
    special: 'cyan',
    number: 'yellow',
    bigint: 'yellow',
    boolean: 'yellow',
    undefined: 'grey',
    null: 'bold',
    string: 'green',
    symbol: 'green',
    date: 'magenta',
    regexp,
    module: 'underline',
  })
}

/** @param face `util.inspect`, whose tables a program may change */
export function createColorStylize(face: Loose): Stylize {
  return function stylizeWithColor(text, styleType) {
    const style = face.styles[styleType]
    if (style === undefined) return text
    const color = face.colors[style]
    if (color !== undefined) return `\u001b[${color[0]}m${text}\u001b[${color[1]}m`
    return typeof style === 'function' ? style(text) : text
  }
}
