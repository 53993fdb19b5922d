/** WebAssembly as modules: what it imports and exports is that of a module's text. https://nodejs.org/api/esm.html#wasm-modules */
import { hostLacks } from '../errors.ts'
import type { Engine } from '../load/engine.ts'

/** A text that makes the instance, and what it reads as `import.meta`. */
export interface WasmText {
  readonly source: string
  readonly meta: object
  /** As it was compiled. */
  readonly module: object
}

type Values = Record<string, unknown>

const remedy =
  'Its realm has no WebAssembly; put JavaScript in its place with createLoader({ overrides })'

interface Described {
  readonly module: string
  readonly name: string
  readonly kind: string
}

/** The part of the host's `WebAssembly` that is used. */
interface WebAssembly {
  readonly Module: {
    new (bytes: Uint8Array, options: object): object
    imports(module: object): readonly Described[]
    exports(module: object): readonly Described[]
  }
  readonly Instance: new (module: object, imports: Values) => { readonly exports: Values }
  readonly LinkError: new (message: string) => Error
}

/**
 * @param namespace that of the module, asked for when it runs
 * @throws `WebAssembly`'s errors, ERR_LODGER_HOST_LACKS
 */
type WasmReader = (
  url: string,
  filename: string,
  bytes: Uint8Array,
  namespace: () => object,
) => WasmText

export function createWasmReader(engine: Engine): WasmReader {
  /** What instances export, by their namespaces: globals that others import are shared by them. */
  const instances = new WeakMap<object, Values>()
  let hasWarned = false

  function warn(): void {
    if (hasWarned) return
    hasWarned = true
    const what = 'Importing WebAssembly module instances'
    engine.process.emitWarning(
      `${what} is an experimental feature and might change at any time`,
      'ExperimentalWarning',
    )
  }

  return (url, filename, bytes, namespace) => {
    const { WebAssembly: wasm } = engine.host.global as { WebAssembly?: WebAssembly }
    if (wasm === undefined) throw hostLacks(filename, engine.host.name, '', remedy)
    const module = compile(wasm, filename, bytes)
    const imports = wasm.Module.imports(module)
    const exports = wasm.Module.exports(module)
    refuseReserved(wasm, url, imports, exports)
    const requests = [...new Set(imports.map((row) => row.module))]

    const instantiate = (...namespaces: Values[]): Values => {
      warn()
      const given: Values = Object.create(null)
      for (const [index, request] of requests.entries()) {
        const values = namespaces[index] as Values
        const other = instances.get(values)
        given[request] = other ? withGlobals(values, other, request, imports) : values
      }
      const instance = new wasm.Instance(module, given).exports
      instances.set(namespace(), instance)
      const values: Values = Object.create(null)
      for (const { name, kind } of exports) {
        const value = instance[name]
        values[name] = kind === 'global' ? (value as { value: unknown }).value : value
      }
      return values
    }
    const names = exports.map(({ name }) => name)
    return { source: textOf(requests, names), meta: { instantiate }, module }
  }
}

function compile(wasm: WebAssembly, filename: string, bytes: Uint8Array): object {
  try {
    return new wasm.Module(bytes, {
      builtins: ['js-string'],
      importedStringConstants: 'wasm:js/string-constants',
    })
  } catch (error) {
    const failure = error as Error
    failure.message = `${filename}: ${failure.message}`
    throw failure
  }
}

/** https://webassembly.github.io/esm-integration/js-api/index.html#parse-a-webassembly-module */
function refuseReserved(
  { LinkError }: WebAssembly,
  url: string,
  imports: readonly Described[],
  exports: readonly Described[],
): void {
  const isReserved = (name: string) => /^wasm(?:-js)?:/.test(name)
  for (const { module, name } of imports) {
    if (module.startsWith('wasm-js:')) {
      throw new LinkError(`Invalid Wasm import "${module}" in ${url}`)
    }
    if (isReserved(name)) throw new LinkError(`Invalid Wasm import name "${name}" in ${url}`)
  }
  for (const { name } of exports) {
    if (isReserved(name)) throw new LinkError(`Invalid Wasm export name "${name}" in ${url}`)
  }
}

/** Where the namespace has a global's value, an instance takes the global itself. */
function withGlobals(
  namespace: Values,
  exports: Values,
  request: string,
  imports: readonly Described[],
): Values {
  const values: Values = Object.assign(Object.create(null), namespace)
  for (const { module, name, kind } of imports) {
    if (module === request && kind === 'global') values[name] = exports[name]
  }
  return values
}

/** Bindings that exist when it has run, and no sooner. */
function textOf(requests: readonly string[], names: readonly string[]): string {
  const imports = requests.map((request, at) => `import*as i${at} from${JSON.stringify(request)};`)
  const bindings = names.map((name, at) => `${JSON.stringify(name)}:e${at}`)
  const exports = names.map((name, at) => `e${at} as ${JSON.stringify(name)}`)
  return (
    `${imports.join('')}const{${bindings.join()}}=import.meta.instantiate(${requests.map((_, at) => `i${at}`).join()});` +
    `export{${exports.join()}}`
  )
}
