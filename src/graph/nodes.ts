/**
 * Everything that is loaded, and what has left the caches but is still held by somebody, as one graph: modules of
 * `require`, records of ES modules, and between the two what stands for the same file.
 */
import type { Engine, EsRecord } from '../load/engine.ts'
import { turnOf } from '../load/hidden.ts'
import { isWaiting, type Module, saidFormat } from '../load/module.ts'
import { toPath } from '../load/require.ts'
import type { GraphEdge } from '../load/upkeep.ts'
import { extname, isAbsolute, toFileUrl } from '../path.ts'
import { builtinId } from '../resolve/builtin-ids.ts'

export interface Node {
  readonly url: string
  /** What `invalidate` calls it: a path, or for what is no file its URL. */
  readonly filename: string
  readonly subject: Module | EsRecord
  /** Whether it is a record of an ES module. */
  readonly isRecord: boolean
  /** Of a record `module` where it has a text of its own; else it only stands for a module, JSON or a builtin. */
  readonly format: string
  readonly turn: number | undefined
  /** Whether whoever asks next gets this one. */
  readonly isCurrent: boolean
  readonly isRunning: boolean
  readonly links: Link[]
}

export interface Link {
  readonly to: Node
  /** `same` links what stands for one file. */
  readonly kind: GraphEdge['kind'] | 'same'
  readonly specifier?: string
}

const formats: Readonly<Record<string, string>> = { '.json': 'json', '.node': 'addon' }
const otherFormats = new Set(Object.values(formats))

/** All nodes, those of `require` first, in the order of the caches. */
export function collectNodes(engine: Engine): Node[] {
  const nodes = new Map<Module | EsRecord, Node>()
  const modules = addModules(engine, nodes)
  const records = addRecords(engine, nodes)
  linkFormats(modules, records)
  linkByName(engine, [...modules, ...records], nodes)
  return [...nodes.values()]
}

function addModules(engine: Engine, nodes: Map<object, Node>): Node[] {
  const found: Node[] = []
  const add = (module: Module, name?: string): Node => {
    const known = nodes.get(module)
    if (known !== undefined) return known
    // Guest code may have put anything there.
    const filename = name ?? `${module?.filename ?? module?.id}`
    const isModule = module instanceof engine.Module
    const turn = isModule ? turnOf(module) : undefined
    const node: Node = {
      url: urlOf(filename),
      filename,
      subject: module,
      isRecord: false,
      format: formatOf(module, filename, isModule),
      turn,
      isCurrent: name !== undefined && !(isModule && isWaiting(module)),
      isRunning: turn !== undefined && !module.loaded,
      links: [],
    }
    nodes.set(module, node)
    found.push(node)
    return node
  }
  for (const [filename, module] of Object.entries(engine.Module._cache)) add(module, filename)
  for (const children of engine.createdRequires.values()) {
    for (const child of children) add(child)
  }
  // What is added meanwhile is walked too.
  for (const node of found) {
    for (const child of childrenOf(node.subject as Module)) {
      node.links.push({ to: add(child), kind: 'require' })
    }
  }
  return found
}

function formatOf(module: Module, filename: string, isModule: boolean): string {
  const said = isModule ? saidFormat(module) : undefined
  if (said === undefined) return formats[extname(filename)] ?? 'commonjs'
  return otherFormats.has(said) ? said : 'commonjs'
}

function childrenOf(module: Module): readonly Module[] {
  const children: unknown = module?.children
  return Array.isArray(children) ? children : []
}

function addRecords(engine: Engine, nodes: Map<object, Node>): Node[] {
  const current = new Set(engine.modules?.records.values())
  const found: Node[] = []
  const add = (record: EsRecord): Node => {
    const known = nodes.get(record)
    if (known !== undefined) return known
    const { url, format, turn, isRunning } = record
    const filename = toPath(url) ?? url
    const node: Node = {
      url: format === 'commonjs' ? urlOf(filename) : url,
      filename,
      subject: record,
      isRecord: true,
      format,
      turn,
      isCurrent: current.has(record),
      isRunning,
      links: [],
    }
    nodes.set(record, node)
    found.push(node)
    return node
  }
  for (const record of current) add(record)
  for (const imports of engine.modules?.dynamicImports.values() ?? []) {
    for (const record of imports.values()) add(record)
  }
  for (const node of found) {
    for (const { specifier, to } of (node.subject as EsRecord).requests) {
      node.links.push({ to: add(to), kind: 'import', specifier })
    }
  }
  return found
}

/** An ES module that was required is a module, too; a CommonJS module that was imported is a record, too. */
function linkFormats(modules: readonly Node[], records: readonly Node[]): void {
  const byUrl = group(modules, 'url')
  for (const record of records) {
    for (const module of byUrl.get(record.url) ?? []) {
      if (record.format === 'module') module.links.push({ to: record, kind: 'same' })
      else record.links.push({ to: module, kind: 'same' })
    }
  }
}

/** What is known of who asks by name only: `import()`, and the `require` of `createRequire`. */
function linkByName(
  { createdRequires, modules }: Engine,
  all: readonly Node[],
  nodes: ReadonlyMap<object, Node>,
): void {
  const byFilename = group(all, 'filename')
  for (const [filename, children] of createdRequires) {
    for (const from of byFilename.get(filename) ?? []) {
      for (const child of children) {
        from.links.push({ to: nodes.get(child) as Node, kind: 'require' })
      }
    }
  }
  const byUrl = group(all, 'url')
  for (const [url, imports] of modules?.dynamicImports ?? []) {
    for (const from of byUrl.get(url) ?? []) {
      for (const [specifier, record] of imports) {
        const to = nodes.get(record) as Node
        from.links.push({ to, kind: 'dynamic-import', specifier })
      }
    }
  }
}

export function group(nodes: readonly Node[], key: 'url' | 'filename'): Map<string, Node[]> {
  const groups = new Map<string, Node[]>()
  for (const node of nodes) {
    const members = groups.get(node[key])
    if (members === undefined) groups.set(node[key], [node])
    else members.push(node)
  }
  return groups
}

/** Hooks may have made up a name that is no path. */
export function urlOf(filename: string): string {
  return isAbsolute(filename) ? toFileUrl(filename) : filename
}

/** @param target a filename, or the id of a builtin */
export function targetUrl({ builtins }: Engine, target: string): string {
  const id = builtins.idOf(target)
  if (id === undefined) return urlOf(target)
  return builtinId(target) === undefined ? id : `node:${id}`
}
