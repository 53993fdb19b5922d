/** The corpus in memory: each file is read once, and shared by every volume that has it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Volume } from 'lodger'
import { createOverlay } from 'lodger/fs/overlay'
import { createVolume } from 'lodger/fs/volume'
import { companions, corpus, packages } from './packages.ts'

type Files = Record<string, string | Uint8Array>

/** What no program reads, and what would make a volume several times as large. */
const unread = /\.(d\.[cm]?ts|map|md|[cm]?ts|html|flow)$|\/lib\/(tsc|_tsc|tsserver|_tsserver)\.js$/

/** By directory. */
const known = new Map<string, Files>()

/** All packages, below a layer of the caller's own. */
export function createCorpusVolume(): Volume {
  everything ??= createVolume(Object.assign({}, ...packages.map(filesOf)))
  return createOverlay(everything)
}

let everything: Volume | undefined

/** Every file of a program and of the packages below it that code could ask for, by its path. */
export function filesOf(name: string): Files {
  const files: Files = { ...filesIn(join(corpus, 'programs')) }
  const seen = new Set<string>()
  const visit = (from: string, dependency: string) => {
    const directory = installed(from, dependency)
    if (directory === undefined || seen.has(directory)) return
    seen.add(directory)
    Object.assign(files, filesIn(directory))
    const { dependencies, peerDependencies, peerDependenciesMeta } = manifestOf(directory)
    const next = { ...dependencies, ...peerDependencies, ...peerDependenciesMeta }
    for (const name of Object.keys(next)) visit(directory, name)
  }
  visit(corpus, name)
  if (companions[name]) visit(corpus, companions[name])
  return files
}

function filesIn(directory: string): Files {
  const files = known.get(directory) ?? {}
  if (known.has(directory)) return files
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') Object.assign(files, filesIn(path))
    } else if (path.endsWith('.wasm')) files[path] = readFileSync(path)
    else if (!unread.test(path)) files[path] = readFileSync(path, 'utf8')
  }
  known.set(directory, files)
  return files
}

/** Where node finds a dependency from there. */
function installed(from: string, name: string): string | undefined {
  for (let directory = from; directory.startsWith(corpus); directory = join(directory, '..')) {
    const candidate = join(directory, 'node_modules', name)
    if (existsSync(candidate)) return candidate
  }
  return undefined
}

function manifestOf(directory: string): Record<string, Record<string, unknown>> {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
}
