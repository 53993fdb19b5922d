/**
 * A workload on the real disk, in a directory of its own outside of the repository, so that no package.json above it
 * counts; and what node itself resolves in it, recorded.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { packagesDirectory } from '../lib/ensure.mjs'
import { runTask } from '../lib/task.mjs'

/**
 * @typedef {object} Tree
 * @property {string} name
 * @property {string} title
 * @property {string} root
 * @property {string} entry
 * @property {string} recording a file with a `Recording`
 * @property {string} image a file with `{ path: text }` of what a run reads: modules and the package.json around them
 * @property {number} modules
 * @property {number} megabytes of modules
 * @property {number} pairs how many different (file, request) pairs the run resolves, builtins apart
 * @property {boolean} resolves
 */

/**
 * @typedef {object} Recording
 * @property {[from: string, request: string, filename: string][]} pairs
 */

const work = join(tmpdir(), 'lodger-bench')

/** @param {import('./table.mjs').Workload} workload @returns {Tree} */
export function prepareTree(workload) {
  const root = join(work, `${workload.name}-${workload.version}-node${process.versions.node}`)
  const noted = join(root, 'tree.json')
  if (!existsSync(noted)) {
    rmSync(root, { recursive: true, force: true })
    const growing = `${root}.${process.pid}`
    write(growing, workload)
    rmSync(root, { recursive: true, force: true })
    renameSync(growing, root)
    const facts = runTask('record', { root: join(root, 'program'), to: root })
    if (facts.error) throw new Error(`${workload.name} does not run on node: ${facts.error}`)
    writeFileSync(noted, JSON.stringify(facts))
  }
  return {
    name: workload.name,
    title: workload.title,
    root: join(root, 'program'),
    entry: join(root, 'program/index.js'),
    recording: join(root, 'recording.json'),
    image: join(root, 'image.json'),
    resolves: workload.resolves ?? true,
    ...JSON.parse(readFileSync(noted, 'utf8')),
  }
}

/** @param {string} directory @param {import('./table.mjs').Workload} workload */
function write(directory, { packages, files }) {
  const program = join(directory, 'program')
  for (const [path, text] of files()) {
    const file = join(program, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (const source of withDependencies(packages)) {
    cpSync(source, join(program, relative(packagesDirectory, source)), {
      recursive: true,
      filter: (path) => path === source || !path.endsWith('/node_modules'),
    })
  }
}

/** The directories of packages and of all that they depend on. @param {readonly string[]} names */
function withDependencies(names) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {string} name @param {string} from */
  const add = (name, from) => {
    const directory = find(name, from)
    if (directory === undefined || found.has(directory)) return
    found.add(directory)
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(directory, 'package.json'), 'utf8'),
    )
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies }))
      add(needed, directory)
  }
  for (const name of names) add(name, packagesDirectory)
  return found
}

/** @param {string} name @param {string} from */
function find(name, from) {
  for (
    let directory = from;
    directory.startsWith(packagesDirectory);
    directory = dirname(directory)
  ) {
    const candidate = join(directory, 'node_modules', name)
    if (existsSync(candidate)) return candidate
  }
  return undefined
}
