/**
 * Linking and evaluating graphs of modules, those that await something among them.
 * https://tc39.es/ecma262/#sec-cyclic-module-records, in that text's names.
 */
import { createCompletion } from './completion.ts'
import { type MissingExport, type ModuleRecord, SourceTextModule } from './record.ts'
import { SyntheticModule } from './synthetic.ts'

/**
 * `Link`
 * @param fail throws for a name that a module imports and another does not export
 */
export function link(
  root: ModuleRecord,
  fail: (module: SourceTextModule, missing: MissingExport) => never,
): void {
  const stack: SourceTextModule[] = []
  try {
    innerLink(root, stack, 0, fail)
  } catch (error) {
    for (const module of stack) module.status = 'unlinked'
    throw error
  }
}

function innerLink(
  module: ModuleRecord,
  stack: SourceTextModule[],
  index: number,
  fail: (module: SourceTextModule, missing: MissingExport) => never,
): number {
  if (module instanceof SyntheticModule) module.isLinked = true
  if (!(module instanceof SourceTextModule) || module.status !== 'unlinked') return index
  module.status = 'linking'
  module.dfsIndex = index
  module.dfsAncestorIndex = index
  stack.push(module)
  let next = index + 1
  for (const required of module.requested) {
    next = innerLink(required, stack, next, fail)
    adoptAncestor(module, required, 'linking')
  }
  module.checkImports(fail)
  if (module.dfsAncestorIndex === module.dfsIndex) {
    const start = stack.indexOf(module)
    const cycle = stack.slice(start)
    for (const member of cycle) member.cycle = cycle
    for (const member of cycle) member.prepare()
    for (const member of cycle) member.status = 'linked'
    stack.length = start
  }
  return next
}

function adoptAncestor(
  module: SourceTextModule,
  required: ModuleRecord,
  status: SourceTextModule['status'],
): void {
  if (required instanceof SourceTextModule && required.status === status) {
    module.dfsAncestorIndex = Math.min(module.dfsAncestorIndex, required.dfsAncestorIndex)
  }
}

export function hasBegun(record: ModuleRecord): boolean {
  if (record instanceof SyntheticModule) return record.hasBegun
  return record instanceof SourceTextModule && !/linked$/.test(record.status)
}

/** A module and all that it leads to. */
export function graphOf(root: ModuleRecord): Set<ModuleRecord> {
  const graph = new Set<ModuleRecord>([root])
  for (const module of graph) {
    if (!(module instanceof SourceTextModule)) continue
    for (const required of module.requested) graph.add(required)
  }
  return graph
}

/** Whether all that a module leads to has been found. */
export function isWhole(root: ModuleRecord): boolean {
  for (const module of graphOf(root)) {
    if (!(module instanceof SourceTextModule)) continue
    if (module.requested.length < module.analysis.requests.length) return false
  }
  return true
}

/** Whether anything that a module leads to awaits something while it runs. */
export function hasAsyncGraph(root: ModuleRecord): boolean {
  for (const module of graphOf(root)) {
    if (module instanceof SourceTextModule && module.analysis.hasTopLevelAwait) return true
  }
  return false
}

/** Whether it waits, and not for others that it leads to. */
export function isWaitingForItself(record: ModuleRecord): record is SourceTextModule {
  return (
    record instanceof SourceTextModule &&
    record.status === 'evaluating-async' &&
    record.pendingAsyncDependencies === 0
  )
}

/**
 * `Evaluate`: what need not wait has run when this returns.
 * @returns what to wait for, if anything awaits something
 * @throws what a module of the graph has thrown, now or before
 */
export function evaluate(root: ModuleRecord): Promise<undefined> | undefined {
  if (root instanceof SyntheticModule) root.evaluate()
  if (!(root instanceof SourceTextModule)) return undefined
  if (root.status === 'linked') evaluateGraph(root)
  const module = root.cycleRoot ?? root
  if (module.error !== undefined) throw module.error.reason
  if (module.status === 'evaluated') return undefined
  module.completion ??= createCompletion()
  return module.completion.promise
}

function evaluateGraph(root: SourceTextModule): void {
  const stack: SourceTextModule[] = []
  try {
    innerEvaluate(root, stack, 0)
  } catch (reason) {
    for (const member of stack) {
      member.status = 'evaluated'
      member.error = { reason }
    }
  }
}

function innerEvaluate(module: ModuleRecord, stack: SourceTextModule[], index: number): number {
  if (!(module instanceof SourceTextModule)) {
    // V8 tells of what it threw once, and then whoever imports it by itself: to others its exports are `undefined`.
    if (module instanceof SyntheticModule && !module.hasBegun) module.evaluate()
    return index
  }
  if (module.status === 'evaluating-async' || module.status === 'evaluated') {
    if (module.error !== undefined) throw module.error.reason
    return index
  }
  if (module.status === 'evaluating') return index
  module.status = 'evaluating'
  module.dfsIndex = index
  module.dfsAncestorIndex = index
  module.pendingAsyncDependencies = 0
  stack.push(module)
  let next = index + 1
  for (const required of module.requested) {
    next = innerEvaluate(required, stack, next)
    if (!(required instanceof SourceTextModule)) continue
    let awaited = required
    if (required.status === 'evaluating') {
      adoptAncestor(module, required, 'evaluating')
    } else {
      awaited = required.cycleRoot as SourceTextModule
      if (awaited.error !== undefined) throw awaited.error.reason
    }
    if (awaited.asyncOrder !== undefined && awaited.status !== 'evaluated') {
      module.pendingAsyncDependencies++
      awaited.asyncParents.push(module)
    }
  }
  if (module.pendingAsyncDependencies > 0 || module.analysis.hasTopLevelAwait) {
    module.asyncOrder = ++asyncOrders
    if (module.pendingAsyncDependencies === 0) executeAsync(module)
  } else {
    run(module)
  }
  if (module.dfsAncestorIndex === module.dfsIndex) {
    for (const member of stack.splice(stack.indexOf(module))) {
      member.status = member.asyncOrder === undefined ? 'evaluated' : 'evaluating-async'
      member.cycleRoot = module
    }
  }
  return next
}

let asyncOrders = 0

/** The functions of a whole cycle exist before any of it runs. */
function run(module: SourceTextModule): undefined | Promise<undefined> {
  for (const member of module.cycle) member.instantiate()
  return module.instantiate().run()
}

/** `ExecuteAsyncModule` */
function executeAsync(module: SourceTextModule): void {
  let running: Promise<undefined> | undefined
  try {
    running = run(module)
  } catch (error) {
    running = Promise.reject(error)
  }
  Promise.resolve(running).then(
    () => asyncFulfilled(module),
    (reason) => asyncRejected(module, reason),
  )
}

/** `AsyncModuleExecutionFulfilled` */
function asyncFulfilled(module: SourceTextModule): void {
  if (module.status === 'evaluated') return
  finish(module)
  const ready = new Set<SourceTextModule>()
  gatherAvailableAncestors(module, ready)
  const inOrder = [...ready].sort((a, b) => (a.asyncOrder as number) - (b.asyncOrder as number))
  for (const member of inOrder) {
    if (member.status === 'evaluated') continue
    if (member.analysis.hasTopLevelAwait) {
      executeAsync(member)
      continue
    }
    try {
      run(member)
      finish(member)
    } catch (reason) {
      asyncRejected(member, reason)
    }
  }
}

function finish(module: SourceTextModule): void {
  module.status = 'evaluated'
  module.completion?.resolve()
}

/** `GatherAvailableAncestors` */
function gatherAvailableAncestors(module: SourceTextModule, ready: Set<SourceTextModule>): void {
  for (const parent of module.asyncParents) {
    if (ready.has(parent) || parent.cycleRoot?.error !== undefined) continue
    parent.pendingAsyncDependencies--
    if (parent.pendingAsyncDependencies > 0) continue
    ready.add(parent)
    if (!parent.analysis.hasTopLevelAwait) gatherAvailableAncestors(parent, ready)
  }
}

/** `AsyncModuleExecutionRejected` */
function asyncRejected(module: SourceTextModule, reason: unknown): void {
  if (module.status === 'evaluated') return
  module.status = 'evaluated'
  module.error = { reason }
  module.completion?.reject(reason)
  for (const parent of module.asyncParents) asyncRejected(parent, reason)
}
