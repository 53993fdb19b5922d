/**
 * `npm run build`: the libraries, the texts of the shims, the JavaScript (esbuild), the declarations (tsc). With
 * `--no-types` the last is left out; the JavaScript of a tree with type errors is good enough to try something.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensurePackages } from './ensure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/**
 * What becomes an entry: path in dist without extension -> source file. Each group shares its code among its own
 * entries only, because an import costs more by the file than by the byte: were all one group, `lodger/core` would be
 * some ten chunks, and `lodger` seventy. Nothing depends on there being one copy: shims are factories, volumes are
 * known by their members.
 */
function entryGroups() {
  const hosts = (/** @type {(host: string) => boolean} */ isMeant) =>
    Object.fromEntries(
      list('src/hosts')
        .filter(isMeant)
        .map((host) => [`hosts/${host}/index`, `src/hosts/${host}/index.ts`]),
    )
  // Their loader is the script's, in a realm of its own: they bring none.
  const isOutside = (/** @type {string} */ host) => ['quickjs', 'vm'].includes(host)
  const core = { core: 'src/core.ts' }
  const resolve = { 'resolve/index': 'src/resolve/index.ts' }
  const whole = {
    index: 'src/index.ts',
    'cli/lodger': 'src/cli/lodger.ts',
    ...hosts((host) => !isOutside(host)),
  }
  const outside = hosts(isOutside)
  const transpile = {
    'transpile/index': 'src/transpile/index.ts',
    'transpile/cache': 'src/transpile/cache.ts',
  }
  const volumes = Object.fromEntries(
    sources('src/fs').map((name) => [`fs/${name}`, `src/fs/${name}.ts`]),
  )
  const shims = Object.fromEntries(
    ['', ...list('shims').filter((name) => !/\.|^internal$|^libraries$/.test(name))].flatMap(
      (folder) =>
        sources(join('shims', folder)).map((name) => {
          const id = join(folder, name)
          return [`shims/${id}`, `shims/${id}.ts`]
        }),
    ),
  )
  return [core, resolve, whole, outside, transpile, volumes, shims].map((group) =>
    Object.fromEntries(Object.entries(group).filter(([, file]) => existsSync(join(root, file)))),
  )
}

export async function buildJavaScript() {
  const { generateLibraries } = await import('./generate-libraries.mjs')
  await generateLibraries()
  const { generateTexts } = await import('./generate-texts.mjs')
  await generateTexts()
  const { build } = await import('esbuild')
  /** @type {import('esbuild').BuildOptions & { write: false, metafile: true }} */
  const common = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    target: 'es2022',
    platform: 'neutral',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'warning',
  }
  /** @type {{ path: string, contents: Uint8Array }[]} */
  const outputs = []
  for (const entryPoints of entryGroups()) {
    const modules = await build({
      ...common,
      entryPoints,
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      packages: 'external',
      // A tenth less to read at each start; names stay, so that a stack can be read.
      minifyWhitespace: true,
      lineLimit: 160,
    })
    outputs.push(...modules.outputFiles.map(withExportOnItsOwnLine))
  }
  if (existsSync(join(root, 'src/iife.ts'))) {
    const script = await build({
      ...common,
      entryPoints: { 'lodger.iife': 'src/iife.ts' },
      format: 'iife',
      globalName: 'lodger',
      // Names stay, so that a stack can be read.
      minifyWhitespace: true,
      minifySyntax: true,
      lineLimit: 160,
      // A script for script tags has no address of its own.
      define: { 'import.meta': '{}' },
    })
    outputs.push(...script.outputFiles)
  }
  write(outputs)
  failOnMissingExports()
}

/**
 * Where tools that tell a module from a script by its text look for it.
 * @param {import('esbuild').OutputFile} output
 */
function withExportOnItsOwnLine({ path, text }) {
  const start = text.lastIndexOf('export{')
  const apart = start === -1 ? text : `${text.slice(0, start)}\n${text.slice(start)}`
  return { path, contents: Buffer.from(apart) }
}

/** Leaves unchanged files alone, so that a test which runs at the same time sees no half of a build. @param {readonly { path: string, contents: Uint8Array }[]} outputs */
function write(outputs) {
  const wanted = new Set(outputs.map(({ path }) => path))
  for (const { path, contents } of outputs) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, contents)
  }
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const path = join(dist, name)
    if (name.endsWith('.js') && !wanted.has(path)) rmSync(path)
  }
  const command = join(dist, 'cli/lodger.js')
  if (existsSync(command)) chmodSync(command, 0o755)
  writeFileSync(
    join(dist, 'licenses.txt'),
    readFileSync(join(root, 'shims/libraries/licenses.txt')),
  )
}

/** package.json promises files; patterns promise whatever is there. */
function failOnMissingExports() {
  const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const promised = Object.values(exports).map((target) => target.default ?? target)
  const missing = [...promised, ...Object.values(bin)].filter(
    (path) => !path.includes('*') && !existsSync(join(root, path)),
  )
  if (missing.length === 0) return
  throw new Error(`package.json names what no source makes: ${missing.join(', ')}`)
}

/** @param {string} folder */
function list(folder) {
  const path = join(root, folder)
  return existsSync(path) ? readdirSync(path).sort() : []
}

/** The modules directly in a folder, without extension. @param {string} folder */
function sources(folder) {
  const names = list(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  return names.map((name) => name.slice(0, -'.ts'.length))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensurePackages()
  const { checkTypes } = await import('./types.mjs')
  try {
    await buildJavaScript()
    if (!process.argv.includes('--no-types') && !checkTypes()) process.exitCode = 1
  } catch (error) {
    // esbuild has printed its own findings already.
    if (!(error instanceof Error && 'errors' in error)) console.error(String(error))
    process.exitCode = 1
  }
  if (process.exitCode) console.error(`build failed in ${relative(process.cwd(), root) || '.'}`)
}
