import chalk, { backgroundColorNames, Chalk, chalkStderr, supportsColor } from 'chalk-5'

export function styles() {
  const styled = new Chalk({ level: 2 })
  const mixed = styled.hex('#ff8800').bgBlue(`x${styled.dim('y')}z`)
  return [styled.red.bold('a', 'b'), mixed, styled.green('1\n2')]
}
/** What the terminal can is asked of the host: printed into a pipe, nothing. */
export const level = () => [chalk.level, chalkStderr.level, supportsColor, chalk.red('plain')]
export const names = () => [backgroundColorNames.length, chalk.bgRedBright.level]
export const failing = () => new Chalk({ level: 9 })
