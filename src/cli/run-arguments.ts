/** What stands behind `lodger run`, told apart: our options, node's flags, the program and its arguments. */
import {
  createEnvironmentFlags,
  isCodeFlag,
  readFlags,
} from '../../shims/internal/process/flags.ts'
import { UsageError } from './usage-error.ts'

export interface RunArguments {
  readonly help: boolean
  /** The guest may change files on disk. */
  readonly write: boolean
  readonly transpile: Transpiling
  readonly execArgv: readonly string[]
  readonly file: string
  readonly args: readonly string[]
}

const engines = ['typescript', 'fast', 'node', 'false'] as const
type Transpiling = (typeof engines)[number]

/** @throws UsageError */
export function readRunArguments(words: readonly string[]): RunArguments {
  const known = createEnvironmentFlags()
  const { flags, rest } = readFlags(words)
  const execArgv: string[] = []
  let help = false
  let write = false
  let transpile: Transpiling = 'typescript'
  for (const { words: given, name, lacksValue } of flags) {
    const word = given[0] as string
    if (word === '--write') write = true
    else if (name === '--transpile') transpile = engineOf(word)
    else if (word === '--help' || word === '-h') help = true
    else if (!known.has(name)) throw unknownFlag(word)
    else if (lacksValue) throw new UsageError(`${word} needs a value: ${word} <value>`, 'run')
    else execArgv.push(...given)
  }
  const [file, ...args] = rest
  if (help) return { help, write, transpile, execArgv, file: '', args }
  if (file === undefined || file === '') {
    throw new UsageError('no file given: lodger run <file> [arguments]', 'run')
  }
  if (file === '-') {
    throw new UsageError('a program is not read from standard input: give its file', 'run')
  }
  return { help, write, transpile, execArgv, file, args }
}

function engineOf(word: string): Transpiling {
  const name = word.slice('--transpile='.length)
  const engine = engines.find((each) => each === name)
  if (engine !== undefined) return engine
  throw new UsageError(`'${word}' must be --transpile=${engines.join('|')}`, 'run')
}

function unknownFlag(word: string): UsageError {
  const remedy = isCodeFlag(word)
    ? 'put the code into a file and run that'
    : 'give arguments of the program after its file'
  return new UsageError(`neither lodger nor node 26 takes '${word}' there: ${remedy}`, 'run')
}
