/**
 * The house holds: who imports whom, how long a file may be, which names mean nothing. docs/architecture.md draws the
 * picture; a test that fails here asks for another place of the code, or for another picture.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Arrow {
  /** Parts, or files without their ending, that this part may import beside itself. */
  readonly to: readonly string[]
  /** npm packages and node's modules that it may name; `node:*` is any of node's. */
  readonly packages?: readonly string[]
}

const leaves = ['errors', 'path', 'seams', 'utf8', 'describe', 'code-frame']

/** A part is a folder of `src` (or `hosts/<host>`), a file directly in `src`, or `shims`. */
const arrows: Readonly<Record<string, Arrow>> = {
  // Leaves: they import nothing, but that errors show values.
  'code-frame': { to: [] },
  describe: { to: [] },
  errors: { to: ['describe'] },
  path: { to: [] },
  seams: { to: [] },
  utf8: { to: [] },

  // Features do not know each other, they know the seams.
  resolve: { to: leaves },
  load: { to: [...leaves, 'resolve'] },
  // It adds to a loader by `LoaderParts.extend`, and of `load` needs little but types.
  overrides: {
    to: [
      ...leaves,
      'resolve',
      ...['engine', 'globals', 'module', 'options'].map((file) => `load/${file}`),
    ],
  },
  // As `overrides`, by `LoaderParts.modules`.
  esm: {
    to: [
      ...leaves,
      'resolve',
      ...[
        'engine',
        'globals',
        'hidden',
        'hook-options',
        'import-of',
        'json',
        'module',
        'module-load',
        'typescript',
        'watched-load',
      ].map((file) => `load/${file}`),
    ],
  },
  // As `overrides`.
  hooks: {
    to: [
      ...leaves,
      ...['engine', 'hook-options', 'loader', 'module', 'options', 'require'].map(
        (file) => `load/${file}`,
      ),
    ],
  },
  // By `LoaderParts.upkeep`.
  graph: {
    to: [
      ...leaves,
      'resolve',
      ...['engine', 'hidden', 'module', 'options', 'require', 'upkeep'].map(
        (file) => `load/${file}`,
      ),
    ],
  },
  // By `LoaderParts.transpiling`. Only its entry names the engines, and imports them when it is asked.
  transpile: {
    to: [...leaves, ...['engine', 'module', 'options'].map((file) => `load/${file}`)],
    packages: ['amaro', 'sucrase', 'typescript'],
  },
  // As these, by `LoaderParts.stacks`.
  stacks: {
    to: [...leaves, ...['engine', 'globals', 'options', 'stack'].map((file) => `load/${file}`)],
  },
  fs: { to: leaves },
  shims: { to: leaves },
  // Every loader needs it, so it is carried as code; what it imported would be there a second time.
  'shims/globals': { to: leaves },
  evaluate: { to: ['seams'] },

  // What puts features together.
  host: { to: ['seams'] },
  runtime: { to: ['seams'] },
  core: { to: [...leaves, 'host', 'load', 'fs/adapt', 'fs/rooted'] },
  texts: { to: ['seams', 'load/stack', 'shims/texts'] },
  compose: {
    to: [
      ...leaves,
      ...[
        'load',
        'overrides',
        'esm',
        'stacks',
        'graph',
        'hooks',
        'transpile',
        'fs/adapt',
        'fs/rooted',
        'texts',
        'shims/globals',
      ],
    ],
  },
  index: { to: [...leaves, 'compose', 'evaluate', 'host', 'load', 'runtime'] },
  bridge: { to: [...leaves, 'compose', 'evaluate', 'load', 'fs/volume'] },
  iife: { to: ['index', 'compose', 'bridge', 'fs/volume'] },

  // A host takes any part, and never another host.
  'hosts/node': { to: ['*'], packages: ['node:*'] },
  'hosts/page': { to: ['*'] },
  'hosts/quickjs': { to: ['*'] },
  'hosts/vm': { to: ['*'], packages: ['node:*'] },
  cli: { to: ['*', 'hosts/node'], packages: ['node:*', 'typescript'] },
}

const lineLimit = 400

/** Longer files, each with what makes it so. */
const longFiles: Readonly<Record<string, string>> = {
  'src/resolve/resolver.ts': "the main path, to be read beside node's specification in one go",
  'src/seams.ts': 'every pluggable interface, to be found in one place',
}

/** `index.ts` stands where the package has an export, and these are the exports that are no `index.ts`. */
const entries = /^src\/(index|core|iife|resolve\/index|transpile\/index|hosts\/[^/]+\/index)\.ts$/

const sources = [...typescriptFiles('src'), ...typescriptFiles('shims')]

describe('imports', () => {
  test.each(sources)('%s', (file) => {
    const part = partOf(file)
    const arrow = arrows[part]
    if (!arrow)
      throw new Error(`no arrow for ${part}: say in test/layout.test.ts what it may import`)
    const forbidden = importsOf(file).filter((specifier) => !allows(arrow, part, file, specifier))
    expect(forbidden, `${part} may import ${arrow.to.join(', ') || 'nothing'}`).toEqual([])
  })

  test('are never a barrel', () => {
    const barrels = sources.filter((file) => !entries.test(file) && onlyPassesOn(file))
    expect(barrels).toEqual([])
  })

  test('are served by an index.ts only where the package has an export', () => {
    expect(sources.filter((file) => file.endsWith('/index.ts') && !entries.test(file))).toEqual([])
  })
})

describe('files', () => {
  const written = [
    ...sources,
    ...['test', 'bench', 'playground'].flatMap((folder) => typescriptFiles(folder)),
  ]

  test(`have at most ${lineLimit} lines`, () => {
    const long = written.filter((file) => read(file).split('\n').length - 1 > lineLimit)
    expect(long.sort()).toEqual(Object.keys(longFiles).sort())
  })

  test('are named after what is in them', () => {
    const drawer = /(^|\/)(utils?|helpers?|common|misc|shared)(\.|\/)/
    // node has a builtin of that name.
    const drawers = written.filter((file) => drawer.test(file) && !file.startsWith('shims/util'))
    expect(drawers).toEqual([])
  })
})

describe('code', () => {
  // The part of lodger that makes functions of text is one file per host, so that an extension whose store looks for
  // `eval` can leave it out.
  test('is made from text in evaluate.ts and in hosts only', () => {
    const evaluators = sources.filter(
      (file) => file !== 'src/evaluate.ts' && !file.startsWith('src/hosts/') && evaluatesText(file),
    )
    expect(evaluators).toEqual([])
  })

  test('silences a check only with a reason', () => {
    const silent = sources.filter((file) =>
      /@ts-(ignore|nocheck|expect-error\s*(\n|\*))/.test(read(file)),
    )
    expect(silent).toEqual([])
  })
})

describe('errors', () => {
  const codes = new Set(
    sources.flatMap((file) => read(file).match(/\bERR_LODGER_[A-Z_]+\b/g) ?? []),
  )

  test.each([...codes])('%s has a page', (code) => {
    expect(existsSync(join(root, 'docs/errors', `${code}.md`))).toBe(true)
  })

  test('without a code have no page', () => {
    const pages = list('docs/errors').map((name) => name.replace(/\.md$/, ''))
    expect(pages.filter((code) => code.startsWith('ERR_') && !codes.has(code))).toEqual([])
  })
})

describe('the lock', () => {
  const locks = [
    'package-lock.json',
    'test/oracle/package-lock.json',
    'test/corpus/package-lock.json',
    'test/lighthouse/package-lock.json',
  ]

  test.each(locks)('%s names no registry', (lock) => {
    expect(read(lock)).not.toMatch(/"resolved"|registry/)
  })

  // A registry that lacks a binary for another machine leaves it out of the lock in silence, and `npm ci` refuses.
  test.each(locks)('%s is complete', (lock) => {
    const { packages } = JSON.parse(read(lock))
    const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
    const asked = Object.values<{ dependencies?: object; optionalDependencies?: object }>(packages)
    const needed = asked.flatMap((entry) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }),
    )
    expect(needed.filter((name) => !names.has(name))).toEqual([])
  })
})

/** @returns Paths from the root, without what the build makes. */
function typescriptFiles(folder: string): string[] {
  return list(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !/\/(libraries|fixtures|node_modules|dist)\/|^shims\/texts/.test(file),
    )
    .sort()
}

function list(folder: string, options: { recursive?: boolean } = {}): string[] {
  const path = join(root, folder)
  return existsSync(path) ? readdirSync(path, { ...options, encoding: 'utf8' }) : []
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** `src/resolve/request.ts` -> `resolve`, `src/hosts/page/index.ts` -> `hosts/page`, `src/core.ts` -> `core`. */
function partOf(file: string): string {
  if (file === 'shims/globals.ts') return 'shims/globals'
  if (file.startsWith('shims/')) return 'shims'
  const [folder = '', below = ''] = file.replace(/^src\//, '').split('/')
  return folder === 'hosts' ? `hosts/${below}` : folder.replace(/\.ts$/, '')
}

/** Static, dynamic and type imports alike. */
function importsOf(file: string): string[] {
  return ts.preProcessFile(read(file), true, false).importedFiles.map(({ fileName }) => fileName)
}

function allows(arrow: Arrow, part: string, file: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) {
    const packages = arrow.packages ?? []
    const isNode = specifier.startsWith('node:') && packages.includes('node:*')
    return isNode || packages.includes(specifier)
  }
  const target = relative(root, join(root, dirname(file), specifier))
  const targetPart = partOf(target)
  const targetFile = target.replace(/^src\//, '').replace(/\.[jt]s$/, '')
  if (targetPart === part || arrow.to.includes(targetPart) || arrow.to.includes(targetFile)) {
    return true
  }
  return arrow.to.includes('*') && !targetPart.startsWith('hosts/') && targetPart !== 'cli'
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
}

function onlyPassesOn(file: string): boolean {
  const { statements } = parse(file)
  return (
    statements.length > 0 &&
    statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier)
  )
}

/** `eval` in any position, `Function` called or constructed. */
function evaluatesText(file: string): boolean {
  const visit = (node: ts.Node): boolean =>
    isEvaluator(node) || (ts.forEachChild(node, visit) ?? false)
  return visit(parse(file))
}

function isEvaluator(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false
  const { parent } = node
  if (node.text === 'eval') return !('name' in parent && parent.name === node)
  const isCalled = ts.isCallExpression(parent) || ts.isNewExpression(parent)
  return node.text === 'Function' && isCalled && parent.expression === node
}
