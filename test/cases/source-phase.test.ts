import { oracle } from '../oracle/suite.ts'
import { add, importFunction } from '../oracle/wasm.ts'

const tree = {
  'add.wasm': add('add'),
  'log.wasm': importFunction('./log.mjs', 'log'),
  'log.mjs': 'globalThis.ran = [...(globalThis.ran ?? []), "log"]; export const log = () => {}',
  'absent.wasm': importFunction('./absent.mjs', 'a'),
  'reserved.wasm': importFunction('wasm-js:x', 'a'),
  'broken.wasm': Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0),
  'value.mjs': 'globalThis.ran = [...(globalThis.ran ?? []), "value"]; export default 1',
  'mistake.mjs': 'syntax error here',
  'lost.mjs': 'import "./absent.mjs"',
  'common.cjs': 'globalThis.ran = "common"',
  'data.json': '{}',
}
const look = `const { WebAssembly: { Module, Instance } } = globalThis
  const look = (it) => [it instanceof Module, Object.prototype.toString.call(it), Object.getPrototypeOf(it) === Module.prototype, Module.imports(it).length, Module.exports(it).length]
  const told = (e) => [e.constructor.name, e.name, e.code, Object.keys(e), e.message.replaceAll(__dirname, 'DIR')]
  const failing = (promise) => promise.then(() => 'none', told)
  const plain = (path) => attempt(() => require(path)).value ?? attempt(() => require(path)).error.message`

/** Modules by their texts, and what happens to each that is required. */
const outcomes = (...texts: string[]) => ({
  tree: {
    ...tree,
    ...Object.fromEntries(texts.map((text, index) => [`m${index}.mjs`, text])),
  },
  program: `${look}; const all = []
    for (let index = 0; index < ${texts.length}; index++) {
      try { all.push(Object.keys(require('./m' + index + '.mjs'))) } catch (e) { all.push(told(e)) }
    }
    module.exports = [all, globalThis.ran]`,
})

oracle('import source and import.source', [
  {
    name: 'X6 a module as it was compiled: a constant, one for a URL, exported and passed on',
    tree: {
      ...tree,
      'a.mjs': `import source x from './add.wasm'
        import source from from './add.wasm'; import source source from './add.wasm?'; import /* a */ source // b
          later from './add.wasm?1'
        export { x, x as y, from as 'a b' }; export default x
        export const same = [x === from, x === source, x === later, typeof x, ((x) => x)(1), { x }.x === x]
        export let thrown; try { x = 1 } catch (e) { thrown = e.name + e.message }`,
      'b.mjs': `import { x, y } from './a.mjs'; export * from './a.mjs'; export default x === y`,
    },
    program: `${look}; const a = require('./a.mjs'), b = require('./b.mjs')
      module.exports = [look(a.x), a.default === a.x, a['a b'] === a.x, a.same, a.thrown, b.default, Object.keys(b), new Instance(a.x).exports.add(2, 3)]`,
    shows: 'Assignment to constant variable.',
  },
  {
    name: 'X6 what it imports is not looked for, and nothing runs, until it is imported whole',
    tree: {
      ...tree,
      'a.mjs': `import source x from './log.wasm'; import source y from './absent.wasm'; export default [x, y]; export const ran = globalThis.ran`,
      'b.mjs': `import * as all from './log.wasm'; import source x from './log.wasm'; export default x; export const ran = globalThis.ran; export const names = Object.keys(all)`,
    },
    program: `${look}; module.exports = (async () => {
      const a = await import('./a.mjs'), b = await import('./b.mjs')
      return [a.default.map(look), a.ran, b.ran, b.names, a.default[0] === b.default, await failing(import('./absent.wasm')), look(await import.source('./absent.wasm'))] })()`,
    shows: ['log', 'ERR_MODULE_NOT_FOUND'],
  },
  {
    name: 'X6 the source of what is no WebAssembly, by statements: told when all is found, before any name is missed',
    ...outcomes(
      `import source x from './value.mjs'`,
      `import './value.mjs'; import source x from './value.mjs'`,
      `import source x from './value.mjs'; import './none.mjs'`,
      `import { nothing } from './value.mjs'; import source x from './value.mjs'`,
      `import { nothing } from './value.mjs'; import './m0.mjs'`,
      `import './m0.mjs'; import source x from './data.json'`,
      `import './m0.mjs'; import source x from './common.cjs'`,
      `import source x from './lost.mjs'`,
      `import source x from 'node:fs'`,
      `import source x from 'data:text/javascript,1'`,
      `import source x from './none.wasm'`,
      `import source x from './broken.wasm'`,
      `import source x from './reserved.wasm'`,
    ),
    shows: 'ERR_SOURCE_PHASE_NOT_DEFINED',
  },
  {
    name: 'X6 import.source(): from both kinds of modules, with what it refuses',
    tree: {
      ...tree,
      'a.mjs': `export const all = [import.source('./add.wasm'), import . /* a */ source ( './add.wasm' ), import('./add.wasm').then(() => 1)]; export const of = (name) => import.source(name)
        export const members = { import: { source: (x) => [x] } }; export const kept = members.import.source(5)`,
    },
    program: `${look}; module.exports = (async () => {
      const [own, again] = await Promise.all([import.source('./add.wasm'), import /* a */ . source('./add.wasm')]), a = await import('./a.mjs')
      const [x, y] = await Promise.all(a.all), refused = []
      for (const name of ['./value.mjs', './mistake.mjs', './lost.mjs', './common.cjs', './data.json', './none.wasm', './broken.wasm', './reserved.wasm', 'fs', 'none', Symbol()])
        refused.push(await failing(a.of(name)), await failing(import.source(name)))
      return [look(own), own === again, x === own, y === own, a.kept, refused, globalThis.ran, (await import('./value.mjs')).default, require('./value.mjs').default,
        await failing(a.of('./value.mjs')), look(await a.of({ toString: () => './add.wasm' })), a.of('./add.wasm').constructor.name] })()`,
    shows: 'ERR_SOURCE_PHASE_NOT_DEFINED',
  },
  {
    name: 'X6 a source stays the same, whatever fails with it',
    tree: {
      ...tree,
      'a.mjs': `import source x from './add.wasm'; import * as all from './absent.wasm'`,
      'b.mjs': `import source x from './add.wasm'; import './add.wasm'; import source y from './value.mjs'`,
      'c.mjs': `import source x from './absent.wasm'; import './none.mjs'`,
    },
    program: `${look}; module.exports = (async () => { const all = []
      for (const path of ['./a.mjs', './b.mjs', './c.mjs']) {
        const before = [await import.source('./add.wasm'), await import.source('./absent.wasm')]
        all.push((await failing(import(path)))[2], before[0] === await import.source('./add.wasm'), before[1] === await import.source('./absent.wasm'))
      }
      return [all, (await import('./add.wasm')).add(1, 2)] })()`,
    shows: ['ERR_SOURCE_PHASE_NOT_DEFINED', 'ERR_MODULE_NOT_FOUND'],
  },
  {
    name: 'X6 import.source() settles when node says so',
    tree,
    program: `module.exports = (async () => { await import('./value.mjs'); const order = []
      const say = (text) => () => order.push(text)
      for (const path of ['./add.wasm', './add.wasm', './value.mjs', './none.wasm']) import.source(path).then(say(path), say('not ' + path))
      import('./value.mjs').then(say('import'))
      for (let job = 0; job < 14; job++) { await 0; order.push(job) }
      return order })()`,
    shows: 'not ./value.mjs',
  },
  {
    name: 'X6 import.source() of scripts never reaches the host',
    tree,
    program: `const vm = require('vm'), code = (e) => e.code
      module.exports = (async () => [
        await vm.runInThisContext('import.source("./add.wasm")').catch(code),
        await new vm.Script('import.source("./add.wasm")', { importModuleDynamically() {} }).runInThisContext().catch(code),
      ])()`,
    shows: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG',
  },
  {
    name: 'X6 what is no such statement, or names something else',
    ...outcomes(
      `import source from './value.mjs'; export { source }`,
      `import source, { default as also } from './value.mjs'; export { source, also }`,
      `import source x from './add.wasm' with { type: 'json' }`,
      `import source x from './add.wasm' /* a */ with {}`,
      `import source { x } from './add.wasm'`,
      `import source * as x from './add.wasm'`,
      `import.source('./add.wasm', {})`,
      `import.source('./add.wasm' /* a */,)`,
      `import.source()`,
      `import.source(...['./add.wasm'])`,
      `new import.source('./add.wasm')`,
      `const x = import.source('./add.wasm'); const x = 1; const y = = 1`,
      `import defer * as x from './value.mjs'`,
      `import defer x from './value.mjs'`,
      `import defer from './value.mjs'; export { defer }`,
      `import.defer('./value.mjs')`,
    ),
    shows: ['"also","source"', "Unexpected token 'with'"],
  },
  {
    name: 'X6 a file without a type that has such a statement is an ES module; hooks are asked as for any other',
    tree: { ...tree, 'a.js': `import source x from './add.wasm'; export default x` },
    program: `${look}; const all = [look(require('./a.js').default)]
      require('module').registerHooks({
        resolve(s, c, next) { const found = next(s, c); all.push([s, c.importAttributes, found.format]); return found },
        load(url, c, next) { const read = next(url, c); all.push([c.format, read.format]); return read } })
      module.exports = (async () => { await import.source('./log.wasm'); return all })()`,
    shows: 'wasm',
  },
])
