/** The packages of the corpus: the files that each needs, and what it cannot do where. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The directory at which both sides see the corpus. */
export const corpus: string = fileURLToPath(new URL('.', import.meta.url)).slice(0, -1)

/** mock-require asks call sites for file names, which evaluated text has not: it has its place in patching.test.ts. */
export const packages: readonly string[] = Object.keys(
  manifestOf(corpus).dependencies ?? {},
).filter((name) => name !== 'mock-require')

export const programOf = (name: string): string => join(corpus, 'programs', `${name}.js`)

/** Hosts that run the corpus beside node itself. */
export const hosts = ['node', 'volume', 'bare vm', 'chromium', 'quickjs'] as const

export type HostName = (typeof hosts)[number]

/** A package on a host, and why one of its calls has another outcome there, or the package is left out. */
export interface Exception {
  readonly host: HostName
  readonly name: string
  readonly reason: string
  /** The call that differs; without it the package does not run there at all. */
  readonly call?: string
  /** What that call throws there instead. */
  readonly code?: string
}

export const exceptions: readonly Exception[] = [
  {
    host: 'bare vm',
    name: 'bluebird',
    call: 'rejected',
    code: 'ERR_LODGER_HOST_LACKS',
    reason: 'it asks for a timer at each rejection, and this realm has none by intention',
  },
]

/** Every file of a program and of the packages below it that code could ask for, by its path. */
export function filesOf(name: string): Record<string, string> {
  const files: Record<string, string> = {}
  addDirectory(files, join(corpus, 'programs'))
  const seen = new Set<string>()
  const visit = (from: string, dependency: string) => {
    const directory = installed(from, dependency)
    if (directory === undefined || seen.has(directory)) return
    seen.add(directory)
    addDirectory(files, directory)
    for (const next of Object.keys(manifestOf(directory).dependencies ?? {})) visit(directory, next)
  }
  visit(corpus, name)
  return files
}

/** What no program reads, and what would make the volume several times as large. */
const unread = /\.(d\.[cm]?ts|map|md|ts|html|css)$|\/lib\/(tsc|_tsc|tsserver|_tsserver)\.js$/

function addDirectory(files: Record<string, string>, directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') addDirectory(files, path)
    } else if (!unread.test(path)) files[path] = readFileSync(path, 'utf8')
  }
}

/** Where node finds a dependency from there. */
function installed(from: string, name: string): string | undefined {
  for (let directory = from; directory.startsWith(corpus); directory = join(directory, '..')) {
    const candidate = join(directory, 'node_modules', name)
    if (existsSync(candidate)) return candidate
  }
  return undefined
}

function manifestOf(directory: string): { dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
}
