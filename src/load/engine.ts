/** What the parts of `load/` share: one object per loader, so that two loaders share nothing. */
import type { Resolver } from '../resolve/resolver.ts'
import type { Host, Volume } from '../seams.ts'
import type { BuiltinTable } from './builtins.ts'
import type { CircularExports } from './circular.ts'
import type { Compiler } from './compile.ts'
import type { ModuleConstructor } from './module.ts'
import type { Settings } from './options.ts'

export interface Engine {
  readonly settings: Settings
  readonly host: Host
  readonly volume: Volume
  readonly resolver: Resolver
  readonly builtins: BuiltinTable
  readonly compiler: Compiler
  readonly circular: CircularExports
  /** Made when first needed: a program that asks for nothing need not pay for it. */
  readonly process: GuestProcess
  /** `process.mainModule` and `process.cwd()`, which do not need a process to be made. */
  readonly mainModule: unknown
  cwd(): string
  /** Set once, as soon as it is made. */
  Module: ModuleConstructor
  /** The directories of NODE_PATH and the like, as `_initPaths` last found them. */
  globalPaths: readonly string[]
  /** How many `require` calls are running. */
  depth: number
  /** Which modules are being loaded before the main one. */
  isPreloading: boolean
  disposed: boolean
}

/** The part of the guest's `process` that the loader itself uses; guest code may patch it. */
export interface GuestProcess {
  mainModule: unknown
  readonly env: Record<string, string | undefined>
  argv: string[]
  readonly execPath: string
  cwd(): string
  emitWarning(message: string, type?: string, code?: string): void
  /** Tells listeners at once. */
  emit?(event: 'warning', warning: Error): unknown
  dlopen?(module: unknown, filename: string): unknown
}

/** The part of a tracing channel that tells of a synchronous call. */
export interface TracingChannel {
  readonly hasSubscribers: boolean
  traceSync(
    call: (...parameters: never[]) => unknown,
    context: object,
    thisValue: unknown,
    ...parameters: unknown[]
  ): unknown
}
