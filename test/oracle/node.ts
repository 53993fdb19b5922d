/** Asks node 26.10. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answer, Contents, LaidOutCase } from './types.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const binary = process.env.LODGER_ORACLE_NODE ?? join(here, 'node_modules/node/bin/node')

/** Warnings are collected, not printed. */
const flags = ['--no-warnings']

/** Flags with which no CommonJS file gets an ES module, and none becomes one by what it says. */
export const refused: readonly string[] = ['--no-require-module', '--no-experimental-detect-module']

/** Each case in a process of its own where it could leave traces in node, the others in batches. */
export async function askNode(cases: readonly LaidOutCase[], place: string): Promise<Answer[]> {
  const answers: Answer[] = []
  const alone = [...cases.keys()].filter((index) => leavesTraces(cases[index] as LaidOutCase))
  const together = [...cases.keys()].filter((index) => !alone.includes(index))
  const ask = async (indices: readonly number[], size: number) => {
    const some = indices.map((index) => cases[index] as LaidOutCase)
    const got = await askNodeInBatches(some, place, size)
    for (const [position, index] of indices.entries()) answers[index] = got[position] as Answer
  }
  await ask(together, 40)
  await ask(alone, 1)
  return answers
}

/** Words that tell that a case looks at, or changes, what all modules of a process share. */
const shared =
  /\b(Module|extensions|process|global|globalThis|prototype|diagnostics_channel|pathCache|cache|paths|home|later|_\w+)\b/

function leavesTraces(each: LaidOutCase): boolean {
  if (each.execArgv.length > 0 || each.frames || Object.keys(each.env).length > 1) return true
  return each.files.some(([path, contents]) => {
    if (path.endsWith('/observe.cjs')) return false
    return (
      shared.test(path.slice(each.root.length)) ||
      (typeof contents === 'string' && shared.test(contents))
    )
  })
}

/**
 * Many cases in a few processes. Only for cases that change nothing but what hangs on their own paths: no flags, no
 * env, no patches. Each lies in a directory of its own, so node's caches cannot mix them up.
 */
export async function askNodeInBatches(
  cases: readonly LaidOutCase[],
  place: string,
  size = 100,
): Promise<Answer[]> {
  const answers: Answer[][] = []
  await inParallel(Math.ceil(cases.length / size), async (index) => {
    answers[index] = await runBatch(cases.slice(index * size, (index + 1) * size), place)
  })
  return answers.flat()
}

/** Goes on behind a case over which node's engine fails an assertion of its own. */
async function runBatch(cases: readonly LaidOutCase[], place: string): Promise<Answer[]> {
  const [first] = cases
  if (first === undefined) return []
  const { lines, stderr } = await runOnNode(cases, place, first)
  const answers = lines.map((line) => JSON.parse(line) as Answer)
  if (lines.length === cases.length) return answers
  if (!/^# Check failed/m.test(stderr)) {
    const root = cases[lines.length]?.root
    throw new Error(`node answered ${lines.length} of ${cases.length} cases, ${root}:\n${stderr}`)
  }
  const rest = await runBatch(cases.slice(lines.length + 1), place)
  return [...answers, { warnings: [], isLost: true }, ...rest]
}

let runs = 0

async function runOnNode(
  cases: readonly LaidOutCase[],
  place: string,
  { env, execArgv }: Pick<LaidOutCase, 'env' | 'execArgv'>,
): Promise<{ lines: string[]; stderr: string }> {
  if (!existsSync(binary)) {
    throw new Error(`${binary} is missing: run \`npm ci\` in test/oracle`)
  }
  const talk = join(place, `talk-${runs++}`)
  mkdirSync(talk, { recursive: true })
  const input = join(talk, 'input.json')
  const output = join(talk, 'output.jsonl')
  writeFileSync(input, JSON.stringify(cases.map(toJSON)))
  const stderr = await new Promise<string>((resolve) => {
    execFile(
      binary,
      [...flags, ...execArgv, join(here, 'run-on-node.cjs'), input, output],
      { env, cwd: place, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => resolve(`${stdout}${stderr}${error ? String(error) : ''}`),
    )
  })
  const lines = existsSync(output) ? readFileSync(output, 'utf8').split('\n').slice(0, -1) : []
  rmSync(talk, { recursive: true, force: true })
  return { lines, stderr }
}

function toJSON(each: LaidOutCase): unknown {
  return { ...each, files: each.files.map(([path, contents]) => [path, contentsToJSON(contents)]) }
}

function contentsToJSON(contents: Contents): unknown {
  return contents instanceof Uint8Array
    ? { base64: Buffer.from(contents).toString('base64') }
    : contents
}

/** As many at once as there are processors. */
export async function inParallel(
  count: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(count, availableParallelism()) }, worker))
}
