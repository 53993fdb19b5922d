/** Loaders inside QuickJS, for the tests beside this. */
import variant from '@jitl/quickjs-wasmfile-release-sync'
import { createLoader, type QuickJsLoader, readScript } from 'lodger/hosts/quickjs'
import { newQuickJSWASMModuleFromVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core'

export let engine: QuickJSWASMModule
export let script: string

export const newEngine = (): Promise<QuickJSWASMModule> => newQuickJSWASMModuleFromVariant(variant)

export async function prepare(): Promise<void> {
  engine = await newEngine()
  script = await readScript()
}

export interface Printed {
  loader: QuickJsLoader
  printed: string[]
}

export function create(fs: Record<string, string | Uint8Array>, options = {}): Printed {
  const printed: string[] = []
  const host = { write: (stream: string, text: string) => printed.push(`${stream} ${text}`) }
  return { loader: createLoader({ engine, script, fs, host, ...options }), printed }
}

export const run = (source: string, options = {}): unknown =>
  create({ '/app/index.js': source }, options).loader.main('/app/index.js')
