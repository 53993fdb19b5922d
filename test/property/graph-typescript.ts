/** Types for the modules of a random graph, which node strips, and now and then what it does not strip. */
import type { Random } from './random.ts'

const stripped = [
  'type Text = string',
  'interface Shape { readonly side: number; area?(): number }',
  "import type { Nothing } from './nowhere.ts'",
  "import { type Nowhere } from 'node:path'",
  'export type Pair<Kind> = [Kind, Kind]',
  'declare const elsewhere: number',
  'declare module "nothing" {}',
  'function same<Kind>(value?: Kind): Kind | undefined { return value as Kind }',
  'let counted: number | undefined = 1 satisfies number',
  'class Own<Kind> { declare kind: Kind; private readonly side!: number; abstract?: Kind }',
  "say(0, () => (<Kind,>(value: Kind): Kind => value!)('generic'))",
  'abstract class Base { protected abstract of(): string }',
]

/** What node knows no JavaScript for without transforming, or what is no TypeScript either. */
const refused = [
  'enum Kind { One }',
  'namespace Space { export const one = 1 }',
  "import required = require('node:path')",
  'class Short { constructor(readonly side: number) {} }',
  'export = 1',
  'let : string',
  'type = ;',
]

/** The statements with types among them. */
export function typed(random: Random, statements: readonly string[]): string[] {
  const all = statements.map((statement) => (random.percent(60) ? annotated(statement) : statement))
  // Each once: that a module declares a function twice is an error which lodger does not see (docs/es-modules.md).
  for (const statement of random.some(stripped, 3)) {
    all.splice(random.below(all.length + 1), 0, statement)
  }
  if (random.percent(3)) all.splice(random.below(all.length + 1), 0, random.pick(refused))
  return all
}

/** Declarations, functions and functions' parameters say what they are. */
function annotated(statement: string): string {
  return statement
    .replace(/\b(let|var|const) (\w+) =/, '$1 $2: unknown =')
    .replace('(request, options) =>', '(request: string, options?: ImportCallOptions): unknown =>')
    .replace(/\bfunction (\w+)\(\) \{/, 'function $1<T>(this: T): unknown {')
}
