/** `util.parseArgs`. https://nodejs.org/docs/latest-v26.x/api/util.html#utilparseargsconfig */

import { codedError, createError } from '../../src/errors.ts'
import type { Loose } from './loose.ts'
import { validateArray, validateBoolean, validateObject, validateString } from './validate.ts'

type Token =
  | {
      kind: 'option'
      name: string
      rawName: string
      index: number
      value: Loose
      inlineValue: Loose
    }
  | { kind: 'positional'; index: number; value: string }
  | { kind: 'option-terminator'; index: number }
type OptionToken = Token & { kind: 'option' }
type Options = Record<string, Loose>

interface Settings {
  options: Options
  allowPositionals: boolean
  allowNegative: boolean
}

const own = (object: Loose, key: string): Loose =>
  Object.hasOwn(object, key) ? object[key] : undefined
const ownOf = (options: Options, name: string, key: string): Loose =>
  Object.hasOwn(options, name) ? own(options[name], key) : undefined

/** @param mainArgs the arguments behind the program's name */
export function parseArgs(config: Loose, mainArgs: () => string[]): Loose {
  const args = own(config, 'args') ?? mainArgs()
  const strict = own(config, 'strict') ?? true
  const allowPositionals = own(config, 'allowPositionals') ?? !strict
  const returnTokens = own(config, 'tokens') ?? false
  const allowNegative = own(config, 'allowNegative') ?? false
  const options = own(config, 'options') ?? Object.create(null)
  validateArray(args, 'args')
  validateBoolean(strict, 'strict')
  validateBoolean(allowPositionals, 'allowPositionals')
  validateBoolean(returnTokens, 'tokens')
  validateBoolean(allowNegative, 'allowNegative')
  validateObject(options, 'options')
  for (const [name, option] of Object.entries(options)) validateOption(name, option)

  const settings: Settings = { options, allowPositionals, allowNegative }
  const tokens = tokenize(args, options)
  const values: Record<string, Loose> = Object.create(null)
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) checkUsage(token, settings)
      store(token, settings, values)
    } else if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw codedError(
          TypeError,
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${token.value}'. This command does not take positional arguments`,
        )
      }
      positionals.push(token.value)
    }
  }
  for (const [name, option] of Object.entries(options)) {
    const value = own(option, 'default')
    if (value !== undefined && values[name] === undefined && name !== '__proto__')
      values[name] = value
  }
  return returnTokens ? { values, positionals, tokens } : { values, positionals }
}

function validateOption(name: string, option: Loose): void {
  const path = `options.${name}`
  validateObject(option, path)
  const type = own(option, 'type')
  if (type !== 'string' && type !== 'boolean') {
    throw createError('ERR_INVALID_ARG_TYPE', `${path}.type`, "('string|boolean')", type)
  }
  if (Object.hasOwn(option, 'short')) {
    validateString(option.short, `${path}.short`)
    if (option.short.length !== 1) {
      throw createError(
        'ERR_INVALID_ARG_VALUE',
        `${path}.short`,
        option.short,
        'must be a single character',
      )
    }
  }
  const multiple = own(option, 'multiple')
  if (Object.hasOwn(option, 'multiple')) validateBoolean(multiple, `${path}.multiple`)
  const value = own(option, 'default')
  if (value === undefined) return
  const validate: (value: unknown, name: string) => void =
    type === 'string' ? validateString : validateBoolean
  if (!multiple) validate(value, `${path}.default`)
  else {
    validateArray(value, `${path}.default`)
    value.forEach((item, index) => {
      validate(item, `${path}.default[${index}]`)
    })
  }
}

function tokenize(args: string[], options: Options): Token[] {
  const tokens: Token[] = []
  const rest = args.slice()
  const longName = (short: string): string =>
    Object.entries(options).find(([, option]) => own(option, 'short') === short)?.[0] ?? short
  const takesText = (name: string): boolean => ownOf(options, name, 'type') === 'string'
  let index = -1
  // Letters of one group (`-abc`) share the index of their argument.
  let group = 0

  const pushOption = (name: string, rawName: string): void => {
    const hasValue = takesText(name) && rest[0] !== undefined && rest[0] !== null
    const value = hasValue ? rest.shift() : undefined
    tokens.push({
      kind: 'option',
      name,
      rawName,
      index,
      value,
      inlineValue: hasValue ? false : undefined,
    })
    if (hasValue) index++
  }
  const pushInline = (name: string, rawName: string, value: string): void => {
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue: true })
  }

  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (group > 0) group--
    else index++
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index })
      for (const value of rest) tokens.push({ kind: 'positional', index: ++index, value })
      break
    }
    if (/^--./s.test(arg)) {
      const equals = arg.indexOf('=', 3)
      if (equals === -1) pushOption(arg.slice(2), arg)
      else pushInline(arg.slice(2, equals), arg.slice(0, equals), arg.slice(equals + 1))
    } else if (/^-./s.test(arg)) {
      const name = longName(arg.charAt(1))
      if (arg.length === 2) pushOption(name, arg)
      else if (takesText(name)) pushInline(name, arg.slice(0, 2), arg.slice(2))
      else {
        const expanded = expandGroup(arg, (short) => takesText(longName(short)))
        rest.unshift(...expanded)
        group = expanded.length
      }
    } else tokens.push({ kind: 'positional', index, value: arg })
  }
  return tokens
}

/** `-abfFILE` to `-a`, `-b`, `-fFILE`. */
function expandGroup(arg: string, takesText: (short: string) => boolean): string[] {
  const expanded: string[] = []
  for (let i = 1; i < arg.length; i++) {
    const isLast = i === arg.length - 1
    if (takesText(arg.charAt(i)) && !isLast) {
      expanded.push(`-${arg.slice(i)}`)
      break
    }
    expanded.push(`-${arg.charAt(i)}`)
  }
  return expanded
}

function checkUsage(
  token: OptionToken,
  { options, allowPositionals, allowNegative }: Settings,
): void {
  const { rawName, value } = token
  let { name } = token
  if (!Object.hasOwn(options, name)) {
    const positive = name.slice(3)
    const isNegation =
      allowNegative && name.startsWith('no-') && ownOf(options, positive, 'type') === 'boolean'
    if (!isNegation) throw unknownOption(rawName, allowPositionals)
    name = positive
  }
  const short = ownOf(options, name, 'short')
  const shown = `${short ? `-${short}, ` : ''}--${name}`
  const type = ownOf(options, name, 'type')
  if (type === 'string' && typeof value !== 'string') {
    throw invalidValue(`Option '${shown} <value>' argument missing`)
  }
  if (type === 'boolean' && value !== undefined && value !== null) {
    throw invalidValue(`Option '${shown}' does not take an argument`)
  }
  if (!token.inlineValue && typeof value === 'string' && /^-./s.test(value)) {
    const example = rawName.startsWith('--')
      ? `'${rawName}=-XYZ'`
      : `'--${token.name}=-XYZ' or '${rawName}-XYZ'`
    throw invalidValue(
      `Option '${rawName}' argument is ambiguous.\n` +
        `Did you forget to specify the option argument for '${rawName}'?\n` +
        `To specify an option argument starting with a dash use ${example}.`,
    )
  }
}

const invalidValue = (text: string): Error =>
  codedError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', text)

function unknownOption(name: string, allowPositionals: boolean): Error {
  const hint = allowPositionals
    ? `. To specify a positional argument starting with a '-', place it at the end of the command after ` +
      `'--', as in '-- ${JSON.stringify(name)}`
    : ''
  return codedError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${name}'${hint}`)
}

function store(
  token: OptionToken,
  { options, allowNegative }: Settings,
  values: Record<string, Loose>,
): void {
  if (token.name === '__proto__') return
  let { value } = token
  if (allowNegative && token.name.startsWith('no-') && value === undefined) {
    token.name = token.name.slice(3)
    value = false
  }
  const { name } = token
  const stored = value ?? true
  if (!ownOf(options, name, 'multiple')) values[name] = stored
  else if (values[name]) values[name].push(stored)
  else values[name] = [stored]
}
