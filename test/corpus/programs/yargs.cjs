require('./report.cjs')({
  parsed() {
    const yargs = require('yargs')
    return yargs(['build', '--n', '3', '--no-color', '--list', 'a', '--list=b', '--deep.er', 'x'])
      .exitProcess(false)
      .command('build', 'builds it')
      .option('list', { type: 'array' })
      .parse()
  },
  help: () =>
    require('yargs')([])
      .scriptName('tool')
      .usage('$0 <file>')
      .option('size', { alias: 's', default: 5, describe: 'how much' })
      .wrap(70)
      .getHelp(),
  helpers: () => require('yargs/helpers').hideBin(['node', 'tool', '--a', 'b']),
  failing: () =>
    require('yargs')([]).scriptName('tool').strict().fail(false).exitProcess(false).parse('--nope'),
  hidden: () => require('yargs/build/lib/command.js'),
})
