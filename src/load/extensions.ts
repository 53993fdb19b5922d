/** node's own handlers of extensions: `.js`, `.json`, `.node`. */
import { createError, systemError } from '../errors.ts'
import { dirname, extname, isAbsolute, resolve } from '../path.ts'
import type { PackageScope } from '../resolve/place.ts'
import { Kind } from '../seams.ts'
import type { Engine, Format, TypeScriptText } from './engine.ts'
import { parentOf } from './hidden.ts'
import { parseJson } from './json.ts'
import { type Module, setOwn, textOf } from './module.ts'
import { compileTypeScript } from './typescript.ts'

export function installExtensions(engine: Engine): void {
  const { _extensions } = engine.Module
  const readText = createReader(engine)
  engine.readText = readText
  engine.scopeOf = (filename) => packageScopeOf(engine, filename)
  engine.declaredFormat = (filename) =>
    engine.transpiling?.formatOf(filename) ?? formatOf(filename, scopeOf(engine, filename))
  engine.formatOf = (filename) => {
    const declared = engine.declaredFormat(filename)
    if (declared === 'typescript') return `${detect(filename, declared)}-typescript`
    return declared ?? detect(filename)
  }
  const detect = (filename: string, language?: string): Format => {
    if (!engine.settings.detectModule) return 'commonjs'
    const text = { source: readText(filename), filename, format: language, name: filename }
    const { source } = language ? compileTypeScript(engine, text as TypeScriptText) : text
    return hasModuleSyntax(engine, source, filename) ? 'module' : 'commonjs'
  }

  _extensions['.js'] = (module, filename) => {
    const scope = scopeOf(engine, filename)
    const declared = filename.endsWith('.js')
      ? formatOf(filename, scope)
      : engine.declaredFormat(filename)
    const { source, format } = textOf(engine, module, filename, declared)
    if ((format === 'module' || format === 'module-typescript') && !engine.takesModules) {
      const own = filename.endsWith('.ts') ? packageScopeOf(engine, filename) : scope
      throw requireEsm(engine, module, filename, source, own)
    }
    module._compile(source, filename, format)
  }

  _extensions['.json'] = (module, filename) => {
    const { source: text } = textOf(engine, module, filename, 'json')
    setOwn(module, 'exports', parseJson(text, filename))
  }

  _extensions['.node'] = (module, filename) => {
    if (!engine.process.dlopen) throw createError('ERR_LODGER_ADDON', filename, engine.host.name)
    engine.process.dlopen(module, filename)
  }
}

/** Reads as `fs.readFileSync(filename, 'utf8')`, and by that very function where guest code has replaced it. */
function createReader(engine: Engine): (filename: string) => string {
  const { places } = engine.resolver
  const { made } = engine.builtins
  let original: unknown
  return (filename) => {
    const { fs } = made
    original ??= fs?.readFileSync
    if (fs !== undefined && fs.readFileSync !== original) {
      return String(fs.readFileSync(filename, 'utf8'))
    }
    places.observe()
    const file = places.file(filename)
    const entry = file ? file.place.entry(file.name) : entryFromCwd(engine, filename)
    if (entry === undefined || filename === '') throw systemError('ENOENT', 'open', filename)
    if (entry.kind === Kind.Directory) throw systemError('EISDIR', 'read')
    return entry.text()
  }
}

/** Guest code may have resolved to a relative path, which is one from the cwd, or to one that is not normalised. */
function entryFromCwd({ resolver, cwd }: Engine, filename: string) {
  const path = isAbsolute(filename) ? filename : resolve(cwd(), filename)
  const slash = path.lastIndexOf('/')
  return resolver.places.at(path.slice(0, slash)).entry(path.slice(slash + 1))
}

/** The package.json that has a say in how JavaScript is read. node 26: also where the file has no extension. */
function scopeOf(engine: Engine, filename: string): PackageScope | undefined {
  if (!filename.endsWith('.js') && extname(filename) !== '') return undefined
  return packageScopeOf(engine, filename)
}

function packageScopeOf({ resolver }: Engine, filename: string): PackageScope | undefined {
  const { places } = resolver
  return (places.file(filename)?.place ?? places.at(dirname(filename))).scope
}

function formatOf(filename: string, scope: PackageScope | undefined): Format | undefined {
  if (filename.endsWith('.cjs')) return 'commonjs'
  if (filename.endsWith('.mjs')) return 'module'
  const type = scope?.manifest.type
  return type === 'none' ? undefined : type
}

function requireEsm(
  engine: Engine,
  module: Module,
  filename: string,
  source: string,
  scope: PackageScope | undefined,
): Error {
  const parentPath = parentOf(module)?.filename
  const manifestPath = scope?.place.pathOf('package.json')
  return createError(
    'ERR_REQUIRE_ESM',
    filename,
    hasModuleSyntax(engine, source, filename),
    parentPath,
    manifestPath,
  )
}

/** Whether the text only compiles as an ES module. */
function hasModuleSyntax(engine: Engine, source: string, filename: string): boolean {
  try {
    engine.compiler.compile(source, filename)
    return false
  } catch (error) {
    return engine.compiler.isModule(error, source, filename)
  }
}
