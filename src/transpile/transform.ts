/** All of TypeScript, and JSX, by an engine that rewrites them: which files, what each becomes, whom they find. */
import { invalidReturn } from '../errors.ts'
import type { Engine, Format, Transpiling, TypeScriptFormat } from '../load/engine.ts'
import { textOf } from '../load/module.ts'
import { extname, toFileUrl } from '../path.ts'
import type { Transpile, Transpiled, TranspileOptions } from '../seams.ts'
import { syntaxError } from './failure.ts'
import { createRequests } from './requests.ts'
import { createTsconfigs, type Tsconfig } from './tsconfig.ts'

const defaultExtensions: readonly string[] = ['.ts', '.tsx', '.mts', '.cts', '.jsx']

const byExtension: Readonly<Record<string, TypeScriptFormat>> = {
  '.mts': 'module-typescript',
  '.mjs': 'module-typescript',
  '.cts': 'commonjs-typescript',
  '.cjs': 'commonjs-typescript',
}

/** Values of tsconfig's `module` by which a file is CommonJS where package.json has no type. */
const commonJsModules: ReadonlySet<unknown> = new Set([
  'commonjs',
  'node16',
  'node18',
  'node20',
  'nodenext',
])

/** Whatever is an ES module has one of these words in it. */
const wordsOfModules = /\b(?:import|export|await)\b/

/** TypeScript's own forms of CommonJS, which no ES module can have. */
const formsOfCommonJs =
  /^[ \t]*(?:export[ \t]*=(?!=)|(?:export[ \t]+)?import[ \t]+[\w$]+[ \t]*=[ \t]*require\b)/m

/** @param remember puts a cache before an engine that is bound to options */
export function createTransforming(
  engine: Engine,
  transpile: Transpile,
  remember: (transpile: Transpile) => Transpile,
): Transpiling {
  const extensions = new Set(transpile.extensions ?? defaultExtensions)
  const takes = (filename: string) => extensions.has(extname(filename))
  const configs = createTsconfigs(engine)
  const bound = new Map<Tsconfig | undefined, Transpile>()
  const { detectModule } = engine.settings
  /** The last text: who looks whether it is an ES module runs it next. */
  let last: { readonly key: string; readonly transpiled: Transpiled } | undefined

  function boundTo(config: Tsconfig | undefined): Transpile {
    let made = bound.get(config)
    if (made === undefined) {
      made = remember(bind(transpile, config))
      bound.set(config, made)
    }
    return made
  }

  function run(source: string, filename: string, format: Format): Transpiled {
    const key = `${format}\n${filename}\n${source}`
    if (last?.key === key) return last.transpiled
    let transpiled: Transpiled
    try {
      transpiled = boundTo(configs.of(filename))(source, filename, { format })
    } catch (error) {
      throw syntaxError(error, source, filename)
    }
    last = { key, transpiled }
    return transpiled
  }

  function formatOf(filename: string): TypeScriptFormat | undefined {
    if (!takes(filename)) return undefined
    const own = byExtension[extname(filename)]
    if (own !== undefined) return own
    const type = engine.scopeOf(filename)?.manifest.type ?? 'none'
    if (type !== 'none') return `${type}-typescript`
    const module = configs.of(filename)?.compilerOptions.module
    const isCommonJs = commonJsModules.has(String(module).toLowerCase())
    return isCommonJs || !detectModule ? 'commonjs-typescript' : 'typescript'
  }

  installHandlers(engine, extensions, formatOf)
  const requests = createRequests(engine, takes, configs.of)
  requests.install()

  return {
    formatOf,
    find: requests.find,
    forget(filename) {
      // What others extend may have any name.
      if (!filename.endsWith('.json')) return
      configs.clear()
      bound.clear()
      last = undefined
    },
    compile({ source, filename, format, name }) {
      const [kind] = format.split('-typescript')
      const mayBeModule =
        kind !== 'commonjs' && wordsOfModules.test(source) && !formsOfCommonJs.test(source)
      const wanted = kind === 'module' || mayBeModule ? 'module' : 'commonjs'
      const { code, map } = run(source, filename, wanted)
      for (const called of [filename, toFileUrl(filename), name]) {
        if (map === undefined) engine.sourceMaps.delete(called)
        else engine.sourceMaps.set(called, map)
      }
      const isOpen = kind !== 'module' && wanted === 'module'
      return { source: code, format: isOpen ? undefined : wanted, name: filename }
    },
  }
}

/** The engine as it is for the files below one tsconfig.json, or where there is none. */
function bind(transpile: Transpile, config: Tsconfig | undefined): Transpile {
  const { compilerOptions } = config ?? {}
  const run = (source: string, filename: string, options: TranspileOptions) =>
    expectTranspiled(
      transpile(source, filename, compilerOptions ? { ...options, compilerOptions } : options),
    )
  if (compilerOptions === undefined) return Object.setPrototypeOf(run, transpile)
  return Object.defineProperty(run, 'identity', {
    get: () => transpile.identity && `${transpile.identity} ${JSON.stringify(compilerOptions)}`,
  })
}

/** @throws ERR_INVALID_RETURN_VALUE */
function expectTranspiled(given: Transpiled): Transpiled {
  const { code, map } = Object(given) as Partial<Transpiled>
  const isMap = map === undefined || typeof map === 'string'
  if (typeof code === 'string' && isMap) return given
  const expected = '{ code, map? } with texts, at once,'
  throw invalidReturn(expected, 'options.transpile', given)
}

/** By them files are found without their extensions, too. */
function installHandlers(
  engine: Engine,
  extensions: ReadonlySet<string>,
  formatOf: (filename: string) => TypeScriptFormat | undefined,
): void {
  const { _extensions } = engine.Module
  const plain = _extensions['.js'] as (typeof _extensions)[string]
  for (const extension of extensions) {
    // The plain handler asks for the format of every name but its own.
    _extensions[extension] =
      extension === '.js'
        ? (module, filename) => {
            const { source, format } = textOf(engine, module, filename, formatOf(filename))
            module._compile(source, filename, format)
          }
        : plain
  }
}
