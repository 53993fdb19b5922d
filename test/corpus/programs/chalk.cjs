require('./report.cjs')({
  styles() {
    const chalk = new (require('chalk').Instance)({ level: 2 })
    return [
      chalk.red.bold('a', 'b'),
      chalk.hex('#ff8800').bgBlue(`x${chalk.dim('y')}z`),
      chalk.green('1\n2'),
    ]
  },
  templates() {
    const chalk = new (require('chalk').Instance)({ level: 1 })
    return require('chalk/source/templates')(chalk, 'one {red.underline two \\{3\\}} \\u0041')
  },
  // What the terminal can is asked of the host: printed into a pipe, nothing.
  level: () => [require('chalk').level, require('chalk').red('plain')],
  failing: () => require('chalk/source/templates')(require('chalk'), '{nope text}'),
})
