/** The channel `module.import`, which tells of each `import()`. */
import type { Engine } from '../load/engine.ts'

/** The part of a tracing channel that tells of an asynchronous call. */
interface ImportChannel {
  readonly hasSubscribers: boolean
  tracePromise(call: () => Promise<object>, context: object): Promise<object>
}

export function traceImport(
  engine: Engine,
  parentURL: string,
  specifier: string,
  call: () => Promise<object>,
): Promise<object> {
  const channel: ImportChannel | undefined =
    engine.builtins.made.diagnostics_channel?.tracingChannel('module.import')
  if (!channel?.hasSubscribers) return call()
  return channel.tracePromise(call, { __proto__: null, parentURL, url: specifier })
}
