const argv = (...args) => ['node', 'tool', ...args]

function createTool(printed) {
  const { Argument, Command, Option } = require('commander')
  const tool = new Command('tool').exitOverride().configureOutput({
    writeOut: (text) => printed.push(text),
    writeErr: (text) => printed.push(text),
  })
  tool.version('1.2.3').option('-v, --verbose', 'say more', (_, count) => count + 1, 0)
  tool
    .command('build')
    .addArgument(new Argument('<file>', 'what to build'))
    .addOption(new Option('-l, --level <level>').choices(['low', 'high']).default('low'))
    .action((file, { level }) => printed.push({ file, level, ...tool.opts() }))
  return tool
}

require('./report.cjs')({
  parsed() {
    const printed = []
    createTool(printed).parse(argv('-vv', 'build', 'a.js', '--level=high'))
    return printed
  },
  help: () => createTool([]).helpInformation(),
  manifest: () => require('commander').InvalidArgumentError.name,
  failing: () => createTool([]).parse(argv('build', 'a.js', '--level', 'middle')),
  hidden: () => require('commander/lib/command.js'),
})
