#!/usr/bin/env node
/** The command `lodger`: finds the subcommand, runs it, and prints what was wrong with how it was called. */
import { generalHelp } from './help.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'

type Command = (args: readonly string[]) => Promise<number | undefined>

/** Each gives the exit code, or nothing where the guest decides. Imported when asked for: `--version` is quick. */
const commands: Readonly<Record<string, Command>> = {
  run: async (args) => (await import('./run.ts')).run(args),
  repl: async (args) => (await import('./repl.ts')).repl(args),
  explain: async (args) => (await import('./explain.ts')).explain(args),
}

function dispatch([name, ...args]: readonly string[]): number | Promise<number | undefined> {
  switch (name) {
    case undefined:
      throw new UsageError('no command given')
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(generalHelp)
      return 0
    case '--version':
    case '-v':
      process.stdout.write(`${version()}\n`)
      return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command !== undefined) return command(args)
  if (name.startsWith('-')) throw new UsageError(`there is no option '${name}' before a command`)
  const known = Object.keys(commands)
    .join(', ')
    .replace(/, (?=\w+$)/, ' and ')
  throw new UsageError(
    `there is no command '${name}', only ${known}. To run a file: lodger run ${name}`,
  )
}

try {
  const code = await dispatch(process.argv.slice(2))
  if (code !== undefined) process.exitCode = code
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  const { command, message } = error
  const name = command === undefined ? 'lodger' : `lodger ${command}`
  process.stderr.write(`${name}: ${message}\nSee \`${name} --help\`.\n`)
  process.exitCode = 2
}
