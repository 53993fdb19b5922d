/** A terminal with somebody at it: `script` of util-linux makes one, as node cannot. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../dist/cli/lodger.js', import.meta.url))

/** What is typed as soon as that text has appeared behind the one before. */
export type Step = readonly [seen: string, typed: string]

export interface Screen {
  readonly code: number | null
  /** All that was written, without what moves the cursor. */
  readonly text: string
}

export function atTerminal(
  args: readonly string[],
  start: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  steps: readonly Step[],
): Promise<Screen> {
  const { cwd, env } = start
  // Without `exec` the shell hears Ctrl-C, too.
  const command = `exec ${[process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ')}`
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'xterm', NO_COLOR: '1', HOME: cwd, ...env },
  })
  return new Promise((resolve, reject) => {
    let text = ''
    let position = 0
    let next = 0
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more
      for (let step = steps[next]; step !== undefined; step = steps[next]) {
        const at = text.indexOf(step[0], position)
        if (at === -1) return
        position = at + step[0].length
        next++
        child.stdin.write(step[1])
      }
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text: plain(text) }))
  })
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are told things by
  return text.replace(/\x1b\[[\d;]*[A-Za-z]|\r/g, '')
}
