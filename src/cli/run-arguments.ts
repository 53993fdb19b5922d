/** What stands behind `lodger run`, told apart: our options, node's flags, the program and its arguments. */
import { createEnvironmentFlags, flagsWithValue } from '../../shims/internal/process/flags.ts'
import { UsageError } from './usage-error.ts'

export interface RunArguments {
  readonly help: boolean
  /** The guest may change files on disk. */
  readonly write: boolean
  readonly execArgv: readonly string[]
  readonly file: string
  readonly args: readonly string[]
}

/** As node reads its own command line: flags end at the first word that is none. @throws UsageError */
export function readRunArguments(words: readonly string[]): RunArguments {
  const known = createEnvironmentFlags()
  const execArgv: string[] = []
  let help = false
  let write = false
  let index = 0
  for (; index < words.length; index++) {
    const word = words[index] as string
    if (word === '--') {
      index++
      break
    }
    if (!word.startsWith('-') || word === '-') break
    if (word === '--write') write = true
    else if (word === '--help' || word === '-h') help = true
    else {
      const name = word.replace(/=.*$/s, '').replaceAll('_', '-')
      if (!known.has(name)) throw unknownFlag(word)
      execArgv.push(word)
      if (!flagsWithValue.has(name) || word.includes('=')) continue
      const value = words[++index]
      if (value === undefined) {
        throw new UsageError(`${word} needs a value: ${word} <value>`, 'run')
      }
      execArgv.push(value)
    }
  }
  const [file, ...args] = words.slice(index)
  if (help) return { help, write, execArgv, file: '', args }
  if (file === undefined || file === '') {
    throw new UsageError('no file given: lodger run <file> [arguments]', 'run')
  }
  if (file === '-') {
    throw new UsageError('a program is not read from standard input: give its file', 'run')
  }
  return { help, write, execArgv, file, args }
}

function unknownFlag(word: string): UsageError {
  const remedy = /^(-e|-p|-pe|--eval|--print)$/.test(word)
    ? 'put the code into a file and run that'
    : 'give arguments of the program after its file'
  return new UsageError(`neither lodger nor node 26 takes '${word}' there: ${remedy}`, 'run')
}
