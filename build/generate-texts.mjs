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
  const table = readTable(readText('table.ts'))
  const { texts, engine } = await gather(Object.values(table).map(([file]) => file))
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
/** Builtin id -> the file that has its shim, and the name of the export. */
export declare const table: Readonly<Record<string, readonly [file: string, name: string]>>
/** File -> the body of a function that takes \`require\` and returns the exports. */
export declare const texts: Readonly<Record<string, () => string>>
`

/**
 * The files named and all that they import, as texts; and what they import of the engine, which gives it itself.
 * @param {string[]} waiting
 */
async function gather(waiting) {
  /** @type {Map<string, string>} */
  const bodies = new Map()
  /** @type {Map<string, Set<string>>} */
  const engine = new Map()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (bodies.has(file)) continue
    const { body, imports } = toFunctionBody(readText(file), file)
    bodies.set(file, body)
    for (const [path, names] of imports) {
      if (!path.startsWith('../')) waiting.push(path)
      else engine.set(path, new Set([...(engine.get(path) ?? []), ...names]))
    }
  }
  const shown = anyOf(Array.from(bodies.keys()).flatMap((file) => [...shownNames(readText(file))]))
  /** @type {[file: string, text: string][]} */
  const texts = []
  for (const [file, body] of bodies) texts.push([file, await shrink(body, file, shown)])
  return {
    texts: orderTexts(
      texts.sort(([one], [other]) => Number(isLibrary(other)) - Number(isLibrary(one))),
    ),
    engine: Array.from(engine, ([file, names]) => [file, [...names].sort().join(', ')]),
  }
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
