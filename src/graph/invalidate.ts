/** `loader.invalidate`: what is dropped is looked for and evaluated anew by the next who asks; nothing else is. */
import { codedError, createError } from '../errors.ts'
import type { Engine } from '../load/engine.ts'
import type { Module } from '../load/module.ts'
import { expectObject, expectString, switched } from '../load/options.ts'
import { toPath } from '../load/require.ts'
import type { InvalidateOptions } from '../load/upkeep.ts'
import { resolve } from '../path.ts'
import { forgetAnswers } from './answers.ts'
import { collectNodes, type Node } from './nodes.ts'

export function invalidate(
  engine: Engine,
  file: unknown,
  options: InvalidateOptions = {},
): string[] {
  expectObject('options', options)
  const unknown = Object.keys(options).find((name) => name !== 'dependents')
  if (unknown !== undefined) {
    const message = `there is no option '${unknown}' of invalidate; it has 'dependents'`
    throw createError('ERR_LODGER_OPTIONS', message)
  }
  const isDeep = switched('dependents', options.dependents)
  const nodes = collectNodes(engine)
  const filename = filenameOf(engine, file, new Set(nodes.map((node) => node.filename)))
  const own = nodes.filter((node) => node.filename === filename)
  const reached = isDeep ? withDependents(own, nodes) : own
  const dropped = new Set(reached.filter(({ isCurrent }) => isCurrent).map((node) => node.filename))
  for (const node of nodes) {
    if (node.isRunning && dropped.has(node.filename)) throw evaluating(node.filename, filename)
  }
  drop(engine, dropped)
  forgetReplaced(engine, nodes, dropped)
  forgetAnswers(engine, filename)
  return [...dropped]
}

/**
 * @param known names that need not be looked for; not all are paths
 * @throws ERR_INVALID_ARG_TYPE
 */
function filenameOf(engine: Engine, file: unknown, known: ReadonlySet<string>): string {
  expectString('file', file)
  if (known.has(file)) return file
  const path = toPath(file) ?? resolve(engine.cwd(), file)
  const isThere = !known.has(path) && engine.volume.lookup(path) !== undefined
  return isThere ? engine.resolver.places.realPaths.of(path) : path
}

/** Nearest first. */
function withDependents(own: readonly Node[], nodes: readonly Node[]): readonly Node[] {
  const askers = new Map<Node, Node[]>()
  for (const node of nodes) {
    for (const { to } of node.links) {
      const known = askers.get(to)
      if (known === undefined) askers.set(to, [node])
      else known.push(node)
    }
  }
  const reached = new Set(own)
  for (const node of reached) {
    for (const asker of askers.get(node) ?? []) reached.add(asker)
  }
  return [...reached]
}

function drop(engine: Engine, filenames: ReadonlySet<string>): void {
  const { Module, modules, createdRequires } = engine
  for (const filename of filenames) {
    delete Module._cache[filename]
    createdRequires.delete(filename)
  }
  const isDropped = (url: string) => filenames.has(toPath(url) ?? url)
  for (const [key, { url }] of modules?.records ?? []) {
    if (isDropped(url)) modules?.records.delete(key)
  }
  for (const url of modules?.dynamicImports.keys() ?? []) {
    if (isDropped(url)) modules?.dynamicImports.delete(url)
  }
}

/**
 * Who stays still holds what was dropped, and depends on what that depends on. Of several that it got for one file only
 * the last stays: else whoever reloads a file again and again would keep all of them.
 */
function forgetReplaced(
  engine: Engine,
  nodes: readonly Node[],
  dropped: ReadonlySet<string>,
): void {
  const isReplaced = new Set<unknown>(
    nodes
      .filter(({ filename, isCurrent }) => !isCurrent && dropped.has(filename))
      .map(({ subject }) => subject),
  )
  if (isReplaced.size === 0) return
  const lists = nodes.map(({ subject }) => (subject as Partial<Module>).children)
  for (const children of [...lists, ...engine.createdRequires.values()]) {
    if (!Array.isArray(children)) continue
    for (let index = children.length - 1; index >= 0; index--) {
      const { filename } = children[index] as Module
      const isLast = !children.slice(index + 1).some((later) => later.filename === filename)
      if (isReplaced.has(children[index]) && !isLast) children.splice(index, 1)
    }
  }
}

function evaluating(filename: string, asked: string): Error {
  const reason = filename === asked ? 'it' : `'${filename}', which depends on it,`
  const message = `Cannot invalidate '${asked}': ${reason} is being evaluated. Wait until it has run`
  return codedError(Error, 'ERR_LODGER_EVALUATING', message)
}
