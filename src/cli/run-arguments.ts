/** What stands behind `lodger run`, told apart: our options, node's flags, the program and its arguments. */
import { createEnvironmentFlags } from '../../shims/internal/process/flags.ts'
import { UsageError } from './usage-error.ts'

export interface RunArguments {
  readonly help: boolean
  /** The guest may change files on disk. */
  readonly write: boolean
  readonly execArgv: readonly string[]
  readonly file: string
  readonly args: readonly string[]
}

/** Flags whose value may be the next word. V8's own take theirs after `=` only. */
const withValue: ReadonlySet<string> = new Set([
  '-C',
  '--conditions',
  '--diagnostic-dir',
  '--disable-proto',
  '--disable-warning',
  '--dns-result-order',
  '--experimental-loader',
  '--icu-data-dir',
  '--import',
  '--input-type',
  '--loader',
  '--localstorage-file',
  '--max-http-header-size',
  '--openssl-config',
  '-r',
  '--redirect-warnings',
  '--require',
  '--title',
  '--trace-event-categories',
  '--trace-require-module',
  '--unhandled-rejections',
])

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
      if (!withValue.has(name) || word.includes('=')) continue
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
