/** How a failed assertion shows the difference of two values. */

import { diffLines, type Step } from './diff.ts'
import type { Loose, LooseFunction } from './loose.ts'

export interface Colors {
  blue: string
  green: string
  white: string
  red: string
  gray: string
  hasColors: boolean
}

interface DiffOptions {
  operator: string
  message: unknown
  isFull: boolean
  colors: Colors
  /** The terminal's. */
  width: number
}

/** What stands above the values. */
export const lead: Record<string, string> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
}

/** Whatever the program made `inspect`'s defaults: everything that is compared is shown, on lines of its own. */
export function inspectForDiff(inspect: LooseFunction, value: unknown): string {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  })
}

export function createDiffMessage(
  inspect: LooseFunction,
  actual: Loose,
  expected: Loose,
  options: DiffOptions,
): string {
  const { colors, isFull, message } = options
  const { green, white, red, gray } = colors
  const [shownActual, shownExpected] = [
    inspectForDiff(inspect, actual),
    inspectForDiff(inspect, expected),
  ]
  const [linesOfActual, linesOfExpected] = [shownActual.split('\n'), shownExpected.split('\n')]
  const areObjects = isObject(actual) && isObject(expected)
  const areFunctions = typeof actual === 'function' && typeof expected === 'function'
  let { operator } = options
  if (operator === 'strictEqual' && (areObjects || areFunctions)) operator = 'strictEqualObject'

  let header = `${green}+ actual${white} ${red}- expected${white}`
  let skipped = false
  let body: string
  if (linesOfActual.length === 1 && linesOfExpected.length === 1 && !areObjects) {
    const simple = describeSimple([actual, shownActual], [expected, shownExpected], options)
    body = simple.text
    header = simple.header ?? header
  } else if (shownActual === shownExpected) {
    operator = 'notIdentical'
    header = ''
    skipped = linesOfActual.length > 50 && !isFull
    body = skipped ? `${linesOfActual.slice(0, 50).join('\n')}\n...}` : shownActual
  } else {
    const steps = isObject(actual)
      ? diffLines(linesOfActual, linesOfExpected, equalButForComma, (a, b) =>
          a.endsWith(',') ? a : b,
        )
      : diffLines(linesOfActual, linesOfExpected)
    const isPartial = operator === 'partialDeepStrictEqual'
    ;({ body, skipped } = printSteps(steps, isPartial, colors))
    if (isPartial)
      header = `${gray}${colors.hasColors ? '' : '+ '}actual${white} ${red}- expected${white}`
  }
  return `${message || lead[operator]}\n${header}${skipped ? '\n... Skipped lines' : ''}\n${body}\n`
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const equalButForComma = (a: string, b: string): boolean =>
  a === b || `${a},` === b || a === `${b},`

type Shown = [value: unknown, text: string]

/** Values of one line each: beside each other when they are short, else below each other. */
function describeSimple(
  [actual, shownActual]: Shown,
  [expected, shownExpected]: Shown,
  { colors, width }: DiffOptions,
): { text: string; header?: string } {
  const { green, red, white } = colors
  const quotes = (typeof actual === 'string' ? 2 : 0) + (typeof expected === 'string' ? 2 : 0)
  const length = shownActual.length + shownExpected.length
  if (length - quotes <= 12 && (actual !== 0 || expected !== 0)) {
    return { text: `${shownActual} !== ${shownExpected}`, header: '' }
  }
  const areStrings = quotes === 4
  if (areStrings && colors.hasColors) {
    const colored = diffLines(shownActual.split(''), shownExpected.split('')).map(
      ([operation, character]) => {
        const color = operation === 1 ? green : operation === -1 ? red : white
        return `${color}${character}${white}`
      },
    )
    return {
      text: `\n${colored.join('')}`,
      header: `${green}actual${white} ${red}expected${white}`,
    }
  }
  let text = `\n${green}+${white} ${shownActual}\n${red}- ${white}${shownExpected}`
  if (areStrings && length <= width) {
    let index = 0
    while (index < shownActual.length && shownActual[index] === shownExpected[index]) index++
    // At the very beginning it is seen without a mark.
    if (index >= 3 && index < shownActual.length) text += `\n${' '.repeat(index + 2)}^`
  }
  return { text }
}

/** Runs of more than five equal lines are cut short. */
function printSteps(
  steps: Step<string>[],
  isPartial: boolean,
  colors: Colors,
): { body: string; skipped: boolean } {
  const { blue, green, white, red, gray, hasColors } = colors
  let body = ''
  let skipped = false
  let same = 0
  const line = (index: number): string => `${white}  ${steps[index]?.[1]}\n`
  for (const [index, [operation, value]] of steps.entries()) {
    if (operation !== 0 && same > 0) {
      // Dots for a single line would save nothing.
      if (same === 6) body += line(index - 1)
      else if (same === 7) body += line(index - 2) + line(index - 1)
      else if (same >= 8) {
        body += `${blue}...${white}\n${line(index - 1)}`
        skipped = true
      }
      same = 0
    }
    if (operation === 0) {
      if (same < 5) body += line(index)
      same++
    } else if (operation === -1) body += `${red}-${white} ${value}\n`
    else if (isPartial) body += `${gray}${hasColors ? ' ' : '+'} ${value}${white}\n`
    else body += `${green}+${white} ${value}\n`
  }
  return { body: `\n${body.trimEnd()}`, skipped }
}
