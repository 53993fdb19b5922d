import yargs from 'yargs-18'
import { hideBin, Parser } from 'yargs-18/helpers'

const quiet = (args) => yargs(args).exitProcess(false).locale('en').scriptName('app')

export const parsed = () =>
  quiet(['go', '--depth', '3', '-vv', '--no-color', 'x'])
    .command('go <where>', 'goes')
    .option('depth', { type: 'number', alias: 'd', default: 1 })
    .count('verbose')
    .alias('v', 'verbose')
    .parseSync()
export const helped = () =>
  quiet([])
    .usage('$0 [options]')
    .option('file', { describe: 'a file', demandOption: true })
    .getHelp()
export async function ran() {
  const seen = []
  await quiet(['add', '1', '2'])
    .command(
      'add <a> <b>',
      'adds',
      (each) => each.positional('a', { type: 'number' }),
      ({ a, b }) => {
        seen.push(a + Number(b))
      },
    )
    .parseAsync()
  return seen
}
export const parts = () => [hideBin(['node', 'x', 'a']), Parser('--a.b 1 -- c')]
export const failing = () => quiet(['--nope']).strict().fail(false).parseSync()
