/** `loader.graph`: the nodes as data. */
import type { Engine } from '../load/engine.ts'
import type { GraphEdge, GraphModule, ModuleGraph } from '../load/upkeep.ts'
import { isAbsolute } from '../path.ts'
import { Kind } from '../seams.ts'
import { collectNodes, group, type Node, targetUrl, urlOf } from './nodes.ts'
import type { KeptTrace } from './trace.ts'

export function graphOf(engine: Engine, trace: KeptTrace | undefined): ModuleGraph {
  const nodes = collectNodes(engine).filter(isListed)
  const files = [...group(nodes, 'url')].sort(([, a], [, b]) => turnOf(a) - turnOf(b))
  const modules = files.map(([url, members]) => describe(engine, url, members, trace))
  const known = new Set(modules.map(({ url }) => url))
  const edges = files.flatMap(([url, members]) => edgesOf(engine, url, members, trace))
  for (const { to } of edges) {
    const id = known.has(to) ? undefined : engine.builtins.idOf(to)
    if (id === undefined) continue
    known.add(to)
    modules.push({ url: to, format: 'builtin', ...trace?.timesOf(id) })
  }
  return {
    modules: trace ? withAskers(modules, trace) : modules,
    edges: edges.filter(({ to }) => known.has(to)),
  }
}

/** A file that asks by `createRequire` has its filename only, whatever the query of its URL. */
function withAskers(modules: readonly GraphModule[], trace: KeptTrace): GraphModule[] {
  const urls = new Map<string | undefined, string>()
  for (const { url, filename } of modules) {
    if (filename !== undefined && !urls.has(urlOf(filename))) urls.set(urlOf(filename), url)
  }
  for (const { url } of modules) urls.set(url, url)
  return modules.map((module) => {
    const by = urls.get(trace.firstAskerOf(module.url))
    return by === undefined || by === module.url ? module : { ...module, by }
  })
}

/** What has begun to run, JSON, and what guest code has put into the cache. */
function isListed({ isCurrent, format, turn, isRecord }: Node): boolean {
  const standsForOther = isRecord && (format === 'commonjs' || format === 'builtin')
  const waits = isRecord && format === 'module' && turn === undefined
  return isCurrent && !standsForOther && !waits
}

/** Where a module was both required and imported, its record tells more. */
function mainOf(members: readonly Node[]): Node {
  return (
    members.find(({ isRecord, format }) => isRecord && format === 'module') ?? (members[0] as Node)
  )
}

function turnOf(members: readonly Node[]): number {
  return mainOf(members).turn ?? Number.MAX_SAFE_INTEGER
}

function describe(
  { volume }: Engine,
  url: string,
  members: readonly Node[],
  trace: KeptTrace | undefined,
): GraphModule {
  const { filename, format, subject } = mainOf(members)
  const entry = isAbsolute(filename) ? volume.lookup(filename) : undefined
  return {
    url,
    ...(isAbsolute(filename) && { filename }),
    format: format as GraphModule['format'],
    ...(entry?.kind === Kind.File && { bytes: entry.bytes().length }),
    ...trace?.timesOf(subject),
  }
}

function edgesOf(
  engine: Engine,
  from: string,
  members: readonly Node[],
  trace: KeptTrace | undefined,
): GraphEdge[] {
  const { filename } = mainOf(members)
  const edges = new Map<string, GraphEdge>()
  const add = (edge: GraphEdge) => edges.set(JSON.stringify(edge), edge)
  for (const [specifier, target] of trace?.requests.get(filename) ?? []) {
    add({ from, to: targetUrl(engine, target), specifier, kind: 'require' })
  }
  for (const { to, kind, specifier } of members.flatMap(({ links }) => links)) {
    if (kind === 'same' || (kind === 'require' && trace !== undefined)) continue
    add({ from, to: to.url, ...(specifier !== undefined && { specifier }), kind })
  }
  return [...edges.values()]
}
