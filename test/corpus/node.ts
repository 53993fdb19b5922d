/** What node 26.10 itself makes of a program: the answer that every host has to give. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, commandOf, corpus } from './packages.ts'

/** The outcome of each call of a program, and the files of packages that it has loaded. */
export interface Answer {
  readonly calls: Record<string, Outcome>
  /** Absent where a program that is an ES module was not watched. */
  readonly files?: readonly string[]
}

type Outcome = { value: unknown } | { thrown: { name: string; code?: string; message: string } }

const binary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

const flags = ['--no-warnings']

/** Several files of tests ask for the same answers, at the same time: they are kept while nothing changes. */
export async function askNode(name: string): Promise<Answer> {
  const kept = join(answers(), `${name.replace('/', '-')}.json`)
  try {
    return JSON.parse(readFileSync(kept, 'utf8'))
  } catch {
    const output = await run(commandOf(name, true))
    const answer = JSON.parse(output)
    const written = `${kept}.${process.pid}`
    writeFileSync(written, output)
    renameSync(written, kept)
    return answer
  }
}

function run({ main, arguments: told }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: {}, cwd: corpus, maxBuffer: 1 << 26 }
    execFile(binary, [...flags, main, ...told], options, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    )
  })
}

/** A directory for the answers to these very programs, with these very packages. */
function answers(): string {
  if (directory) return directory
  const hash = createHash('sha256').update(`${corpus} ${binary} ${flags}`)
  hash.update(readFileSync(join(corpus, 'package-lock.json')))
  const programs = join(corpus, 'programs')
  for (const entry of readdirSync(programs, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)))
  }
  directory = join(corpus, 'node_modules', '.cache', 'answers', hash.digest('hex').slice(0, 16))
  mkdirSync(directory, { recursive: true })
  return directory
}

let directory = ''
