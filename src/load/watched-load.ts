/** The way to `Module._load`, and who may stand beside it. */
import type { Engine, ModuleTimer, TracingChannel } from './engine.ts'
import type { Module, ModuleConstructor } from './module.ts'

/**
 * `Module._load` as it stands; timed where somebody asks how long it takes, and diagnostics_channel is told of it while
 * somebody listens. Otherwise nothing stands between, as stacks have only so many frames.
 */
export function load(
  engine: Engine,
  request: string,
  parent: Module | null | undefined,
  isMain: boolean,
  options?: object,
): unknown {
  const { Module } = engine
  const { made } = engine.builtins
  const timer: ModuleTimer | undefined = made['internal/module-timer']
  const channel: TracingChannel | undefined =
    made.diagnostics_channel?.tracingChannel('module.require')
  const heard = channel?.hasSubscribers ? channel : undefined
  if (!timer && !heard) return Module._load(request, parent, isMain, options)
  return loadWatched(Module, timer, heard, [request, parent, isMain, options])
}

function loadWatched(
  Module: ModuleConstructor,
  timer: ModuleTimer | undefined,
  channel: TracingChannel | undefined,
  given: Parameters<ModuleConstructor['_load']>,
): unknown {
  const [request, parent] = given
  const context = { __proto__: null, parentFilename: parent?.filename, id: request }
  const run = () =>
    channel ? channel.traceSync(Module._load, context, Module, ...given) : Module._load(...given)
  return timer ? timer.time(request, parent, run) : run()
}
