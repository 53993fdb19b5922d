/** What stands behind `lodger run` and `lodger repl`, told apart: our options, node's flags, the program and its arguments. */
import {
  createEnvironmentFlags,
  isCodeFlag,
  readFlags,
} from '../../shims/internal/process/flags.ts'
import { type EngineName, engineNames } from './transpile-options.ts'
import { UsageError } from './usage-error.ts'

type Command = 'run' | 'repl'

const codeRemedies: Readonly<Record<Command, string>> = {
  run: 'put the code into a file and run that',
  repl: 'type the code at the prompt',
}

const flagRemedies: Readonly<Record<Command, string>> = {
  run: 'give arguments of the program after its file',
  repl: 'only --write, --transpile and flags of node may stand there',
}

/** What both take. */
export interface GuestArguments {
  readonly help: boolean
  /** The guest may change files on disk. */
  readonly write: boolean
  readonly transpile: EngineName
  readonly execArgv: readonly string[]
}

export interface RunArguments extends GuestArguments {
  readonly file: string
  readonly args: readonly string[]
}

/** @throws UsageError */
export function readRunArguments(words: readonly string[]): RunArguments {
  const { rest, ...given } = readGuestArguments(words, 'run')
  const [file = '', ...args] = rest
  if (given.help) return { ...given, file, args }
  if (file === '') throw new UsageError('no file given: lodger run <file> [arguments]', 'run')
  if (file === '-') {
    throw new UsageError('a program is not read from standard input: give its file', 'run')
  }
  return { ...given, file, args }
}

/** @throws UsageError */
export function readReplArguments(words: readonly string[]): GuestArguments {
  const { rest, ...given } = readGuestArguments(words, 'repl')
  const [file] = rest
  if (given.help || file === undefined) return given
  throw new UsageError(
    `it takes no file: lodger run ${file}, or .load ${file} at the prompt`,
    'repl',
  )
}

function readGuestArguments(
  words: readonly string[],
  command: Command,
): GuestArguments & { readonly rest: readonly string[] } {
  const known = createEnvironmentFlags()
  const { flags, rest } = readFlags(words)
  const execArgv: string[] = []
  let help = false
  let write = false
  let transpile: EngineName = 'typescript'
  for (const { words: given, name, lacksValue } of flags) {
    const word = given[0] as string
    if (word === '--write') write = true
    else if (name === '--transpile') transpile = engineOf(word, command)
    else if (word === '--help' || word === '-h') help = true
    else if (!known.has(name)) throw unknownFlag(word, command)
    else if (lacksValue) throw new UsageError(`${word} needs a value: ${word} <value>`, command)
    else execArgv.push(...given)
  }
  return { help, write, transpile, execArgv, rest }
}

function engineOf(word: string, command: Command): EngineName {
  const name = word.slice('--transpile='.length)
  const engine = engineNames.find((each) => each === name)
  if (engine !== undefined) return engine
  throw new UsageError(`'${word}' must be --transpile=${engineNames.join('|')}`, command)
}

function unknownFlag(word: string, command: Command): UsageError {
  const remedy = isCodeFlag(word) ? codeRemedies[command] : flagRemedies[command]
  return new UsageError(`neither lodger nor node 26 takes '${word}' there: ${remedy}`, command)
}
