/**
 * The part of quickjs-emscripten that this host calls. Declared here, because the engine is handed in: lodger depends on
 * no build of it. https://github.com/justjake/quickjs-emscripten
 */

/** A value in QuickJS's heap, kept until it is disposed of. */
export interface Handle {
  dispose(): void
}

export interface Success<Value> {
  readonly value: Value
  readonly error?: undefined
}

export interface Failure<Error> {
  readonly error: Error
}

/** What a call into QuickJS gives: a value, or what was thrown there. */
export type Result<Value> = Success<Value> | Failure<Value>

/** quickjs-emscripten's own class of handles, which lodger passes back as it got them. */
// biome-ignore lint/suspicious/noExplicitAny: any class that a version of it may have
type AnyHandle = any

/** Of `newQuickJSWASMModuleFromVariant(variant)`. */
export interface QuickJsModule<Value extends Handle = AnyHandle> {
  newRuntime(): QuickJsRuntime<Value>
}

export interface QuickJsRuntime<Value extends Handle = AnyHandle> {
  setMaxStackSize(bytes: number): void
  newContext(options?: object): QuickJsContext<Value>
  executePendingJobs(): Success<number> | Failure<Value>
  dispose(): void
}

export interface QuickJsContext<Value extends Handle = AnyHandle> {
  readonly runtime: Pick<QuickJsRuntime<Value>, 'executePendingJobs' | 'newContext'>
  readonly undefined: Value
  newNumber(value: number): Value
  newString(value: string): Value
  newArrayBuffer(value: ArrayBuffer): Value
  newObject(): Value
  newFunction(name: string, run: (...args: Value[]) => Value | Result<Value> | undefined): Value
  getNumber(handle: Value): number
  getString(handle: Value): string
  getProp(handle: Value, name: string): Value
  setProp(handle: Value, name: string, value: Value): void
  callFunction(run: Value, self: Value, ...args: Value[]): Result<Value>
  evalCode(script: string, filename: string, options: { type: 'global' }): Result<Value>
  // biome-ignore lint/suspicious/noExplicitAny: as quickjs-emscripten declares it
  dump(handle: Value): any
  dispose(): void
}
