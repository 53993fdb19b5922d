const { join } = require('path')

const child = join(__dirname, 'fixtures', 'child.cjs')

require('./report.cjs')({
  async run() {
    const execa = require('execa')
    const { command, stdout, exitCode, failed } = await execa(process.execPath, [child, 'a b'], {
      input: 'in',
    })
    return [command.replace(process.execPath, 'node'), stdout, exitCode, failed]
  },
  sync: () => require('execa').sync(process.execPath, [child], { input: 'x' }).stdout,
  parts() {
    const { joinCommand, getEscapedCommand, parseCommand } = require('execa/lib/command')
    return [
      joinCommand('a', ['b c']),
      getEscapedCommand('a', ['b "c"', 'd']),
      parseCommand('a b\\ c  d'),
      require('execa/lib/stdio')({ stdin: 'pipe', stderr: 'inherit' }),
    ]
  },
  async code() {
    const execa = require('execa')
    const { exitCode, shortMessage } = await execa(process.execPath, [child, '3'], {
      reject: false,
      input: '',
    })
    return [exitCode, shortMessage.replace(process.execPath, 'node').replace(child, 'child')]
  },
  failing: () => require('execa')('no-such-command-anywhere', ['x']),
})
