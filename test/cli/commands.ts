/** Starts the built command, and the node that it is compared with, as a shell would. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../../dist/cli/lodger.js', import.meta.url))
const oracle =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

export interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export interface Start {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** @default none: standard input is at its end */
  readonly input?: string
  /** Lines that are typed one by one, each when a prompt waits for it. */
  readonly typed?: readonly string[]
  /** Called with what standard output holds so far; may send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

export function lodger(args: readonly string[], start: Start): Promise<Ending> {
  return ending(process.execPath, [bin, ...args], start)
}

/** node 26.10 */
export function node(args: readonly string[], start: Start): Promise<Ending> {
  return ending(oracle, [...args], start)
}

function ending(command: string, args: readonly string[], start: Start): Promise<Ending> {
  const { cwd, input = '', typed, onOutput } = start
  const child = spawn(command, args, { cwd, env: { PATH: process.env.PATH, ...start.env } })
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    const waiting = [...(typed ?? [])]
    const type = () => {
      const line = waiting.shift()
      if (line === undefined) child.stdin.end()
      else child.stdin.write(`${line}\n`)
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (typed && /(?:> |\| |\.\.\. )$/.test(stdout)) type()
      onOutput?.(stdout, (signal) => child.kill(signal))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    child.stdin.on('error', () => {})
    if (typed === undefined) child.stdin.end(input)
  })
}

/** A directory of its own with these files, gone when the test is over. */
export function tree(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'lodger-cli-')))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}

/**
 * What was printed of an error, without what is node's own affair: its internal frames, and the last line that says who
 * ran the program.
 */
export function comparable(stderr: string): string {
  const lines = stderr
    .replace(/\n(lodger [\d.]+, )?Node\.js v[\d.]+\n$/, '')
    .split('\n')
    // The brace stands at the end of the last frame, which may be one of those that go.
    .flatMap((line) => (/^ +at .* \{$/.test(line) ? [line.slice(0, -2), '{'] : [line]))
    .map((line) => (/^ +at .*,$/.test(line) ? line.slice(0, -1) : line))
  const isInternal = (line: string) =>
    /^ +at (?:async )?(?:.*\()?node:|^ +\.\.\. \d+ lines matching cause/.test(line)
  return lines
    .filter((line) => !isInternal(line))
    .join('\n')
    .replace(/ \{$/gm, '\n{')
    .trim()
}
