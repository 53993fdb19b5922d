/** The reading of an ES module without a tree, beside that of its tree: whatever it tells has to be the same. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseModule } from 'meriyah'
import { describe, expect, test } from 'vitest'
import { analyze, type ModuleAnalysis } from '../../src/esm/analyze.ts'
import { outline } from '../../src/esm/outline.ts'
import type { Parse } from '../../src/esm/syntax.ts'

const parse = ((source: string) =>
  parseModule(source, { next: true, ranges: true, validateRegex: false })) as unknown as Parse

/**
 * All but where imports are read, and the names that are made up.
 * @param open exports of which only a tree tells whether they change
 */
function facts(source: string, analysis: ModuleAnalysis, open: ReadonlySet<string>): unknown {
  const { requests, imports, exports, indirectExports, edits, ...rest } = analysis
  const plain = (name: string) => name.replace(/^\$_*\w+$/, '$')
  let text = ''
  let from = 0
  for (const edit of edits) {
    text += source.slice(from, edit.start) + edit.text
    from = edit.end
  }
  const body = (text + source.slice(from)).replace(/\$_*[0-9a-z]+/g, '$').replace(/[; \t]+/g, '')
  return {
    requests,
    imports: imports.map(({ local, request, name, start }) => ({ local, request, name, start })),
    exports: exports
      .map(({ name, local, isMutable }) => `${name} ${plain(local)} ${open.has(name) || isMutable}`)
      .sort(),
    indirectExports: indirectExports
      .map(({ name, request, imported, start }) => `${name} ${request} ${imported} ${start}`)
      .sort(),
    starExports: rest.starExports,
    hasTopLevelAwait: rest.hasTopLevelAwait,
    hasImporter: rest.importer !== undefined,
    hasMeta: rest.meta !== undefined,
    isDefaultHoisted: rest.isDefaultHoisted,
    body,
  }
}

function expectSame(source: string, name: string): boolean {
  const found = outline(source)
  if (found === undefined) return false
  const open = openExports(found)
  expect(facts(source, found, open), name).toEqual(facts(source, analyze(source, parse), open))
  return true
}

function openExports({ exports }: ModuleAnalysis): Set<string> {
  return new Set(exports.flatMap(({ name, isMutable }) => (isMutable === undefined ? name : [])))
}

describe('what is told without a tree', () => {
  const told = [
    'import a, { b as c, default as d, "e f" as g } from "x" with { type: "json" }; export { c as default, g as "h i" }',
    "import * as ns from 'x'\nimport y, * as z from 'y'\nexport { ns, z as \"z z\" }\nexport * from 'x'\nexport * as q from \"y\"",
    'export const a = 1, b = [2, 3]; export let c = a, d; export var e; let f; export { f as g }',
    'export function f() { return 1 } export async function* g() {} export class C { m() { return 1 } static { } }',
    'export default function () {} f(import.meta.url, import("x"))',
    'export default /re/.test("x") ? {} : []',
    'export function area(x) { var n = 1,\n i,\n area = 0; while (i++) area += n; for (let area of x) {} return area }',
    'export function a(b) { b = 1 } export function b(c = d(e, f), a) { a++; const g = (b) => { b = 2 } } export class D { m(D) { D = 1 } }',
    'const r = /[/"`]/g, s = a / b / c; if (r) /}/.exec(s); export { r }',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a module
    "const t = `a ${ {b: `}`}.b } ${'`'} export default`; export { t }",
    'x.import(1); y = { import: 1, export: 2, await: 3, arguments: 4 }; export const z = x.y /* import */ . export',
    'export var E; (function (E) { E[E.a = 0] = "a" })(E || (E = {}))',
    'class A { return() { return 1 } await = 1; import(x) { } } export { A }',
    '#!/usr/bin/env node\nexport const of = (x) => x\nfor (const of of []);',
    'export const a = 1.5.toFixed(1) / 2, b = 1. / 2, c = "\\"", d = a++ / 2',
  ]
  test.each(told)('%s', (source) => {
    expect(expectSame(source, source)).toBe(true)
  })
})

describe('an export that may change when the module has run', () => {
  const assigned = [
    ['a function that assigns to an export', 'export let n = 0; export function inc() { n++ }'],
    ['the same, without braces', 'export let n = 0; export const inc = () => (n += 1)'],
    ['the same, before', 'export let n = 0; export const inc = () => --n'],
    ['in a pattern', 'export let n = 0; export function f() { [n] = [1]; ({ n } = {}) }'],
    [
      'behind the block that hides it',
      'export let n = 0; export function f() { { let n = 1 } n = 2 }',
    ],
    [
      'behind the loop that hides it',
      'export let n = 0; export function f() { for (let n of []) {} n = 2 }',
    ],
    [
      'behind a declaration that has ended',
      'export let n = 0; export function f() { var a = 1\n b, n = 2 }',
    ],
    [
      'in a function around the one that hides it',
      'export let n = 0; export function f() { n = 1; return (n) => { n = 2 } }',
    ],
    ['in a default value', 'export let n = 0; export function f(a = (n = 1)) {}'],
    ['in a loop', 'export let n = 0; export function f() { for (n of []); for ([n] in {}); }'],
    ['in parentheses', 'export let n = 0; export function f() { (n) = 1 }'],
    ['in a member of a class', 'export let n = 0; export class A { x = (n = 1) }'],
  ]
  test.each(assigned)('%s', (_, source) => {
    expect([...openExports(outline(source) as ModuleAnalysis)]).toEqual(['n'])
    expect(expectSame(source, source)).toBe(true)
  })
})

describe('what only a tree can tell', () => {
  const untold = [
    ['await at the top', 'export const a = await 1'],
    ['for await', 'for await (const x of y) {} export const a = 1'],
    ['return at the top, which is an error', 'export const a = 1\nreturn'],
    ['arguments at the top', 'export const a = () => arguments'],
    ['eval, which may assign', 'export let a = 1; export const f = (x) => eval(x)'],
    ['patterns that are exported', 'export const { a, b: [c] } = d'],
    ['functions without a name', 'export default () => 1'],
    ['classes without a name', 'export default class {}'],
    ['an export that nobody declares', 'export { nothing }'],
    ['an export that is made twice', 'const a = 1; export { a }; export { a }'],
    ['a function and a variable of one name', 'var a; function a() {} export { a }'],
    ['comments of HTML', 'export const a = 1 <!-- x'],
    ['letters in disguise', 'export const \\u0061 = 1'],
    ['strings with escapes', 'import "\\x61"'],
    ['a list that may have ended', 'export const a = 1\nb\n, c'],
    ['decorators', '@d class A {} export { A }'],
    ['brackets that do not match', 'export const a = (1'],
  ]
  test.each(untold)('%s', (_, source) => {
    expect(outline(source)).toBe(undefined)
  })
})

test('all ES modules of the packages at hand are told as their trees tell them, and most without one', () => {
  const directories = ['../../node_modules', '../corpus/node_modules']
  let all = 0
  let told = 0
  for (const file of directories.flatMap((path) => modulesBelow(new URL(path, import.meta.url)))) {
    const source = readFileSync(file, 'utf8')
    if (!/^\s*(?:import|export)\b/m.test(source)) continue
    try {
      parse(source)
    } catch {
      // Not JavaScript, or not a module.
      continue
    }
    all++
    if (expectSame(source, file)) told++
  }
  console.log(`${told} of ${all} modules are told without a tree`)
  expect(all).toBeGreaterThan(1000)
  expect(told / all).toBeGreaterThan(0.9)
}, 300_000)

/** Not too large, and not all of those that are alike: some packages have thousands. */
function modulesBelow(directory: URL): string[] {
  const root = fileURLToPath(directory)
  const perPackage = new Map<string, number>()
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.m?js$/.test(path))
    .filter((path) => {
      const [, name = ''] = /^((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? []
      const count = (perPackage.get(name) ?? 0) + 1
      perPackage.set(name, count)
      return count <= 60
    })
    .map((path) => join(root, path))
    .filter((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat?.isFile() === true && stat.size < 300_000
    })
}
