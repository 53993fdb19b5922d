/** What the modules of a random graph say: ES modules by their imports and exports, CommonJS by what it requires. */
import type { Random } from './random.ts'

/** As they stand in a list of imports or exports. */
const names = ['x', 'y', 'z', 'f', 'default', 'x', 'y', "'a b'"] as const
/** What `import()` is given beside a request. */
const options = [
  "{ with: { type: 'json' } }",
  "{ with: { type: 'css' } }",
  '{ with: { type: 1 } }',
  '{ with: null }',
  '{ with: {} }',
  '{}',
  'null',
  'undefined',
]
const attributes = [
  "{ type: 'json' }",
  "{ type: 'json' }",
  "{ type: 'json' }",
  "{ type: 'css' }",
  "{ kind: 'json' }",
  '{}',
]

/**
 * Whether a request may stand with attributes. node 26.10 checks none of those that TypeScript is given, and while it links
 * such a module finds it without them too: its `syncLink` files it by `this.type`, which only its `ModuleJobSync` has.
 */
export const takesAttributes = (request: string): boolean => !/\.[cm]?ts/.test(request)

/** A request for another module, and names that it is likely to export. */
export interface Other {
  readonly request: string
  readonly names: readonly string[]
}

/** @param isCertain whether it has to be there, for a program with any mistake in it does nothing at all */
export type PickOther = (isCertain: boolean) => Other

/** What makes a text no module. */
const mistakes = [
  'const const',
  'function twice() {} function twice() {}',
  'var own; let own',
  'import.meta = 1',
  'export { nowhere }',
]

/** Every module says that it runs, and lends its own `import()` and `require` to the main program. */
const head = (me: string) =>
  `if (log.push(${me} + ' runs') > 300) throw new Error('enough'); imports[${me}] = (request, options) => import(request, options)`

/** @param own the names that it exports */
export function moduleStatements(
  random: Random,
  path: string,
  own: readonly string[],
  other: PickOther,
): string[] {
  const me = JSON.stringify(path)
  // In a cycle, such a module begins one job of a promise later than in node (docs/es-modules.md).
  const isAsync = random.percent(18)
  const module = new ModuleText(random, me, other, isAsync)
  for (let count = isAsync ? 0 : random.below(4); count > 0; count--) module.addImport()
  for (const name of own) module.addExport(name)
  if (!isAsync && random.percent(20)) module.addStar()
  const body = [head(me)]
  for (let count = random.below(5); count > 0; count--) body.push(module.action())
  if (random.percent(3)) body.push(`throw Object.assign(new Error('by ' + ${me}), { own: ${me} })`)
  if (random.percent(1)) body.push(random.pick(mistakes))
  const declarations = module.declarations()
  // Functions, exports and imports may stand behind what uses them.
  const statements = random.percent(70) ? [...declarations, ...body] : [...body, ...declarations]
  return statements
}

class ModuleText {
  readonly #random: Random
  readonly #me: string
  readonly #other: PickOther
  readonly #isAsync: boolean
  readonly #statements: string[] = []
  /** Local names of what it imports. */
  readonly #imported: string[] = []
  readonly #namespaces: string[] = []
  readonly #mutable: string[] = []
  #count = 0

  constructor(random: Random, me: string, other: PickOther, isAsync: boolean) {
    this.#random = random
    this.#me = me
    this.#other = other
    this.#isAsync = isAsync
  }

  declarations(): readonly string[] {
    return this.#statements
  }

  #local(): string {
    return `v${this.#count++}`
  }

  #request(): string {
    return JSON.stringify(this.#other(false).request)
  }

  /** The request, and sometimes attributes, which JSON needs. */
  #from(request: string): string {
    const random = this.#random
    const isJson = request.includes('json')
    const has = takesAttributes(request) && random.percent(isJson ? 93 : 1)
    const given = isJson && random.percent(95) ? "{ type: 'json' }" : random.pick(attributes)
    return `${JSON.stringify(request)}${has ? ` with ${given}` : ''}`
  }

  /** An `import()`, with attributes where they are likely to be needed. */
  #dynamic(): string {
    const random = this.#random
    const { request } = this.#other(false)
    const isJson = request.includes('json')
    const has = takesAttributes(request) && random.percent(isJson ? 80 : 4)
    const given = isJson && random.percent(85) ? "{ with: { type: 'json' } }" : random.pick(options)
    return `import(${JSON.stringify(request)}${has ? `, ${given}` : ''})`
  }

  #importedName(): string {
    const local = this.#local()
    this.#imported.push(local)
    return local
  }

  addImport(): void {
    const random = this.#random
    const other = this.#other(true)
    const from = this.#from(other.request)
    const named = () =>
      `${random.percent(98) ? random.pick(other.names) : random.pick(names)} as ${this.#importedName()}`
    const hasDefault = other.names.includes('default') ? 1 : 0.03
    const star = () => {
      const local = this.#importedName()
      this.#namespaces.push(local)
      return `* as ${local}`
    }
    const form = random.weighted({
      bare: 12,
      default: 22 * hasDefault,
      star: 22,
      named: other.names.length > 0 ? 32 : 0,
      both: 6 * hasDefault,
      mixed: other.names.length > 0 ? 6 * hasDefault : 0,
    })
    const texts = {
      bare: () => `import ${from}`,
      default: () => `import ${this.#importedName()} from ${from}`,
      star: () => `import ${star()} from ${from}`,
      named: () => `import { ${named()}${random.percent(30) ? `, ${named()}` : ''} } from ${from}`,
      both: () => `import ${this.#importedName()}, ${star()} from ${from}`,
      mixed: () => `import ${this.#importedName()}, { ${named()} } from ${from}`,
    }
    this.#statements.push(texts[form]())
  }

  addStar(): void {
    this.#statements.push(`export * from ${this.#from(this.#other(true).request)}`)
  }

  addExport(name: string): void {
    const random = this.#random
    const form = this.#isAsync
      ? 'own'
      : random.weighted({ own: 66, from: 20, star: 8, imported: 6 })
    const other = this.#other(true)
    if (form === 'from' && other.names.length > 0) {
      const source = random.pick(other.names)
      this.#statements.push(`export { ${source} as ${name} } from ${this.#from(other.request)}`)
    } else if (form === 'star') {
      this.#statements.push(`export * as ${name} from ${this.#from(other.request)}`)
    } else if (form === 'imported' && this.#imported.length > 0) {
      this.#statements.push(`export { ${random.pick(this.#imported)} as ${name} }`)
    } else {
      this.#statements.push(this.#ownExport(name))
    }
  }

  #ownExport(name: string): string {
    const random = this.#random
    const value = JSON.stringify(`${name} of ${JSON.parse(this.#me)}`)
    if (name === 'default') {
      return random.pick([
        `export default ${value}`,
        `export default function () { return ${value} }`,
        'export default function named() {}',
        'export default class {}',
        'export default class Named {}',
        'export default async () => {}',
        `export default { of: ${value} }`,
        'export default (function () {})',
      ])
    }
    const local = this.#local()
    if (/^\w+$/.test(name) && random.percent(40)) {
      if (random.percent(50)) this.#mutable.push(name)
      return random.pick(
        this.#mutable.includes(name)
          ? [`export let ${name} = ${value}`, `export var ${name} = ${value}`]
          : [
              `export const ${name} = ${value}`,
              `export function ${name}() { return ${value} }`,
              `export class ${name} {}`,
              `export const { ${name} = ${value} } = {}`,
              `export async function* ${name}() {}`,
            ],
      )
    }
    this.#mutable.push(local)
    const declaration = random.pick([
      `let ${local} = ${value}`,
      `var ${local} = ${value}`,
      `function ${local}() { return ${value} }`,
    ])
    return `${declaration}; export { ${local} as ${name} }`
  }

  /** Something that the module does, or sees. */
  action(): string {
    const random = this.#random
    const say = (expression: string) => `say(${this.#me}, () => ${expression})`
    const imported = this.#imported.length > 0 ? random.pick(this.#imported) : undefined
    const namespace = this.#namespaces.length > 0 ? random.pick(this.#namespaces) : undefined
    const mutable = this.#mutable.length > 0 ? random.pick(this.#mutable) : undefined
    const kind = random.weighted({
      read: imported ? 34 : 0,
      call: imported ? 6 : 0,
      assign: imported ? 3 : 0,
      namespace: namespace ? 14 : 0,
      change: mutable ? 16 : 0,
      setter: mutable ? 8 : 0,
      await: this.#isAsync ? 30 : 0,
      dynamic: 8,
      awaited: this.#isAsync ? 10 : 0,
      require: 10,
      meta: 6,
      self: 2,
      reject: this.#isAsync ? 3 : 0,
    })
    const texts: Record<typeof kind, () => string> = {
      read: () => say(random.pick([`${imported}`, `typeof ${imported}`, `({ ${imported} })`])),
      call: () => say(`${imported}?.()`),
      assign: () => say(`${imported} = 1`),
      namespace: () =>
        say(
          random.pick([
            `Object.keys(${namespace})`,
            `${namespace}${member(random.pick(names))}`,
            `'x' in ${namespace}`,
            `Object.getOwnPropertyDescriptor(${namespace}, 'y')`,
            `Reflect.ownKeys(${namespace})`,
            `Reflect.set(${namespace}, 'x', 1)`,
            `delete ${namespace}.nothing`,
          ]),
        ),
      change: () => say(`${mutable} = ${JSON.stringify(`changed by ${JSON.parse(this.#me)}`)}`),
      setter: () => `setters.push((value) => { ${mutable} = value })`,
      await: () =>
        random.pick(['await 0', 'await null', 'for await (const each of [1]) say(0, () => each)']),
      dynamic: () => `later(${this.#me}, ${this.#dynamic()})`,
      awaited: () =>
        `try { say(${this.#me}, await ${this.#dynamic()}.then((ns) => () => Object.keys(ns))) } catch (error) { say(${this.#me}, () => { throw error }) }`,
      require: () => say(`createRequire(import.meta.url)(${this.#request()})`),
      meta: () =>
        say(
          random.pick([
            '[import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main]',
            'typeof this',
            `import.meta.resolve(${this.#request()})`,
            'typeof require + typeof module + typeof arguments',
          ]),
        ),
      self: () => `later(${this.#me}, import(import.meta.url))`,
      reject: () =>
        `await Promise.reject(Object.assign(new Error('late, by ' + ${this.#me}), { own: ${this.#me} }))`,
    }
    return texts[kind]()
  }
}

const member = (name: string) => (name.startsWith("'") ? `[${name}]` : `.${name}`)

export function commonJsStatements(
  random: Random,
  path: string,
  own: readonly string[],
  other: PickOther,
): string[] {
  const me = JSON.stringify(path)
  const value = () => JSON.stringify(`of ${path}`)
  const request = () => JSON.stringify(other(false).request)
  const name = () => random.pick(names)
  const statements = [
    `${head(me)}; requires[${me}] = require`,
    ...own.map((each) => `exports${member(each)} = ${value()}`),
  ]
  const actions = {
    export: () => `exports${member(name())} = ${value()}`,
    replace: () => `module.exports = { x: ${value()}, y: ${value()}, default: ${value()} }`,
    function: () => `module.exports = function own() {}; module.exports.x = ${value()}`,
    flag: () => 'exports.__esModule = true',
    define: () =>
      `Object.defineProperty(exports, 'defined', { enumerable: true, configurable: true, get: () => ${value()} })`,
    reexport: () => `module.exports = require(${request()})`,
    require: () => `say(${me}, () => require(${request()}))`,
    bare: () => `exports${member(name())} = require(${request()})`,
    dynamic: () => {
      const asked = request()
      const has = takesAttributes(asked) && random.percent(12)
      return `later(${me}, import(${asked}${has ? `, ${random.pick(options)}` : ''}))`
    },
    own: () => `module.exports['module.exports'] = ${value()}`,
    throw: () => `throw Object.assign(new Error('by ' + ${me}), { own: ${me} })`,
  }
  for (let count = 1 + random.below(5); count > 0; count--) {
    const action = random.weighted({
      export: 30,
      replace: 8,
      function: 4,
      flag: 7,
      define: 5,
      reexport: 4,
      require: 24,
      bare: 4,
      dynamic: 7,
      own: 1,
      throw: 2,
    })
    statements.push(actions[action]())
  }
  return statements
}
