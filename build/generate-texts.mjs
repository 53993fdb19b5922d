/**
 * Turns `shims/` and its libraries into `shims/texts.js`: each file as the text of a function's body, minified. An
 * engine scans a literal far faster than code, and of most of these files a program needs none; `src/texts.ts` evaluates
 * the others.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'
import { minify } from 'terser'
import { readTable, toFunctionBody } from './function-body.mjs'
import { libraries } from './libraries.mjs'
import { orderTexts } from './order-texts.mjs'
import { shownNames } from './shown-names.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const shims = join(root, 'shims')

/** Does nothing when neither a shim nor a library has changed. Runs after `generateLibraries`. */
export async function generateTexts() {
  const heading = `// Made by build/generate-texts.mjs from ${fingerprint()}.`
  if (readText('texts.js').startsWith(heading)) return
  const { table, texts, engine } = await gather(readTable(readText('table.ts')))
  const lines = [
    heading,
    ...engine.map(([file, names]) => `import { ${names} } from '${file}'`),
    'export const engine = {',
    ...engine.map(([file, names]) => `  '${file}': { ${names} },`),
    '}',
    `export const table = ${JSON.stringify(table)}`,
    // In functions, so that only those which are called become strings.
    'export const texts = {',
    ...texts.map(([file, text]) => `  '${file}'() { return ${JSON.stringify(text)} },`),
    '}\n',
  ]
  writeFileSync(join(shims, 'texts.js'), lines.join('\n'))
  writeFileSync(join(shims, 'texts.d.ts'), declaration)
  console.log(`shims/texts.js: ${texts.length} files`)
}

const declaration = `/** What the texts require of the engine: file, from \`shims\`, -> exports. */
export declare const engine: Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** Builtin id -> the place among the texts that its shim has, and the name of the export. */
export declare const table: Readonly<Record<string, readonly [place: number, name: string]>>
/** File -> the body of a function that takes \`require\`, which wants a place or a file, and returns the exports. */
export declare const texts: Readonly<Record<string, () => string>>
`

/**
 * The shims of a table and all that they import, as texts; the table by what their exports are called there; and what
 * they import of the engine, which gives it itself.
 * @param {Record<string, [file: string, name: string]>} table
 */
async function gather(table) {
  const { files, imports } = reach(Object.values(table).map(([file]) => file))
  const rename = renameExports(imports)
  const shown = anyOf(files.flatMap((file) => [...shownNames(readText(file))]))
  /** @type {[file: string, text: string][]} */
  const texts = []
  for (const file of files.sort(
    (one, other) => Number(isLibrary(other)) - Number(isLibrary(one)),
  )) {
    const { body } = toFunctionBody(readText(file), file, rename)
    texts.push([file, await shrink(body, file, shown)])
  }
  /** @type {Map<string, Set<string>>} */
  const engine = new Map()
  for (const [file, names] of imports.filter(([file]) => isEngine(file))) {
    engine.set(file, new Set([...(engine.get(file) ?? []), ...names]))
  }
  const ordered = orderTexts(texts)
  const numbers = new Map(ordered.map(([file], index) => [file, index]))
  return {
    table: Object.fromEntries(
      Object.entries(table).map(([id, [file, name]]) => [id, [numbers.get(file), rename(name)]]),
    ),
    texts: ordered.map(([file, text]) => [file, withNumbers(text, numbers)]),
    engine: Array.from(engine, ([file, names]) => [file, [...names].sort().join(', ')]),
  }
}

/**
 * All files that are imported from those that wait, and each import.
 * @param {string[]} waiting
 */
function reach(waiting) {
  /** @type {Set<string>} */
  const files = new Set()
  /** @type {[file: string, names: string[]][]} */
  const imports = []
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue
    files.add(file)
    const own = toFunctionBody(readText(file), file).imports
    imports.push(...own)
    for (const [path] of own) if (!isEngine(path)) waiting.push(path)
  }
  return { files: [...files], imports }
}

/**
 * Shims require each other by their places among the texts.
 * @param {string} text
 * @param {ReadonlyMap<string, number>} numbers
 */
function withNumbers(text, numbers) {
  return text.replace(/(?<=\brequire\()'([^']+)'(?=\))/g, (quoted, file) =>
    String(numbers.get(file) ?? quoted),
  )
}

/** What `src/` asks for by its name. */
const namesAsked = ['loopOfGlobal']

/**
 * Shims find each other's exports by names as short as those of their variables, what is imported most often first.
 * @param {readonly [file: string, names: string[]][]} imports
 */
function renameExports(imports) {
  /** @type {Map<string, number>} */
  const counts = new Map([['default', 0]])
  for (const [file, names] of imports) {
    if (isEngine(file)) continue
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const ordered = [...counts].sort(([, one], [, other]) => other - one)
  const renamed = new Map(ordered.map(([name], index) => [name, shortNames.get(index)]))
  for (const name of namesAsked) renamed.set(name, name)
  return (/** @type {string} */ name) => renamed.get(name) ?? name
}

/** @param {string} file */
function isEngine(file) {
  return file.startsWith('../')
}

/** @param {readonly string[]} names */
function anyOf(names) {
  return new RegExp(`^(?:${[...new Set(names)].join('|').replaceAll('$', '\\$')})$`)
}

/** @param {string} file */
function isLibrary(file) {
  return file.startsWith('libraries/')
}

/**
 * Without types, blanks and long names; those of functions and classes stay where guests see them.
 * @param {string} body
 * @param {string} file
 * @param {RegExp} shown The names of functions that are also values.
 */
async function shrink(body, file, shown) {
  const { code } = await transform(body, { loader: 'ts', target: 'es2022' })
  const library = isLibrary(file) ? libraries[basename(file, '.js')] : undefined
  const { code: text = '' } = await minify(code, {
    parse: { bare_returns: true },
    compress: {
      passes: 2,
      // What only seems to do nothing may be there to throw, as `value + 0n` does for a number.
      side_effects: false,
      // Not what puts a function in its variable's place, which is where its name comes from.
      ...(!library?.isHidden && {
        collapse_vars: false,
        inline: false,
        reduce_funcs: false,
        reduce_vars: false,
      }),
    },
    ecma: 2020,
    mangle: { toplevel: true, nth_identifier: shortNames },
    keep_classnames: true,
    keep_fnames: library?.isHidden ? false : shown,
    // Lines, because an uncaught error prints the one that it comes from; one kind of quote, to be put between others.
    format: { ascii_only: true, semicolons: false, quote_style: 1 },
  })
  return text
}

/** The same letters in every file, also for the sake of what compresses the whole: here the most frequent first. */
const shortNames = {
  letters: 'etrnioascluhdfpmgvybwxkzqjETRNIOASCLUHDFPMGVYBWXKZQJ$_',
  /** @param {number} number @returns {string} */
  get(number) {
    const { length } = this.letters
    const before = number < length ? '' : this.get(Math.floor(number / length) - 1)
    return before + this.letters[number % length]
  },
}

function fingerprint() {
  const hash = createHash('sha256').update(readText('libraries/stamp'))
  for (const name of ['generate-texts', 'function-body', 'order-texts', 'shown-names']) {
    hash.update(readFileSync(join(root, 'build', `${name}.mjs`)))
  }
  const sources = readdirSync(shims, { recursive: true, encoding: 'utf8' })
  for (const file of sources.filter((name) => /(?<!\.d)\.ts$/.test(name)).sort()) {
    hash.update(file).update(readText(file))
  }
  return hash.digest('hex')
}

/** @param {string} file Within `shims`. */
function readText(file) {
  try {
    return readFileSync(join(shims, file), 'utf8')
  } catch {
    return ''
  }
}
